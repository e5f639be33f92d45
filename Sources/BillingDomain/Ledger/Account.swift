/// An account of the double-entry ledger, named by a stable code.
public struct Account: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The code, such as `cash:<staff id>` or `voucher-revenue`.
    public let rawValue: String

    /// Creates an account from its code.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Money taken for vouchers that nobody has used yet: a debt to their holders.
    public static let deferredVouchers = Account(rawValue: "deferred-vouchers")

    /// Money earned: the voucher was used.
    public static let voucherRevenue = Account(rawValue: "voucher-revenue")

    /// Cash in the drawer of a member of staff; it holds something only while a shift of theirs is open.
    public static func cash(_ staff: Identifier<Staff>) -> Account { Account(rawValue: "cash:\(staff)") }

    /// Cash that lies in nobody's drawer: where floats come from, and where cash is handed over to.
    public static let safe = Account(rawValue: "safe")

    /// Whether it holds notes and coins: a drawer or the safe.
    public var isCash: Bool { cashier != nil || self == .safe }

    /// The code.
    public var description: String { rawValue }

    /// Orders accounts by code.
    public static func < (left: Account, right: Account) -> Bool { left.rawValue < right.rawValue }
}
