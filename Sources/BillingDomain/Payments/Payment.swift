/// Money that was asked for, and everything that was heard about it.
///
/// The status is what the set of events says, so that events may arrive late, twice and in any order: the same events
/// always give the same payment. One receipt counts once, however many callbacks name it. Money outranks everything: a
/// payment that was given up and is then settled is settled.
public struct Payment: Hashable, Sendable {
    /// The identity of the payment.
    public let id: Identifier<Payment>

    /// The tenant that is paid.
    public let tenant: Identifier<Tenant>

    /// The customer who pays, if known.
    public let customer: Identifier<Customer>?

    /// How it is paid.
    public let method: PaymentMethod

    /// What is asked for, the payer's fee included; above zero.
    public let amount: Money

    /// The part of the amount that is a fee of the payer's, on top of the price.
    public let payerFee: Money

    /// What it is for.
    public let purpose: PaymentPurpose

    /// What one of what it is for was said to cost; `nil` where there is no such price.
    public let quoted: QuotedPrice?

    /// Whom a voucher's credentials are sent to once it is paid, such as `phone:+256700000001`; `nil` for the customer.
    public let recipient: String?

    /// What payer and gateway may see; never a voucher's code.
    public let publicReference: String

    /// Everything that was heard, in the order of ``PaymentEvent/<(_:_:)``, nothing twice.
    public private(set) var events: [PaymentEvent]

    /// When it was asked for.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a payment that nothing was heard of yet, or recreates a stored one.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for an amount that is not above zero, or a payer's
    ///   fee that is not a part of it.
    public init(
        id: Identifier<Payment>,
        tenant: Identifier<Tenant>,
        customer: Identifier<Customer>? = nil,
        method: PaymentMethod,
        amount: Money,
        payerFee: Money? = nil,
        purpose: PaymentPurpose,
        quoted: QuotedPrice? = nil,
        recipient: String? = nil,
        publicReference: String,
        events: [PaymentEvent] = [],
        createdAt: Timestamp,
        revision: Int64 = 1
    ) throws(DomainError) {
        guard amount.minorUnits > 0 else {
            throw DomainError(.invalidValue, field: "amount", "A payment lies above zero.")
        }
        let payerFee = payerFee ?? .zero(amount.currency)
        guard !payerFee.isNegative, try !(amount - payerFee).isNegative else {
            throw DomainError(.invalidValue, field: "payerFee", "A fee is a part of what is paid.")
        }
        self.id = id
        self.tenant = tenant
        self.customer = customer
        self.method = method
        self.amount = amount
        self.payerFee = payerFee
        self.purpose = purpose
        self.quoted = quoted
        self.recipient = recipient
        self.publicReference = publicReference
        self.events = Set(events).sorted()
        self.createdAt = createdAt
        self.revision = revision
    }

    /// Takes note of an event; whether it was new.
    @discardableResult
    public mutating func record(_ event: PaymentEvent) -> Bool {
        guard let position = events.firstIndex(where: { !($0 < event) }) else {
            events.append(event)
            return true
        }
        guard events[position] != event else { return false }
        events.insert(event, at: position)
        return true
    }

    /// Asks for money to go back, under a key that names this refund once and for all.
    ///
    /// The same key with the same amount is noted once.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` while no money is there, it waits for
    ///   somebody to release it, or the key was used for another amount; with ``DomainError/Code/invalidValue`` for more than ``refundable(in:)``.
    public mutating func requestRefund(of refund: Money, key: String, at instant: Timestamp) throws(DomainError) {
        for case .refundRequested(let earlier, key) in events.map(\.kind) {
            guard earlier == refund else { throw illegal("refund", "its key has been used for \(earlier)") }
            return
        }
        guard status.hasMoney, status != .refunded, !awaitsRelease else {
            throw illegal("refund", "there is no money that could go back")
        }
        let event = try PaymentEvent(.refundRequested(amount: refund, key: key), at: instant)
        let most = refundable(in: refund.currency)
        guard try !(most - refund).isNegative else {
            throw DomainError(.invalidValue, field: "amount", "At most \(most) of it can still go back.")
        }
        record(event)
    }

    func illegal(_ move: String, _ reason: String) -> DomainError {
        DomainError(.illegalMove, "Cannot \(move) payment \(publicReference) (\(status.rawValue)): \(reason).")
    }
}
