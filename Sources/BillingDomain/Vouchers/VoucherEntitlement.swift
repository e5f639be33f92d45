/// The record of one extension of a voucher: what was added, to what, by whom and why.
///
/// Records are only ever added; together with the terms they explain every limit of the voucher.
public struct VoucherEntitlement: Hashable, Sendable {
    /// The identity of the record.
    public let id: Identifier<VoucherEntitlement>

    /// The tenant that owns it.
    public let tenant: Identifier<Tenant>

    /// The voucher.
    public let voucher: Identifier<Voucher>

    /// What was added.
    public let grant: VoucherGrant

    /// The end before it, of the validity or of the time to begin; `nil` where no time was added.
    public let previousEnd: Timestamp?

    /// The end after it; `nil` where no time was added.
    public let newEnd: Timestamp?

    /// The use side before it: an extension of what had ended is a re-activation.
    public let previousAccess: AccessState

    /// Who extended it.
    public let actor: Actor

    /// Why: the payment, order or complaint that it follows from.
    public let cause: String

    /// What was paid for it and with what; `nil` for a gift.
    public let paid: VoucherPayment?

    /// When.
    public let createdAt: Timestamp

    /// Recreates a stored record; new ones come from ``Voucher/extend(_:id:paid:by:cause:at:calendar:)``.
    public init(
        id: Identifier<VoucherEntitlement>,
        tenant: Identifier<Tenant>,
        voucher: Identifier<Voucher>,
        grant: VoucherGrant,
        previousEnd: Timestamp? = nil,
        newEnd: Timestamp? = nil,
        previousAccess: AccessState,
        actor: Actor,
        cause: String,
        paid: VoucherPayment? = nil,
        createdAt: Timestamp
    ) {
        self.id = id
        self.tenant = tenant
        self.voucher = voucher
        self.grant = grant
        self.previousEnd = previousEnd
        self.newEnd = newEnd
        self.previousAccess = previousAccess
        self.actor = actor
        self.cause = cause
        self.paid = paid
        self.createdAt = createdAt
    }

    /// The key of the entry in the books of what is paid for an extension.
    public static func entry(of id: Identifier<VoucherEntitlement>) -> String { "extend:\(id)" }
}
