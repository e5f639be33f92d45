/// What of a dialogue may be shown: everything but values that are secrets.
enum Redaction {
    private static let secretNames: Set<String> = [
        "password", "response", "ret", "secret", "shared-secret", "mac-auth-password", "otp-secret", "passphrase",
    ]

    static func printable(_ attribute: Sentence.Attribute) -> String {
        let value = secretNames.contains(attribute.name) ? "‹hidden›" : attribute.value
        return "=\(attribute.name)=\(value)"
    }

    static func printable(_ word: ArraySlice<UInt8>) -> String {
        let text = RouterOSText.decode(word)
        guard text.hasPrefix("=") else { return text }
        let body = text.dropFirst()
        let name = String(body.prefix { $0 != "=" })
        return secretNames.contains(name) ? "=\(name)=‹hidden›" : text
    }
}
