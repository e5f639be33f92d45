import BillingDomain
import BillingServices
import HTTPServer

/// The body of `batch-generate`, as it was written: what it means depends on the package it names.
struct BatchOrder {
    private let quantity: Int
    private let profile: String
    private let router: Identifier<Router>
    private let codePrefix: String?
    private let validity: Duration?
    private let dataQuota: ByteQuota?
    private let price: String?
    private let currency: Currency?

    init(_ body: JSONObject) throws(RequestError) {
        guard let quantity = try body.integer("quantity") else { throw body.wrong("quantity", "is required.") }
        self.quantity = quantity
        profile = try body.requiredText("profile")
        guard let router = Identifier<Router>(try body.requiredText("router_id")) else {
            throw body.wrong("router_id", "must be a router's identifier.")
        }
        self.router = router
        codePrefix = try body.text("code_prefix")
        price = try body.decimalText("price")
        currency = try body.text("currency").map { text throws(RequestError) in try Currency.code(text) }
        validity = try body.number("validity_hours").map { text throws(RequestError) in
            try .hours(text, field: "validity_hours")
        }
        dataQuota = try body.number("data_limit_mb").map { text throws(RequestError) in
            try .mebibytes(text, field: "data_limit_mb")
        }
    }

    /// Has the vouchers made.
    func place(_ session: BillingSession, key: IdempotencyKey) async throws -> GeneratedBatch {
        let currency = try await meantCurrency(session)
        return try await session.vouchers.generate(
            quantity,
            profile: profile,
            inline: InlineTerms(
                validity: validity,
                dataQuota: dataQuota,
                price: try price.map { try .decimal($0, currency, field: "price") }
            ),
            on: router,
            codePrefix: codePrefix,
            key: key
        )
    }

    /// The currency named, or that of the package named, or the tenant's.
    private func meantCurrency(_ session: BillingSession) async throws -> Currency {
        let package = try await session.packages.list().first { $0.name.lowercased() == profile.lowercased() }
        guard let theirs = package?.terms.price.currency else { return currency ?? session.tenant.currency }
        guard currency == nil || currency == theirs else {
            throw RequestError(
                .unprocessableContent,
                "The package is priced in \(theirs.code). Leave the currency out, or use CUSTOM to set your own.",
                field: "currency"
            )
        }
        return theirs
    }
}
