public import BillingDomain

/// A way to collect money that somebody else runs: mobile money, cards, e-wallets.
///
/// Values in, values out: how they travel is the gateway's own business. Every function may be called again with the
/// same values, and may throw; whatever it throws is taken as “try again later”, never as a refusal of the payment.
public protocol PaymentGateway: Sendable {
    /// Its stable name, 1 to 40 of a–z, digits, `-` and `_`, such as `mpesa`.
    var identifier: String { get }

    /// Asks for money. The payment's identity names the request, so that asking twice collects once.
    func createPayment(_ intent: PaymentIntent) async throws -> GatewayPayment

    /// What the gateway knows about a payment of its own.
    func checkStatus(of reference: GatewayReference) async throws -> [GatewayNotice]

    /// Proves that a message came from the gateway and reads it.
    ///
    /// Secrets and digests are compared in constant time.
    ///
    /// - Throws: ``GatewayRefusal`` for a message that is not authentic or cannot be read: it is put aside for a person.
    func handleCallback(_ callback: GatewayCallback) async throws -> [GatewayNotice]
}

/// A gateway that can send money back.
public protocol RefundingGateway: PaymentGateway {
    /// Sends money back, under a key that names this refund once and for all.
    func refund(_ amount: Money, of reference: GatewayReference, key: String) async throws -> [GatewayNotice]
}

/// A gateway that can call off what has not been paid.
public protocol CancellingGateway: PaymentGateway {
    /// Calls a payment off.
    func cancel(_ reference: GatewayReference) async throws -> [GatewayNotice]
}
