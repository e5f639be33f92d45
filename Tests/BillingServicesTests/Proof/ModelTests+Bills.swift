import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

/// What is done with invoices and subscriptions.
extension ModelRun {
    private var till: String { Account.safe.rawValue }

    mutating func bill(_ kind: Int) async throws {
        let index = customers.indices.randomElement(using: &chance) ?? 0
        switch kind {
        case 24: try await order(customers[index].id)
        case 25...31:
            // Of the newest, so that most of them are still there.
            let newest = max(0, subscriptions.count - 12)..<subscriptions.count
            guard let at = newest.randomElement(using: &chance) else { return }
            try await sweep()
            try await turn(at, kind)
        case 32: try await issue(customers[index].id)
        default:
            let newest = max(0, invoices.count - 12)..<invoices.count
            guard let at = newest.randomElement(using: &chance) else { return }
            try await settle(at, kind)
        }
    }

    private mutating func order(_ customer: Identifier<Customer>) async throws {
        let price = Int64.random(in: 1...9_999, using: &chance)
        let order = SubscriptionOrder(
            customer: customer,
            service: ServiceAccountDraft(
                kind: .pppoe,
                router: shop.router.id,
                username: try #require(NumberPattern("net{000000}"))
            ),
            choice: .terms(
                try SubscriptionTerms(
                    packageName: "Day",
                    cycle: .days(1),
                    price: ugx(price),
                    terminationDays: 2
                )
            ),
            method: .cash
        )
        let made = try await shop.owner.subscriptions.order(order, key: .new())
        model.subscribe("\(customer)", price, into: till, shop.clock.now)
        subscriptions.append(made.subscription.id)
        payments.append([made.payment?.id])
        done["order", default: 0] += 1
    }

    private mutating func sweep() async throws {
        let summary = try await shop.billing.collection.sweepSubscriptions(tenant: shop.tenant.id)
        #expect(summary.failed.isEmpty)
        model.lapse(shop.clock.now, max(0, model.subscriptions.count - 1_000)..<model.subscriptions.count)
    }

    private mutating func turn(_ at: Int, _ kind: Int) async throws {
        let (shop, service, now, key) = (shop, shop.owner.subscriptions, shop.clock.now, IdempotencyKey.new())
        let (id, one) = (subscriptions[at], model.subscriptions[at])
        let periods = Int64.random(in: 1...3, using: &chance)
        switch kind {
        case 25, 26:
            let isAllowed = model.renew(at, periods, into: nil, now)
            if isAllowed { payments[at].append(nil) }
            try await attempt("renew", isAllowed) {
                _ = try await service.renewFromBalance(id, periods: periods, key: key)
            }
        case 27, 28:
            let isAllowed = model.renew(at, periods, into: till, now)
            var paid: Payment?
            try await attempt("pay a period", isAllowed) {
                paid = try await shop.takeCash(one.price * periods, of: one.customer, for: .subscription(id), key)
            }
            if isAllowed { payments[at].append(paid?.id) }
        case 29:
            let forfeits = Bool.random(using: &chance)
            try await attempt("terminate", model.end(at, forfeits: forfeits, now)) {
                let reason = "moved"
                _ = try await service.terminate(
                    id,
                    reason: reason,
                    forfeitsUnused: forfeits,
                    basis: .seconds,
                    key: key
                )
            }
        case 30:
            try await attempt("cancel", model.end(at, forfeits: false, now)) {
                _ = try await service.cancel(id, immediately: true, basis: .seconds, key: key)
            }
        default:
            let run = Int.random(in: one.runs.indices, using: &chance)
            guard let paid = payments[at][run] else { return }
            let amount = Int64.random(in: 1...one.runs[run].price, using: &chance)
            let isAllowed = model.refund(at, run, amount)
            try await attempt("pay a period back", isAllowed) {
                let payments = shop.owner.payments
                _ = try await payments.requestRefund(of: ugx(amount), from: paid, key: key)
                _ = try await payments.settleRefund(key, of: paid, reference: key.text)
            }
        }
    }

    private mutating func issue(_ customer: Identifier<Customer>) async throws {
        let units = Int64.random(in: 1...9_999, using: &chance)
        let line = try InvoiceLine(text: "Visit", unitPrice: ugx(units))
        let service = shop.owner.invoices
        let draft = try await service.draft(InvoiceDraft(customer: customer, lines: [line]), key: .new())
        invoices.append(try await service.issue(draft.id, key: .new()).id)
        model.issue(units, to: "\(customer)")
        done["issue", default: 0] += 1
    }

    private mutating func settle(_ at: Int, _ kind: Int) async throws {
        let (shop, service, key) = (shop, shop.owner.invoices, IdempotencyKey.new())
        let (id, bill) = (invoices[at], model.bills[at])
        let customer = try #require(Identifier<Customer>(bill.customer))
        let amount = Int64.random(in: 1...bill.total, using: &chance)
        switch kind {
        case 33:
            try await attempt("pay an invoice", model.pay(at, amount, into: till)) {
                _ = try await shop.takeCash(amount, of: bill.customer, for: .invoice(id), key)
            }
        case 34, 35:
            try await attempt("pay from a balance", model.pay(at, amount, into: nil)) {
                _ = try await service.payFromBalance(ugx(amount), of: customer, directedTo: [id], key: key)
            }
        case 36:
            try await attempt("return to a balance", model.putBack(at, amount)) {
                _ = try await service.returnToBalance(ugx(amount), from: id, reason: "wrong", key: key)
            }
        case 37:
            try await attempt("credit", model.reduce(at, amount)) {
                _ = try await service.credit(id, ugx(amount), reason: "outage", key: key)
            }
        case 38:
            try await attempt("void", model.void(at)) {
                _ = try await service.void(id, reason: "typing", key: key)
            }
        default:
            try await attempt("give up", model.reduce(at, bill.owed, isLoss: true)) {
                _ = try await service.writeOff(id, reason: "gone", key: key)
            }
        }
    }

    /// Compares each invoice and each subscription, as they were left.
    mutating func compareBills() async throws {
        try await sweep()
        for (id, bill) in zip(invoices, model.bills) {
            let invoice = try await shop.owner.invoices.invoice(id)
            #expect(invoice.outstanding.minorUnits == bill.owed, "\(id)")
            #expect((invoice.paid.minorUnits, invoice.credited.minorUnits) == (bill.paid, bill.credited), "\(id)")
        }
        for (id, one) in zip(subscriptions, model.subscriptions) {
            let subscription = try await shop.owner.subscriptions.subscription(id)
            #expect(subscription.state.isFinal == one.isOver, "\(id)")
            #expect(subscription.paidThrough == one.end, "\(id)")
            #expect(subscription.runs.last?.earned.minorUnits == one.runs.last?.earned, "\(id)")
        }
        try await compareBalances()
    }
}

private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

extension Shop {
    fileprivate func takeCash(
        _ units: Int64,
        of customer: String,
        for purpose: PaymentPurpose,
        _ key: IdempotencyKey
    ) async throws -> Payment {
        let draft = PaymentDraft(
            customer: Identifier(customer),
            method: .cash,
            price: ugx(units),
            purpose: purpose
        )
        return try await owner.payments.take(draft, key: key)
    }
}
