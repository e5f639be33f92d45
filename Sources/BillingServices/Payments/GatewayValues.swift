public import BillingDomain

/// What a gateway answers when it is asked to collect.
public struct GatewayPayment: Hashable, Sendable {
    /// What it calls the payment.
    public let reference: GatewayReference
    /// Where the payer goes on, if anywhere; it may hold a secret and is not stored.
    public let payerLink: String?

    /// An answer of the given parts.
    public init(reference: GatewayReference, payerLink: String? = nil) {
        self.reference = reference
        self.payerLink = payerLink
    }
}

/// One thing that a gateway says, and which payment it says it of.
public struct GatewayNotice: Hashable, Sendable {
    /// Our own name for the payment, as ``PaymentIntent/publicReference`` told it.
    public let publicReference: String
    /// What happened.
    public let event: PaymentEvent

    /// A notice of the given parts.
    public init(publicReference: String, event: PaymentEvent) {
        self.publicReference = publicReference
        self.event = event
    }
}

/// A message that came for a gateway, as it came.
public struct GatewayCallback: Hashable, Sendable {
    /// The name that the sender gave it, or a digest of the body: the same for a repetition.
    public let key: String
    /// The headers that are needed to verify it.
    public let headers: String
    /// The body.
    public let body: [UInt8]
    /// The network address it came from.
    public let sourceAddress: String?

    /// A message of the given parts.
    public init(key: String, headers: String = "", body: [UInt8], sourceAddress: String? = nil) {
        self.key = key
        self.headers = headers
        self.body = body
        self.sourceAddress = sourceAddress
    }
}

/// A message that a gateway does not take for its own; the text is for the staff and holds no secret.
public struct GatewayRefusal: Error, Hashable, Sendable {
    /// What is wrong with it.
    public let message: String

    /// A refusal for a reason.
    public init(_ message: String) { self.message = message }
}
