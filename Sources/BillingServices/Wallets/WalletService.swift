public import BillingDomain
import BillingPersistence

/// The prepaid balances of customers: what they paid in and what they were given, kept apart.
public struct WalletService: Sendable {
    let session: BillingSession

    /// What a customer can spend in one currency; that of the tenant where left out.
    public func balance(of customer: Identifier<Customer>, in currency: Currency? = nil) async throws -> WalletBalance {
        let currency = currency ?? session.tenant.currency
        let assignment = session.assignment
        return try await session.read(.viewPayments) { store in
            _ = try assignment.customer(customer, in: store)
            return try store.wallet(of: customer, in: currency)
        }
    }

    /// Gives a customer credit that is never paid out: Dr promotions, Cr the customer's grant.
    @discardableResult
    public func grant(
        _ amount: Money,
        to customer: Identifier<Customer>,
        reason: String,
        key: IdempotencyKey
    ) async throws -> WalletBalance {
        try await move("wallet.grant", amount, customer, reason, key) { _ in
            try PostingRecipe.grant(amount, to: customer)
        }
    }

    /// Takes a fee from a balance: refused, with nothing taken, unless all of it is there.
    @discardableResult
    public func charge(
        _ amount: Money,
        of customer: Identifier<Customer>,
        reason: String,
        key: IdempotencyKey
    ) async throws -> WalletBalance {
        try await move("wallet.charge", amount, customer, reason, key) { change in
            try change.spend(amount, of: customer) + [try .credit(.feeIncome, amount)]
        }
    }

    /// Hands paid-in balance from one customer to another, in one ledger entry; answers with the giver's balance.
    @discardableResult
    public func transfer(
        _ amount: Money,
        from giver: Identifier<Customer>,
        to receiver: Identifier<Customer>,
        key: IdempotencyKey
    ) async throws -> WalletBalance {
        try await move("wallet.transfer", amount, giver, "to \(receiver)", key) { change in
            guard giver != receiver else {
                throw BillingError.invalid("receiver", "Choose another customer than the one who gives.")
            }
            let other = try change.reachableCustomer(receiver)
            guard other.status != .closed else {
                throw BillingError(.conflict, field: "receiver", "The receiver is closed.")
            }
            var wallet = try change.store.wallet(of: giver, in: amount.currency)
            try wallet.refund(amount)
            return try PostingRecipe.transfer(amount, from: giver, to: receiver)
        }
    }

    /// Pays back what a customer, closed or not, paid in and has left, in cash or by bank; a gift is never paid out.
    ///
    /// Where the tenant counts in coins, cash is a multiple of the smallest: the rest stays on the balance.
    @discardableResult
    public func refund(
        _ amount: Money,
        of customer: Identifier<Customer>,
        by method: PaymentMethod = .cash,
        reason: String,
        key: IdempotencyKey
    ) async throws -> WalletBalance {
        try session.authorise(.refundPayments)
        return try await move(
            "wallet.refund",
            amount,
            customer,
            "\(method): \(reason)",
            key,
            isForClosedToo: true
        ) { change in
            guard method == .cash || method == .bankTransfer else {
                throw BillingError.invalid("method", "A balance is paid back in cash or by bank transfer.")
            }
            if method == .cash { try change.requireCoins(for: amount, field: "amount") }
            var wallet = try change.store.wallet(of: customer, in: amount.currency)
            try wallet.refund(amount)
            return try PostingRecipe.move(
                amount,
                debit: .customerBalance(customer),
                credit: change.account(of: method, in: amount.currency, for: customer)
            )
        }
    }

    /// Exchanges paid-in balance for another currency at the rate in force.
    ///
    /// Both sides are booked, neither ever computed again. Answers with the conversion.
    public func convert(
        _ amount: Money,
        of customer: Identifier<Customer>,
        to currency: Currency,
        key: IdempotencyKey
    ) async throws -> Conversion {
        try await session.change(.adjustBalances) { change in
            let request = ["wallet.convert", customer.description, amount.description, currency.code]
            return try change.once(key, request) { change in
                _ = try change.reachableCustomer(customer)
                guard let row = try change.store.rate(from: amount.currency, to: currency, at: change.now) else {
                    throw BillingError.invalid(
                        "currency",
                        "No rate from \(amount.currency.code) to \(currency.code) is in force. Enter one first."
                    )
                }
                let conversion = try Conversion(amount, at: row.rate)
                guard !conversion.received.isZero else {
                    throw BillingError.invalid("amount", "This is less than the smallest unit of \(currency.code).")
                }
                var wallet = try change.store.wallet(of: customer, in: amount.currency)
                try wallet.refund(amount)
                let id = try change.identifier(of: Conversion.self)
                try change.book(
                    "conversion:\(id):rate:\(row.id)",
                    key: "conversion:\(id)",
                    PostingRecipe.conversion(
                        conversion.received,
                        from: .customerBalance(customer),
                        into: amount,
                        to: .customerBalance(customer)
                    )
                )
                try change.audit(
                    "wallet.convert",
                    "customer:\(customer)",
                    "\(amount) to \(conversion.received) at \(row.rate.decimalString), \(row.rate.source)"
                )
                return "\(row.id)/\(conversion.received.minorUnits)"
            } answer: { store, reference in
                let parts = reference.split(separator: "/")
                guard parts.count == 2, let id = Identifier<ExchangeRateRow>(String(parts[0])),
                    let units = Int64(parts[1])
                else { throw BillingError.notFound("conversion") }
                let received = Money(minorUnits: units, currency: currency)
                return try Conversion(given: amount, received: received, rate: store.require(id, "rate").rate)
            }
        }
    }

    private func move(
        _ action: String,
        _ amount: Money,
        _ customer: Identifier<Customer>,
        _ detail: String,
        _ key: IdempotencyKey,
        isForClosedToo: Bool = false,
        _ postings: @escaping @Sendable (inout Change) throws -> [Posting]
    ) async throws -> WalletBalance {
        try await session.change(.adjustBalances) { change in
            let detail = try Input.name(detail, field: "reason")
            return try change.once(key, [action, customer.description, amount.description, detail]) { change in
                let person = try change.reachableCustomer(customer)
                guard isForClosedToo || person.status != .closed else {
                    throw BillingError(.conflict, "The customer is closed.")
                }
                guard amount.minorUnits > 0 else {
                    throw BillingError.invalid("amount", "An amount that moves lies above zero.")
                }
                let id = try change.identifier(of: LedgerEntry.self)
                try change.book("\(action):customer:\(customer)", key: "\(action):\(id)", postings(&change))
                try change.audit(action, "customer:\(customer)", "\(amount), \(detail)")
                return id.description
            } answer: { store, _ in
                try store.wallet(of: customer, in: amount.currency)
            }
        }
    }
}

extension StoreReader {
    /// The rate between two currencies that is in force at an instant: the latest that was quoted by then.
    func rate(from given: Currency, to received: Currency, at instant: Timestamp) throws -> ExchangeRateRow? {
        try first(
            Query(ExchangeRateRow.Columns.given == given, ExchangeRateRow.Columns.received == received)
                .where(ExchangeRateRow.Columns.at <= instant)
                .sorted(byDescending: ExchangeRateRow.Columns.at)
        )
    }
}
