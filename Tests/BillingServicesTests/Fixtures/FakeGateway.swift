import BillingDomain
import BillingServices
import Synchronization

/// A gateway whose messages are lines of plain words, and which can be made to fail.
final class FakeGateway: RefundingGateway, CancellingGateway {
    struct Failure: Error {}

    let identifier = "fake"
    private let failuresLeft = Mutex(0)
    private let asked = Mutex<[Identifier<Payment>]>([])
    private let sentBack = Mutex<[String: Money]>([:])
    private let questionsAsked = Mutex(0)

    /// How often it was asked about a payment that it knows.
    var questions: Int { questionsAsked.withLock { $0 } }

    /// How many payments it was asked to collect, each counted once.
    var collected: Int { asked.withLock { Set($0).count } }

    /// What it has sent back, each key once.
    var returned: Money? { sentBack.withLock { try? Money.sum($0.values, in: .ugx) } }

    /// Fails so many times from now on.
    func fail(times: Int) {
        failuresLeft.withLock { $0 = times }
    }

    func createPayment(_ intent: PaymentIntent) async throws -> GatewayPayment {
        try failIfToldTo()
        asked.withLock { $0.append(intent.payment) }
        guard let reference = GatewayReference(gateway: identifier, value: "ext-\(intent.payment)") else {
            throw Failure()
        }
        return GatewayPayment(reference: reference, payerLink: "https://pay.example/\(intent.publicReference)")
    }

    func checkStatus(of reference: GatewayReference) async throws -> [GatewayNotice] {
        questionsAsked.withLock { $0 += 1 }
        try failIfToldTo()
        return []
    }

    func refund(_ amount: Money, of reference: GatewayReference, key: String) async throws -> [GatewayNotice] {
        questionsAsked.withLock { $0 += 1 }
        sentBack.withLock { $0[key] = amount }
        // The money is on its way already when the answer is lost.
        try failIfToldTo()
        return try Self.notice(reference, .refunded(amount: amount, reference: "back", key: key))
    }

    func cancel(_ reference: GatewayReference) async throws -> [GatewayNotice] {
        questionsAsked.withLock { $0 += 1 }
        try failIfToldTo()
        return try Self.notice(reference, .cancelled(reason: "called off"))
    }

    private static func notice(_ reference: GatewayReference, _ kind: PaymentEvent.Kind) throws -> [GatewayNotice] {
        // Its own names for payments are made of ours.
        let name = "P-" + reference.value.dropFirst(4).replacing("-", with: "").prefix(32).uppercased()
        let event = try PaymentEvent(kind, at: Timestamp(secondsSince1970: 1_795_000_000))
        return [GatewayNotice(publicReference: name, event: event)]
    }

    func handleCallback(_ callback: GatewayCallback) async throws -> [GatewayNotice] {
        try failIfToldTo()
        guard callback.headers == "signed" else { throw GatewayRefusal("The signature is not the gateway's.") }
        let words = String(decoding: callback.body, as: UTF8.self).split(separator: " ").map(String.init)
        guard words.count == 5, let units = Int64(words[2]), let currency = Currency(words[3]) else {
            throw GatewayRefusal("The message cannot be read.")
        }
        let amount = Money(minorUnits: units, currency: currency)
        let kind: PaymentEvent.Kind =
            switch words[1] {
            case "paid": .settled(amount: amount, fee: nil, reference: words[4])
            case "failed": .failed(reason: words[4])
            case "refunded": .refunded(amount: amount, reference: words[4], key: nil)
            case "charged-back": .chargedBack(amount: amount, reference: words[4])
            default: .pending(reference: words[4])
            }
        let at = Timestamp(secondsSince1970: 1_795_000_000)
        return [GatewayNotice(publicReference: words[0], event: try PaymentEvent(kind, at: at))]
    }

    private func failIfToldTo() throws {
        let fails = failuresLeft.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
        if fails { throw Failure() }
    }

    static func callback(
        _ payment: Payment,
        _ word: String = "paid",
        _ amount: Money? = nil,
        receipt: String = "R1",
        key: String? = nil,
        signed: Bool = true
    ) -> GatewayCallback {
        let amount = amount ?? payment.amount
        let body = "\(payment.publicReference) \(word) \(amount.minorUnits) \(amount.currency.code) \(receipt)"
        return GatewayCallback(key: key ?? body, headers: signed ? "signed" : "forged", body: Array(body.utf8))
    }
}
