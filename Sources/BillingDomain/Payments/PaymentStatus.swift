/// Where a payment stands: what its events, taken together, say.
public enum PaymentStatus: String, Hashable, Sendable, CaseIterable, Codable {
    /// Asked for, and nothing heard yet.
    case initiated
    /// The gateway or the bank knows of it.
    case pending
    /// The money is there, as much as was asked for.
    case settled
    /// Money is there, but not as it was asked for: somebody has to look.
    case quarantined
    /// A part of the money went back.
    case partlyRefunded = "partly-refunded"
    /// All of the money went back.
    case refunded
    /// The payer's bank took the money back.
    case chargedBack = "charged-back"
    /// The gateway refused it.
    case failed
    /// The payer did not pay in time.
    case expired
    /// It was called off.
    case cancelled

    /// Whether service may be granted for it.
    public var grantsService: Bool { self == .settled }

    /// Whether money has been received for it, whatever became of it.
    public var hasMoney: Bool {
        switch self {
        case .settled, .quarantined, .partlyRefunded, .refunded, .chargedBack: true
        case .initiated, .pending, .failed, .expired, .cancelled: false
        }
    }
}
