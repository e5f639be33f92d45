import Foundation
import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTool

@Suite("The password")
struct PasswordSourceTests {
    private func invocation(file: String? = nil) throws -> Invocation {
        let arguments = ["--host=r", "/x"] + (file.map { ["--password-file", $0] } ?? [])
        guard case .run(let invocation) = try CommandLineReader.read(arguments, environment: { _ in nil }) else {
            throw Unexpected()
        }
        return invocation
    }

    private func password(_ content: [UInt8], mode: Int = 0o600, warn: (String) -> Void = { _ in }) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "routeros-\(UUID().uuidString)")
        try Data(content).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        defer { try? FileManager.default.removeItem(at: file) }
        return try PasswordSource.password(
            for: try invocation(file: file.path),
            environment: { _ in "from the environment" },
            warn: warn,
            ask: { _ in "from the terminal" }
        )
    }

    @Test(
        "is the first line of its file",
        arguments: [
            ("canary", "canary"), ("canary\n", "canary"), ("canary\r\nnotes\n", "canary"), (" spaced \n", " spaced "),
            ("", ""), ("пароль", "пароль"),
        ]
    )
    func file(content: String, expected: String) throws {
        #expect(try password(Array(content.utf8)) == expected)
    }

    @Test(
        "is taken from a file that everybody can read or change, with a warning that does not show it",
        arguments: [(0o600, 0), (0o640, 0), (0o644, 1), (0o602, 1)]
    )
    func openFile(mode: Int, warnings: Int) throws {
        var heard: [String] = []
        #expect(try password(Array("canary".utf8), mode: mode) { heard.append($0) } == "canary")
        #expect(heard.count == warnings && heard.allSatisfy { $0.contains("chmod 600") && !$0.contains("canary") })
    }

    @Test("that is no text is refused without being shown")
    func noText() {
        let problem = #expect(throws: Problem.self) { try password([0x63, 0xFF, 0x0A]) }
        #expect(problem?.status == .usage && problem?.message.contains("UTF-8") == true)
    }

    @Test("comes from the environment before anybody is asked, an empty one too", arguments: ["canary", ""])
    func environment(value: String) throws {
        let found = try PasswordSource.password(
            for: try invocation(),
            environment: { $0 == "ROUTEROS_PASSWORD" ? value : nil },
            ask: { _ in throw Unexpected() }
        )
        #expect(found == value)
    }

    @Test("is asked for by user and router, and without a terminal its absence is explained")
    func asking() throws {
        let found = try PasswordSource.password(for: try invocation(), environment: { _ in nil }) { question in
            #expect(question == "Password of admin on r: ")
            return "typed"
        }
        #expect(found == "typed")
        let problem = #expect(throws: Problem.self) {
            try PasswordSource.password(for: try invocation(), environment: { _ in nil }, ask: { _ in nil })
        }
        #expect(problem?.status == .usage && problem?.message.contains("--password-file") == true)
    }

    @Test(
        "is typed with the keys of a terminal",
        arguments: [
            ([0x61, 0x62, 0x7F, 0x63], "ac"), ([0xC3, 0xBC, 0x08, 0x78], "x"), ([0x61, 0x15, 0x62], "b"), ([0x7F], ""),
        ] as [([UInt8], String)]
    )
    func keys(pressed: [UInt8], text: String) {
        var line = TypedLine()
        for key in pressed { #expect(line.press(key) == .more) }
        #expect(line.press(0x0A) == .finished && line.text == text)
        #expect(line.press(0x03) == .interrupted && line.press(0x04) == .ended)
    }
}
