import BillingDomain
import BillingPersistence
import BillingServices

/// Books by hand.
extension UseCase {
    private static func note(
        _ method: String,
        _ name: String,
        run: @escaping @Sendable (LedgerService) async throws -> Void
    ) -> UseCase {
        UseCase("LedgerService." + method, name, [.moveMoney], namesThings: false) { session, _, _ in
            try await run(session.ledger)
        }
    }

    static let ledger: [UseCase] = [
        note("move(_:from:to:reference:key:)", "bring cash to the bank") {
            _ = try await $0.move(shillings(10), from: .safe, to: .bank, reference: "slip 1", key: .call)
        },
        note("recordPayout(_:fee:of:reference:key:)", "note a payout") {
            _ = try await $0.recordPayout(shillings(10), of: "momo", reference: "line 1", key: .call)
        },
        note("ownerPutsIn(_:into:reference:key:)", "note what the owner brings") {
            _ = try await $0.ownerPutsIn(shillings(10), into: .safe, reference: "start", key: .call)
        },
        note("ownerTakesOut(_:from:reference:key:)", "note what the owner takes") {
            _ = try await $0.ownerTakesOut(shillings(10), from: .safe, reference: "rent", key: .call)
        },
        note("recordBill(_:reference:key:)", "note a bill") {
            _ = try await $0.recordBill(shillings(10), reference: "line, March", key: .call)
        },
        note("paySupplier(_:from:reference:key:)", "pay a supplier") {
            _ = try await $0.paySupplier(shillings(10), reference: "line, March", key: .call)
        },
        UseCase("LedgerService.payTax(_:from:reference:key:)", "pay tax", [.moveMoney], namesThings: false) { shop, _ in
            let tax = [Posting.debit(.bank, shillings(10)), try .credit(.taxPayable, shillings(10))]
            try await shop.post("tax", tax, tenant: shop.tenant.id)
        } run: { session, _, _, _ in
            _ = try await session.ledger.payTax(shillings(10), reference: "March", key: .call)
        },
        UseCase(till: "LedgerService.enter(_:reason:key:)", "write an entry", [.adjustLedger]) { session, till in
            let postings = [
                Posting.debit(.bank, shillings(10)), try .credit(.customerBalance(till.customer.id), shillings(10)),
            ]
            _ = try await session.ledger.enter(postings, reason: "from the old books", key: .call)
        },
        UseCase("LedgerService.reverse(_:reason:key:)", "take an entry back", [.adjustLedger]) { shop, _ in
            try await shop.owner.ledger.recordBill(shillings(10), reference: "line", key: .new())
        } run: { session, _, _, entry in
            _ = try await session.ledger.reverse(entry.id, reason: "twice", key: .call)
        },
    ]
}

/// Taxes.
extension UseCase {
    @Sendable private static func rate() throws -> TaxRate {
        try TaxRate(name: "VAT", rate: Percentage(basisPoints: 1_800))
    }

    /// A tax of a name of its own.
    @Sendable private static func tax(_ shop: Shop, _: GeneratedBatch) async throws -> Tax {
        let rate = try TaxRate(name: "Levy \(shop.random.word())", rate: Percentage(basisPoints: 100))
        return try await shop.owner.taxes.add(rate, on: [.voucher], key: .new())
    }

    static let taxes: [UseCase] = [
        UseCase("TaxService.list(includingEnded:)", "list taxes", [.viewInvoices], namesThings: false) {
            session,
            _,
            _ in _ = try await session.taxes.list()
        },
        UseCase("TaxService.add(_:on:key:)", "enter a tax", [.manageTaxes], namesThings: false) { session, _, _ in
            _ = try await session.taxes.add(rate(), on: [.voucher], key: .call)
        },
        UseCase("TaxService.update(_:_:on:)", "change a tax", [.manageTaxes], given: tax) { session, _, _, tax in
            _ = try await session.taxes.update(tax.id, rate(), on: [])
        },
        UseCase("TaxService.end(_:)", "end a tax", [.manageTaxes], given: tax) { session, _, _, tax in
            _ = try await session.taxes.end(tax.id)
        },
    ]
}
