import Foundation

/// Writes JSON as UTF-8: members in the order of their names, nothing between the tokens.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ value: JSON) {
        switch value {
        case .null: append("null")
        case .bool(let bool): append(bool ? "true" : "false")
        // No number of ours is infinite or not a number, and JSON could not say so.
        case .number(let number): append(number.isNaN ? "null" : number.description)
        case .text(let text): append(quoted: text)
        case .list(let list):
            append("[")
            for (index, item) in list.enumerated() {
                if index > 0 { append(",") }
                append(item)
            }
            append("]")
        case .object(let members):
            append("{")
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { append(",") }
                append(quoted: member.key)
                append(":")
                append(member.value)
            }
            append("}")
        }
    }

    private mutating func append(_ text: String) {
        bytes += text.utf8
    }

    private mutating func append(quoted text: String) {
        append("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                append("\\u00")
                bytes += [byte >> 4, byte & 15].map { $0 + ($0 < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10) }
            default: bytes.append(byte)
            }
        }
        append("\"")
    }
}
