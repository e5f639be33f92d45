import BillingDomain
import Foundation
import HTTPServer

// What people and programs write for the SDK's values. Each says which field is wrong.

extension Money {
    /// An exact amount such as `2.50`.
    /// - Throws: ``RequestError`` 422 with the field.
    static func decimal(_ text: String, _ currency: Currency, field: String) throws(RequestError) -> Money {
        let example = currency.exponent == 0 ? "2500" : "2.50"
        guard !text.allSatisfy(\.isWhitespace) else {
            throw RequestError(
                .unprocessableContent,
                "Enter an amount in \(currency.code), such as \(example).",
                field: field
            )
        }
        try text.refuseComma(field: field)
        do {
            return try Money(decimal: text, currency: currency)
        } catch {
            throw RequestError(.unprocessableContent, error.message, field: field)
        }
    }
}

extension String {
    /// A comma groups digits in one country and begins the decimals in another.
    /// - Throws: ``RequestError`` 422 with the field.
    fileprivate func refuseComma(field: String) throws(RequestError) {
        guard contains(",") else { return }
        throw RequestError(
            .unprocessableContent,
            "Leave out the comma: write 3000 for three thousand, and 0.5 for a half.",
            field: field
        )
    }

    /// Digits, or digits on both sides of one point.
    fileprivate var isPlainDecimal: Bool {
        let parts = split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { part in !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }
}

extension Currency {
    /// A currency by its ISO 4217 code.
    /// - Throws: ``RequestError`` 422 with the field `currency`.
    static func code(_ text: String) throws(RequestError) -> Currency {
        guard let currency = Currency(text) else {
            throw RequestError(
                .unprocessableContent,
                "“\(text.prefix(20))” is no currency known here; use a code such as UGX or USD.",
                field: "currency"
            )
        }
        return currency
    }
}

extension Duration {
    /// Hours with up to a few decimals, exact to the second: `3`, `0.5`.
    /// - Throws: ``RequestError`` 422 with the field.
    static func hours(_ text: String, field: String) throws(RequestError) -> Duration {
        try text.refuseComma(field: field)
        // The pattern first: `Decimal` reads the beginning of anything.
        guard
            text.utf8.count <= 12, text.isPlainDecimal,
            let hours = Decimal(string: text), let seconds = Int64((hours * 3600).description), seconds > 0
        else {
            throw RequestError(
                .unprocessableContent,
                "Enter hours above zero that make whole seconds, such as 3 or 0.5.",
                field: field
            )
        }
        return .seconds(seconds)
    }

    /// Hours in decimal notation; beyond four decimals it is rounded.
    var hours: Decimal {
        var exact = Decimal(components.seconds) / 3600
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, 4, .plain)
        return rounded
    }
}

extension ByteQuota {
    /// Whole binary megabytes.
    /// - Throws: ``RequestError`` 422 with the field.
    static func mebibytes(_ text: String, field: String) throws(RequestError) -> ByteQuota {
        try text.refuseComma(field: field)
        guard let count = Int64(text), count > 0, let quota = try? ByteQuota.mebibytes(count) else {
            throw RequestError(.unprocessableContent, "Enter whole megabytes above zero, such as 1536.", field: field)
        }
        return quota
    }

    /// Binary megabytes in decimal notation; beyond four decimals it is rounded.
    var decimalMebibytes: Decimal {
        var exact = Decimal(bytes) / 1_048_576
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, 4, .plain)
        return rounded
    }
}
