import BillingDomain
import BillingPersistence

/// The checks of what people and programs type.
///
/// Each names the field at fault.
enum Input {
    private static let maximumNameLength = 100

    /// A name for people to read: trimmed, 1…100 characters on one line, in up to 400 bytes; empty if it is optional.
    static func name(_ text: String, field: String = "name", isOptional: Bool = false) throws -> String {
        let name = trimmed(text)
        let minimum = isOptional ? 0 : 1
        guard (minimum...maximumNameLength).contains(name.count) else {
            throw BillingError.invalid(
                field,
                "Enter \(minimum) to \(maximumNameLength) characters; this has \(name.count)."
            )
        }
        // One character can be made of any number of combining marks.
        guard name.utf8.count <= 4 * maximumNameLength else {
            throw BillingError.invalid(field, "Use plainer characters; these take \(name.utf8.count) bytes of 400.")
        }
        if let scalar = firstUnprintable(in: name) {
            let number = String(scalar.value, radix: 16, uppercase: true)
            let code = String(repeating: "0", count: max(0, 4 - number.count)) + number
            throw BillingError.invalid(
                field,
                "Leave out the character U+\(code): it is invisible, breaks the line or turns the text around."
            )
        }
        return name
    }

    /// A host name or an address, without a scheme, port or path.
    static func host(_ text: String) throws -> String {
        let host = trimmed(text)
        guard (1...253).contains(host.utf8.count), isMade(host, ofAlphanumericsAnd: ".-_:%") else {
            throw BillingError.invalid("host", "Enter a host name or an address alone, such as 10.10.0.2.")
        }
        return host
    }

    static func port(_ port: Int) throws -> Int {
        guard (1...65_535).contains(port) else {
            throw BillingError.invalid("port", "A port lies between 1 and 65535; the API's is usually 8728.")
        }
        return port
    }

    /// What may stand in front of a code: letters, digits and `-`, so that it can be typed and never needs quoting.
    static func codePrefix(_ text: String?) throws -> String {
        let prefix = text ?? ""
        let maximum = VoucherCodeStyle.maximumLength - VoucherCodeStyle.standard.length
        guard prefix.utf8.count <= maximum, isMade(prefix, ofAlphanumericsAnd: "-") else {
            throw BillingError.invalid("codePrefix", "Use up to \(maximum) of the letters A–Z, digits and -.")
        }
        return prefix
    }

    /// A name to sign in with.
    ///
    /// Plain letters only: of two names that look alike one could pass for the other.
    static func username(_ text: String, field: String = "username") throws -> String {
        guard (1...64).contains(text.utf8.count), isMade(text, ofAlphanumericsAnd: "._-@") else {
            throw BillingError.invalid(field, "Use 1 to 64 of the letters A–Z, digits and . _ - @.")
        }
        return text
    }

    /// The most vouchers of one batch.
    static let maximumQuantity = 100_000

    static func quantity(_ quantity: Int, most: Int = maximumQuantity) throws -> Int {
        guard (1...most).contains(quantity) else {
            throw BillingError.invalid("quantity", "Choose 1 to \(most) vouchers.")
        }
        return quantity
    }

    /// A gateway's name, which becomes part of an account's code.
    static func gateway(_ name: String) throws -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_".utf8.contains(byte)
        }
        guard isPlain, (1...40).contains(name.utf8.count) else {
            throw BillingError.invalid("payment", "A gateway's name has 1 to 40 of a–z, digits, - and _.")
        }
        return name
    }

    /// A payment or order, or a reason: 1 to `most` printable bytes on one line.
    static func reference(_ text: String, field: String, most: Int = 200) throws -> String {
        let text = trimmed(text)
        guard (1...most).contains(text.utf8.count), firstUnprintable(in: text) == nil else {
            throw BillingError.invalid(field, "Enter 1 to \(most) bytes of printable text on one line.")
        }
        return text
    }

    private static func isMade(_ text: String, ofAlphanumericsAnd others: String) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default:
                others.utf8.contains(byte)
            }
        }
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        let reversed = start.reversed().drop(while: \.isWhitespace)
        return String(reversed.reversed())
    }

    /// The first character that cannot be seen, so that two names that look alike could differ by it.
    private static func firstUnprintable(in name: String) -> Unicode.Scalar? {
        var previous: Unicode.Scalar?
        for scalar in name.unicodeScalars {
            // What makes ❤ a picture is invisible too, but belongs to it.
            let isPictureMark = scalar == "\u{FE0F}" && previous.map { $0.properties.isEmoji && !$0.isASCII } ?? false
            if isUnprintable(scalar), !isPictureMark { return scalar }
            previous = scalar
        }
        return nil
    }

    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
            true
        default:
            // The fillers of Hangul are letters by category; a Braille cell without dots is a symbol.
            scalar.properties.isDefaultIgnorableCodePoint || scalar == "\u{2800}"
        }
    }
}
