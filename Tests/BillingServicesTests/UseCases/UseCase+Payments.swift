import BillingDomain
import BillingPersistence
import BillingServices
import Testing

extension UseCase {
    /// Payments, refunds, and the terms of payment methods.
    static let payments: [UseCase] = [
        UseCase("PaymentService.list(_:_:)", "list payments", [.viewPayments], namesThings: false) { session, _, _ in
            _ = try await session.payments.list()
        },
        UseCase(till: "PaymentService.payment(_:)", "see a payment", [.viewPayments], given: paid) {
            session,
            _,
            payment in
            _ = try await session.payments.payment(payment.id)
        },
        UseCase(till: "PaymentService.receipt(of:)", "see a receipt", [.viewPayments], given: paid) {
            session,
            _,
            payment in
            _ = try await session.payments.receipt(of: payment.id)
        },
        UseCase(till: "PaymentService.take(_:key:)", "take a payment", [.takePayments]) { session, till in
            _ = try await session.payments.take(till.payment(.cash), key: .call)
        },
        UseCase(till: "PaymentService.take(_:key:)", "take what an invoice asks for", [.takePayments]) { till in
            try await till.issued(100)
        } run: { session, till, invoice in
            _ = try await session.payments.take(till.payment(.cash, .invoice(invoice.id)), key: .call)
        },
        UseCase(
            till: "PaymentService.initiate(_:with:text:payer:expiresAt:key:)",
            "ask a gateway for a payment",
            [.takePayments]
        ) { session, till in
            let draft = till.payment(.gateway(till.gateway.identifier))
            _ = try await session.payments.initiate(draft, with: till.gateway, text: "Internet", key: .call)
        },
        UseCase(till: "PaymentService.check(_:with:)", "ask a gateway how it went", [.confirmPayments]) { till in
            try await till.initiate()
        } run: { session, till, payment in
            _ = try await session.payments.check(payment.id, with: till.gateway)
        },
        UseCase(
            till: "PaymentService.confirm(_:received:reference:key:)",
            "confirm a bank transfer",
            [.confirmPayments],
            given: announced
        ) { session, _, payment in
            _ = try await session.payments.confirm(payment.id, received: payment.amount, reference: "B1", key: .call)
        },
        UseCase(
            till: "PaymentService.cancel(_:reason:)",
            "call a payment off",
            [.takePayments],
            given: announced
        ) { session, _, payment in
            _ = try await session.payments.cancel(payment.id, reason: "changed their mind")
        },
        UseCase(till: "PaymentService.cancel(_:with:)", "have a gateway call a payment off", [.takePayments]) { till in
            try await till.initiate()
        } run: { session, till, payment in
            _ = try await session.payments.cancel(payment.id, with: till.gateway)
        },
        UseCase(till: "PaymentService.sendRefund(_:of:with:)", "have a gateway pay back", [.refundPayments]) { till in
            let payment = try await till.initiate()
            try await till.receive(FakeGateway.callback(payment, receipt: "R\(till.shop.random.word())"))
            let key = try #require(IdempotencyKey("refund \(till.shop.random.word())"))
            _ = try await till.owner.payments.requestRefund(of: till.ugx(40), from: payment.id, key: key)
            return (id: payment.id, key: key)
        } run: { session, till, given in
            _ = try await session.payments.sendRefund(given.key, of: given.id, with: till.gateway)
        },
        UseCase(till: "PaymentService.release(_:key:)", "accept another amount", [.releaseQuarantine]) { till in
            let payment = try await announced(till)
            let received = till.ugx(payment.amount.minorUnits - 10)
            return try await till.owner.payments.confirm(payment.id, received: received, reference: "B1", key: .new())
        } run: { session, _, payment in
            _ = try await session.payments.release(payment.id, key: .call)
        },
        UseCase(
            till: "PaymentService.requestRefund(of:from:bearingLoss:key:)",
            "ask for a refund",
            [.refundPayments],
            given: paid
        ) { session, till, payment in
            _ = try await session.payments.requestRefund(of: till.ugx(40), from: payment.id, key: .call)
        },
        UseCase(
            till: "PaymentService.requestRefund(of:from:bearingLoss:key:)",
            "pay back at a loss",
            [.refundPayments, .adjustBalances]
        ) { till in
            let payment = try await till.topUp(100)
            _ = try await till.owner.wallets.charge(till.ugx(100), of: till.customer.id, reason: "fee", key: .new())
            return payment
        } run: { session, till, payment in
            _ = try await session.payments.requestRefund(
                of: till.ugx(40),
                from: payment.id,
                bearingLoss: true,
                key: .call
            )
        },
        UseCase(
            till: "PaymentService.settleRefund(_:of:reference:)",
            "settle a refund",
            [.refundPayments],
            given: refunding
        ) { session, _, given in
            _ = try await session.payments.settleRefund(given.key, of: given.payment.id, reference: "by hand")
        },
        UseCase(
            till: "PaymentService.failRefund(_:of:)",
            "give a refund up",
            [.refundPayments],
            given: refunding
        ) { session, _, given in
            _ = try await session.payments.failRefund(given.key, of: given.payment.id)
        },
        UseCase("PaymentService.terms()", "list terms of payment", [.viewPayments], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.payments.terms()
        },
        UseCase("PaymentService.setTerms(_:)", "set terms of payment", [.manageGateways], namesThings: false) {
            session,
            _,
            _ in
            let terms = try PaymentTerms(method: .cash, currency: .ugx, minimum: shillings(10))
            _ = try await session.payments.setTerms(terms)
        },
        UseCase("PaymentService.quote(_:by:)", "quote a price", [.viewPayments], namesThings: false) { session, _, _ in
            _ = try await session.payments.quote(shillings(100), by: .cash)
        },
        UseCase(till: "PaymentService.setRate(_:key:)", "note a rate", [.manageExchangeRates], namesThings: false) {
            session,
            till in
            _ = try await session.payments.setRate(till.rate(), key: .call)
        },
        UseCase("PaymentService.rates(_:)", "list rates", [.viewPayments], namesThings: false) { session, _, _ in
            _ = try await session.payments.rates()
        },
    ]

    @Sendable private static func paid(_ till: Till) async throws -> Payment {
        let invoice = try await till.issued(100)
        return try await till.owner.payments.take(till.payment(.cash, .invoice(invoice.id)), key: .new())
    }

    @Sendable private static func announced(_ till: Till) async throws -> Payment {
        try await till.owner.payments.take(till.payment(.bankTransfer), key: .new())
    }

    @Sendable private static func refunding(_ till: Till) async throws -> (payment: Payment, key: IdempotencyKey) {
        let payment = try await paid(till)
        let key = try #require(IdempotencyKey("refund \(till.shop.random.word())"))
        return (try await till.owner.payments.requestRefund(of: till.ugx(40), from: payment.id, key: key), key)
    }
}
