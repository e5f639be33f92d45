/// How a package is sold: to nobody in particular, or to a customer who pays again and again.
public enum PackageKind: String, Hashable, Sendable, CaseIterable {
    /// A voucher that is used once; it needs no customer.
    case voucher
    /// A subscription to the hotspot; a customer is mandatory.
    case recurringHotspot = "recurring-hotspot"
    /// A subscription to PPPoE; a customer is mandatory.
    case recurringPPPoE = "recurring-pppoe"

    /// Whether it can be sold to a known customer only.
    public var needsCustomer: Bool { self != .voucher }

    /// The service that a subscription to it is for; `nil` for a voucher.
    public var serviceKind: ServiceKind? {
        switch self {
        case .voucher: nil
        case .recurringHotspot: .hotspot
        case .recurringPPPoE: .pppoe
        }
    }
}
