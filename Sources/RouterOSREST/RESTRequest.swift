import Foundation
import RouterOSProtocol

/// A command as the REST interface takes it: everything is a POST of a JSON object.
struct RESTRequest: Sendable {
    /// With `/rest` in front, percent-encoded.
    let path: String
    let body: [UInt8]
    /// Whether sent twice it does no more than sent once.
    let isRepeatable: Bool

    init(_ command: Command) throws(RouterOSError) {
        guard command.path.hasPrefix("/"), !command.path.contains("..") else {
            throw RouterOSError(
                .invalidCommand,
                "a command's path begins with \"/\", as in \"/system/identity/print\"",
                isSafeToRetry: true
            )
        }
        guard !Self.isEndless(command) else { throw .endless(command.path) }
        var object: [String: Any] = [:]
        for attribute in command.attributes.all {
            guard let value = String(validating: attribute.bytes, as: UTF8.self) else {
                throw .notText(attribute.name)
            }
            object[attribute.name] = attribute.name == ".proplist" ? Self.list(value) : value
        }
        if let query = command.query {
            var words: [String] = []
            for word in query.words {
                guard let word = String(validating: Self.bare(word), as: UTF8.self) else { throw .notText("a query") }
                words.append(word)
            }
            object[".query"] = words
        }
        guard let data = try? JSONSerialization.data(withJSONObject: object) else { throw .notText("an attribute") }
        body = Array(data)
        isRepeatable = command.isReadOnly
        path = "/rest" + Self.encoded(command.path)
    }

    /// A query word without its `?`, and an equality as the manual writes it for REST, `name=value`.
    private static func bare(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let body = word.dropFirst()
        guard body.first == UInt8(ascii: "="), let next = body.dropFirst().first else { return body }
        // Another first character would be read as an operator.
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next | 0x20)
        return isLetter || next == UInt8(ascii: ".") ? body.dropFirst() : body
    }

    private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

    /// Whether a command goes on until it is told to stop, which nobody can over REST.
    private static func isEndless(_ command: Command) -> Bool {
        let attributes = command.attributes
        func has(_ names: String...) -> Bool { names.contains { attributes[$0] != nil } }
        switch command.path.split(separator: "/").last {
        case "listen": return true
        case "print": return has("follow", "follow-only", "interval")
        case "monitor", "monitor-traffic", "torch", "ping", "profile", "sniffer", "scan":
            return !has("once", "count", "duration", "numbers-only") || has("follow", "follow-only")
        default: return has("follow", "follow-only")
        }
    }

    private static func encoded(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
