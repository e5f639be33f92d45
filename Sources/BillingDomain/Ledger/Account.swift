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

    /// Cash in the hands of whoever took it.
    public static func cash(_ actor: Actor) -> Account {
        switch actor {
        case .staff(let id): Account(rawValue: cashPrefix + id.description)
        case .token, .system: Account(rawValue: cashPrefix + actor.description)
        }
    }

    /// Whether this is somebody's cash in hand.
    public var isCash: Bool { rawValue.hasPrefix(Self.cashPrefix) }

    /// What the codes of all cash accounts begin with.
    public static let cashPrefix = "cash:"

    /// The code.
    public var description: String { rawValue }

    /// Orders accounts by code.
    public static func < (left: Account, right: Account) -> Bool { left.rawValue < right.rawValue }
}
