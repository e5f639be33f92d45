import Foundation
import RouterOSClient
import RouterOSProtocol

/// What came back over HTTP, and what it means.
struct RESTResponse {
    private let status: Int
    private let body: [UInt8]
    private let command: Command
    private let configuration: RESTConfiguration

    init(_ status: Int, _ body: [UInt8], to command: Command, _ configuration: RESTConfiguration) {
        self.status = status
        self.body = body
        self.command = command
        self.configuration = configuration
    }

    func answer() throws(RouterOSError) -> Answer {
        guard (200..<300).contains(status) else { throw refusal() }
        if body.isEmpty { return Answer(rows: [], returned: nil) }
        switch parsed() {
        case let objects as [Any]:
            let rows = objects.compactMap { $0 as? [String: Any] }
            guard rows.count == objects.count else { throw .notREST(status) }
            if rows.count == 1, let returned = Self.returned(rows[0]) { return Answer(rows: [], returned: returned) }
            guard rows.count <= configuration.maximumRows else { throw .tooManyRows(configuration.maximumRows) }
            return Answer(rows: try sentences(rows), returned: nil)
        case let object as [String: Any]:
            if let returned = Self.returned(object) { return Answer(rows: [], returned: returned) }
            return Answer(rows: try sentences([object]), returned: nil)
        default: throw .notREST(status)
        }
    }

    /// The value of an object that holds nothing but `ret`.
    private static func returned(_ object: [String: Any]) -> String? {
        object.count == 1 ? object["ret"].map(text) : nil
    }

    private func parsed() -> Any? { try? JSONSerialization.jsonObject(with: Data(body)) }

    /// Rows as they would have come over the API, so that everything that reads rows reads these.
    private func sentences(_ rows: [[String: Any]]) throws(RouterOSError) -> [Sentence] {
        var encoder = SentenceEncoder(reserving: body.count)
        for row in rows {
            encoder.append(
                Reply(.row) { attributes in
                    for (name, value) in row.sorted(by: { $0.key < $1.key }) where Attributes.isValidName(name) {
                        attributes[name] = Self.text(value)
                    }
                }
            )
        }
        var decoder = SentenceDecoder(limits: configuration.limits)
        decoder.feed(encoder.take())
        var sentences: [Sentence] = []
        while let sentence = try decoder.next() { sentences.append(sentence) }
        return sentences
    }

    /// Routers send nothing but strings; a value of another kind is read as its text.
    private static func text(_ value: Any) -> String {
        switch value {
        case let text as String: return text
        // A truth is a number to Foundation, told by its type in C alone.
        case let number as NSNumber where number.objCType.pointee == CChar(bitPattern: UInt8(ascii: "c")):
            return number.boolValue ? "true" : "false"
        case let number as NSNumber: return number.stringValue
        case is NSNull: return ""
        default:
            let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
            return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
    }

    private func refusal() -> RouterOSError {
        if status == 401 { return .unauthorised }
        guard let object = parsed() as? [String: Any], let message = object["detail"] ?? object["message"] else {
            return .notREST(status)
        }
        let text = Self.text(message)
        // So a router ends what took 60 s, and says nothing of what became of it.
        if text.lowercased() == "session closed" { return .endedByRouter(command.path, text) }
        return RouterOSError(refusal: text, of: command)
    }
}
