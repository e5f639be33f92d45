import BillingDomain

extension Input {
    /// What a stranger sent, fit to be kept: without control characters, its first 200 characters.
    static func printable(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(200) where scalar.properties.generalCategory != .control {
            kept.append(scalar)
        }
        return String(kept)
    }

    /// A name that may be missing; an empty one counts as missing.
    static func optionalName(_ text: String?, field: String) throws -> String? {
        let name = try name(text ?? "", field: field, isOptional: true)
        return name.isEmpty ? nil : name
    }

    /// A telephone number in international form, or nothing.
    static func telephone(_ text: String?, field: String = "phone") throws -> String? {
        guard let text, !text.isEmpty else { return nil }
        return try contact(.phone, text, field)
    }

    /// An e-mail address, or nothing.
    static func emailAddress(_ text: String?, field: String = "email") throws -> String? {
        guard let text, !text.isEmpty else { return nil }
        return try contact(.email, text, field)
    }

    private static func contact(_ kind: ContactPoint.Kind, _ text: String, _ field: String) throws -> String {
        do {
            return try ContactPoint(kind, text).value
        } catch {
            throw BillingError.invalid(field, error.message)
        }
    }

    /// A language as a BCP 47 tag, or nothing.
    static func languageTag(_ text: String?) throws -> String? {
        guard let text, !text.isEmpty else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isTag = parts.allSatisfy { part in
            (1...8).contains(part.utf8.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        guard isTag, let first = parts.first, (2...3).contains(first.count), first.allSatisfy(\.isLetter),
            text.utf8.count <= 35
        else { throw BillingError.invalid("language", "Enter a language tag such as en or sw-KE.") }
        return text
    }

    /// A password that somebody chose: 12…200 characters in up to 800 bytes, not the name they sign in with.
    static func newPassword(_ text: String, username: String) throws -> String {
        guard (12...200).contains(text.count), text.utf8.count <= 800 else {
            throw BillingError.invalid("password", "A password has 12 to 200 characters; four random words are good.")
        }
        guard !text.utf8.contains(0), Set(text).count >= 5,
            text.asciiUppercased != username.asciiUppercased
        else {
            throw BillingError.invalid("password", "This password is too easy to guess. Choose another.")
        }
        return text
    }

    /// Why something is done, for people to read later.
    static func reason(_ text: String) throws -> String { try name(text, field: "reason") }

    /// An amount of money above zero.
    static func amount(_ amount: Money, field: String = "amount") throws -> Money {
        guard amount.minorUnits > 0 else { throw BillingError.invalid(field, "Enter an amount above zero.") }
        return amount
    }
}
