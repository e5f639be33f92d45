public import BillingDomain
public import BillingPersistence

extension PaymentService {
    /// The terms of every method.
    public func terms() async throws -> [PaymentTerms] {
        try await session.read(.viewPayments) { try $0.records(Query<PaymentTermsRow>()).map(\.terms) }
    }

    /// Sets the fee, the limits and the step of a method in a currency; spending a balance costs nobody a fee.
    public func setTerms(_ terms: PaymentTerms) async throws {
        guard terms.method != .balance || terms.fee == nil else {
            throw BillingError.invalid("fee", "Nobody pays for spending their own balance. Leave the fee out.")
        }
        try await session.change(.manageGateways) { change in
            if var row = try change.store.termsRow(of: terms.method, in: terms.currency) {
                row.terms = terms
                try change.store.update(row)
            } else {
                let row = PaymentTermsRow(id: try change.identifier(), tenant: change.tenant, terms: terms)
                try change.store.insert(row)
            }
            try change.audit("payment.terms", "method:\(terms.method)", terms.currency.code)
        }
    }

    /// What a customer pays, the house receives, and the fee between them, for a price by a method.
    public func quote(
        _ price: Money,
        by method: PaymentMethod
    ) async throws -> (paid: Money, received: Money, fee: Money) {
        try await session.read(.viewPayments) { try $0.quote(price, by: method) }
    }

    /// Notes a rate of exchange, in force from the instant it was quoted at; those before it are kept.
    public func setRate(_ rate: ExchangeRate, key: IdempotencyKey) async throws {
        try await session.change(.manageExchangeRates) { change in
            let source = try Input.name(rate.source, field: "source")
            let request = [
                "rate.set", rate.from.code, rate.to.code, rate.decimalString, source,
                String(rate.at.microsecondsSince1970),
            ]
            try change.once(key, request) { change in
                let row = ExchangeRateRow(id: try change.identifier(), tenant: change.tenant, rate: rate)
                try change.store.insert(row)
                try change.audit("rate.set", "rate:\(rate.from)-\(rate.to)", "\(rate.decimalString), \(source)")
                return row.id.description
            } answer: { _, _ in
            }
        }
    }

    /// The rates that were noted, newest first.
    public func rates(_ page: PageRequest = PageRequest()) async throws -> Page<ExchangeRate> {
        try await session.read(.viewPayments) { store in
            try store.page(Query<ExchangeRateRow>().sorted(byDescending: ExchangeRateRow.Columns.at), page).map(\.rate)
        }
    }
}
