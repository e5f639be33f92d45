/// What of a dialogue may be shown: everything but values that are secrets.
///
/// RouterOS has hundreds of menus and new ones in every version, so a name decides by its parts, and in doubt a value is
/// hidden: `key-size` goes with `private-key`.
enum Redaction {
    /// Stands where a secret stood.
    static let placeholder = "‹hidden›"

    /// Whether the values of attributes with this name are secrets.
    static func isSecret(_ name: some StringProtocol) -> Bool { isSecret(name.utf8) }

    /// As above, of a name as it stands on the wire.
    ///
    /// Names are ASCII in every RouterOS version; other bytes are passed over, so that nothing put between the letters of a
    /// name makes it look harmless.
    static func isSecret(_ name: some Sequence<UInt8>) -> Bool {
        let letters = name.filter { $0 < 0x80 }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let isName = wholeNames.contains { $0.utf8.elementsEqual(letters) }
        return isName
            || letters.split { !isAlphanumeric($0) }.contains { part in
                nameParts.contains { $0.utf8.elementsEqual(part) }
                    || nameEndings.contains { part.suffix($0.utf8.count).elementsEqual($0.utf8) }
            }
    }

    /// How many bytes of a text are searched for secrets: more than is shown of it.
    static let searchedBytes = 1_280

    /// The secrets that a command sends, in attributes and in query words, none of them empty.
    ///
    /// Copies, and of a long one as much as a text that is searched can hold: they outlive the command.
    static func secrets(of command: Command) -> [[UInt8]] {
        let conditions = (command.query?.words ?? []).compactMap { word in
            let operation = word.dropFirst().first.map { "=<>-".utf8.contains($0) } == true
            return Sentence.Attribute(word: [UInt8(ascii: "=")] + word.dropFirst(operation ? 2 : 1))
        }
        return (command.attributes.all + conditions).filter { isSecret($0.name) && !$0.bytes.isEmpty }
            .map { Array($0.bytes.prefix(searchedBytes)) }
    }

    /// An attribute as a word, its value hidden when it is a secret.
    static func printable(_ attribute: Sentence.Attribute, hiding secrets: [[UInt8]] = []) -> String {
        let isHidden = isSecret(attribute.name) || equals(attribute.bytes, oneOf: secrets)
        return "=\(attribute.name)=\(isHidden ? placeholder : attribute.value)"
    }

    /// A word of any kind, the value hidden when it is a secret: `=password=…`, `?=password=…`, `?<password=…`, and
    /// `password=…`, which is how an attribute looks whose `=` was forgotten.
    ///
    /// Decided on bytes: a value that begins with a combining character makes one `Character` with the `=` before it.
    static func printable(_ word: ArraySlice<UInt8>, hiding secrets: [[UInt8]] = []) -> String {
        var body = word
        switch word.first {
        case UInt8(ascii: "="): body = word.dropFirst()
        case UInt8(ascii: "?"):
            body = word.dropFirst()
            if let operation = body.first, "=<>-".utf8.contains(operation) { body = body.dropFirst() }
        default: break
        }
        guard let separator = body.firstIndex(of: UInt8(ascii: "=")),
            isSecret(body[..<separator]) || equals(body[(separator + 1)...], oneOf: secrets)
        else {
            return RouterOSText.decode(word)
        }
        return RouterOSText.decode(word[...separator]) + placeholder
    }

    /// Whether a value is one of `secrets`, of which the beginnings were kept.
    private static func equals(_ value: ArraySlice<UInt8>, oneOf secrets: [[UInt8]]) -> Bool {
        secrets.contains { $0.elementsEqual(value.prefix(searchedBytes)) }
    }

    /// `text` without the secrets that occur in it.
    ///
    /// A short secret counts only where it stands by itself: one that is `1` must not eat the digits out of a text. Where
    /// the text was cut, the beginning of a secret is as good as all of it.
    static func hide(_ secrets: [[UInt8]], in text: ArraySlice<UInt8>, isCut: Bool) -> ArraySlice<UInt8> {
        // The longest first, so that no rest of it is left behind by one that is its beginning.
        var text = text
        for secret in secrets.sorted(by: { $0.count > $1.count }) where !secret.isEmpty {
            text = hide(secret, in: text, isCut: isCut)
        }
        return text
    }

    private static func hide(_ secret: [UInt8], in text: ArraySlice<UInt8>, isCut: Bool) -> ArraySlice<UInt8> {
        var result: [UInt8] = []
        var rest = text
        while let byte = rest.first {
            let after = rest.dropFirst(secret.count)
            let standsAlone = !isAlphanumeric(result.last) && !isAlphanumeric(after.first)
            let isHere = rest.starts(with: secret) || isCut && rest.count < secret.count && secret.starts(with: rest)
            if isHere, secret.count >= 4 || standsAlone {
                result.append(contentsOf: placeholder.utf8)
                rest = after
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return result[...]
    }

    private static func isAlphanumeric(_ byte: UInt8?) -> Bool {
        switch byte ?? 0 {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    /// Names that say nothing by their parts: the legacy login's answer, what a command returns, HTTP credentials, and
    /// scripts, which may set passwords.
    private static let wholeNames = ["response", "ret", "http-header-field", "source"]

    private static let nameParts = ["key", "keys", "psk", "pin", "community", "challenge"]

    private static let nameEndings = [
        "password", "passwords", "passwd", "passphrase", "secret", "secrets", "token", "presharedkey", "privatekey",
    ]
}
