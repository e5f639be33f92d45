import RouterOSProtocol

/// Writes a row as a JSON object on one line.
///
/// The bytes of a router may be anything; what is written is always UTF-8 and valid JSON.
struct JSONLine {
    /// How values are read that are no UTF-8.
    let encoding: TextEncoding

    /// The attributes in the order in which they came; of a name that comes twice, the first, as everywhere in the client.
    func append(_ row: Sentence, to output: inout [UInt8]) {
        var names: Set<String> = []
        output.append(UInt8(ascii: "{"))
        for attribute in row.attributes where names.insert(attribute.name).inserted {
            if names.count > 1 { output.append(UInt8(ascii: ",")) }
            Self.append(attribute.name, to: &output)
            output.append(UInt8(ascii: ":"))
            Self.append(encoding.decode(attribute.bytes.span).text, to: &output)
        }
        output += "}\n".utf8
    }

    /// What a command returned.
    func append(returned text: String, to output: inout [UInt8]) {
        output += "{\"ret\":".utf8
        Self.append(text, to: &output)
        output += "}\n".utf8
    }

    /// A JSON string; whatever would steer a terminal is written as an escape.
    private static func append(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\"".utf8
            case "\\": output += "\\\\".utf8
            case "\n": output += "\\n".utf8
            case "\r": output += "\\r".utf8
            case "\t": output += "\\t".utf8
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                let digits = String(scalar.value, radix: 16)
                output += ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8
            default: output += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
