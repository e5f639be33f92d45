import RouterOSClient
import RouterOSProtocol
import Testing

/// A row as a router sends it, and what its type makes of it.
///
/// One attribute a line, `name=value`; behind ` -> ` how the value is written where routers print it in another way.
struct RowSample: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let menu: String
    let attributes: [MappedAttribute]
    let sent: [(name: String, value: String)]
    private let expected: [String: String]
    private let read: @Sendable (Sentence) throws -> (held: [String: String], written: [String: String], text: String)

    init<Row: MappedRow>(_ type: Row.Type, _ text: String) {
        testDescription = "\(type)"
        menu = Row.menu
        attributes = Row.attributes
        var sent: [(name: String, value: String)] = []
        var expected: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let separator = line.firstIndex(of: "=") ?? line.endIndex
            let name = String(line[..<separator])
            let values = line[separator...].dropFirst().split(separator: " -> ", omittingEmptySubsequences: false)
            let value = String(values.first ?? "")
            sent.append((name, value))
            expected[name] = ["true": "yes", "false": "no"][value] ?? String(values.last ?? "")
        }
        self.sent = sent
        self.expected = expected
        read = { sentence in
            var row = try Row(sentence)
            let text = "\(row) " + String(reflecting: row) + dumped(row)
            var recorder = HeldValues()
            row.map(&recorder)
            var attributes = Attributes()
            (row as? any WritableRouterOSRow)?.write(to: &attributes)
            (row as? any RouterOSSettings)?.write(to: &attributes)
            let written = attributes.all.map { ($0.name, $0.value) }
            return (recorder.values, Dictionary(written) { $1 }, text)
        }
    }

    /// What the type holds and writes after reading the row, and how it describes itself.
    func result() throws -> (held: [String: String], written: [String: String], text: String) {
        try read(.row(sent))
    }

    /// Reads a row of the same type.
    func reading(_ row: Sentence) throws { _ = try read(row) }

    /// The value of every attribute as it is written.
    var values: [String: String] { expected }

    /// Those that can be written.
    var writableValues: [String: String] {
        let writable = Set(attributes.filter(\.isWritable).map(\.name))
        return expected.filter { writable.contains($0.key) }
    }
}

private func dumped(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
}

/// Every attribute that has a value, whether or not it can be written.
private struct HeldValues: AttributeMapper {
    typealias Failure = Never

    var values: [String: String] = [:]

    mutating func map<Value: RouterOSValue>(_ attribute: MappedAttribute, _ value: inout Value?) {
        values[attribute.name] = value?.routerOSText
    }
}

extension Sentence {
    /// A `!re` with these attributes.
    static func row(_ attributes: [(name: String, value: String)]) throws -> Sentence {
        var encoder = SentenceEncoder()
        encoder.append(Reply(.row) { for (name, value) in attributes { $0[name] = value } })
        var decoder = SentenceDecoder()
        decoder.feed(Array(encoder.bytes))
        return try #require(try decoder.next())
    }
}
