/// Whom a row or a session on a router belongs to.
public enum SessionSubject: Hashable, Sendable, LosslessStringConvertible {
    /// A voucher's.
    case voucher(Identifier<Voucher>)
    /// A customer's service: a hotspot or PPPoE account.
    case service(Identifier<ServiceAccount>)

    /// Reads `voucher:<id>` or `service:<id>`; anything else is `nil`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "voucher":
            guard let id = Identifier<Voucher>(String(parts[1])) else { return nil }
            self = .voucher(id)
        case "service":
            guard let id = Identifier<ServiceAccount>(String(parts[1])) else { return nil }
            self = .service(id)
        default:
            return nil
        }
    }

    /// The voucher, if it is one.
    public var voucher: Identifier<Voucher>? {
        guard case .voucher(let id) = self else { return nil }
        return id
    }

    /// The service, if it is one.
    public var service: Identifier<ServiceAccount>? {
        guard case .service(let id) = self else { return nil }
        return id
    }

    /// `voucher:<id>` or `service:<id>`.
    public var description: String {
        switch self {
        case .voucher(let id): "voucher:\(id)"
        case .service(let id): "service:\(id)"
        }
    }
}
