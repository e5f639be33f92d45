import BillingDomain

extension RouterLogLine {
    /// What is shown of it: on one line, short, and without what is worth something to whoever reads it.
    ///
    /// - Parameter codes: vouchers whose codes are among its ``words``, by the keys that codes are compared by.
    /// - Returns: the line as it may be shown.
    func redacted(_ codes: [String: Voucher]) -> String {
        var text = ""
        for part in Self.parts(of: message.prefix(Self.mostShown)) {
            if let voucher = codes[Voucher.uniqueKey(of: String(part))] {
                text += voucher.maskedCode
            } else if part.utf8.count >= Self.longWord, part.utf8.allSatisfy(Self.isHexadecimal) {
                // No word of a language: a token, a key or a digest.
                text += "…"
            } else {
                text += part
            }
        }
        let times = count > 1 ? " (\(count)×)" : ""
        return Input.printable("\(time) \(topics): \(Self.withoutValues(text))\(times)")
    }

    /// Its words that may be codes of vouchers.
    var words: [String] {
        Self.parts(of: message.prefix(Self.mostShown)).filter {
            $0.utf8.count >= 4 && $0.utf8.allSatisfy(Self.isOfWord)
        }
        .map(String.init)
    }

    private static let mostShown = 300
    private static let longWord = 24

    /// Words and what stands between them, in order.
    private static func parts(of text: Substring) -> [Substring] {
        var parts: [Substring] = []
        var rest = text
        while let first = rest.first {
            let isWord = first.utf8.allSatisfy(isOfWord)
            let part = rest.prefix { $0.utf8.allSatisfy(isOfWord) == isWord }
            parts.append(part)
            rest = rest.dropFirst(part.count)
        }
        return parts
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// What names of attributes end in whose values are secrets.
    private static let secretNames = ["password", "secret", "key", "token", "passphrase", "pass", "psk"]

    /// The text without what stands behind the `=` of a secret's name.
    private static func withoutValues(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word -> Substring in
            guard let equals = word.firstIndex(of: "=") else { return word }
            let name = word[..<equals].lowercased()
            return secretNames.contains { name.hasSuffix($0) } ? word[...equals] + "…" : word
        }
        .joined(separator: " ")
    }
}
