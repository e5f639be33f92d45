import RouterOSProtocol
import Testing

@testable import RouterOSTool

@Suite("A table for people")
struct TableTests {
    private func table(_ rows: [[(String, String)]]) throws -> Table {
        var table = Table(encoding: .windows1252)
        for attributes in rows { table.append(try row(attributes.map { ($0.0, Array($0.1.utf8)) })) }
        return table
    }

    @Test("has columns in the order of their first coming, aligned, and nothing at the ends of lines")
    func columns() throws {
        let table = try table([
            [("name", "A7K2"), ("uptime", "3h")], [("name", "B"), ("comment", "shelf"), ("uptime", "1")],
        ])
        #expect(
            table.text(width: nil) == """
                name  uptime  comment
                A7K2  3h
                B     1       shelf

                """
        )
    }

    @Test("keeps its columns under wide characters and joined ones")
    func wide() throws {
        let table = try table([
            [("name", "漢字"), ("x", "|")], [("name", "e\u{301}a"), ("x", "|")], [("name", "👩‍👩‍👧"), ("x", "|")],
        ])
        #expect(table.text(width: nil) == "name  x\n漢字  |\ne\u{301}a    |\n👩‍👩‍👧    |\n")
    }

    @Test(
        "is cut to the terminal, never in the middle of a wide character",
        arguments: [(9, "abcd  漢…"), (8, "abcd  …")]
    )
    func cut(width: Int, line: String) throws {
        let table = try table([[("name", "abcd"), ("n", "漢字漢字")]])
        #expect(table.text(width: width).split(separator: "\n").last.map(String.init) == line)
        #expect(table.text(width: width).split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= width })
        #expect(table.text(width: 14) == "name  n\nabcd  漢字漢字\n")
    }

    @Test("stays one line a row, whatever a value holds")
    func control() throws {
        let table = try table([[("comment", "a\r\nb\u{1B}[2J\u{7F}\u{202E}")]])
        #expect(table.text(width: nil) == "comment\na␍␊b␛[2J␡\u{FFFD}\n")
    }

    @Test("without rows is nothing")
    func empty() throws {
        #expect(try table([]).text(width: 80).isEmpty)
    }
}
