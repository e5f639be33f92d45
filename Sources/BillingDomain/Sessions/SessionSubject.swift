/// Whose session on a router it is.
public enum SessionSubject: Hashable, Sendable, LosslessStringConvertible {
    /// What a customer's service is identified as.
    public enum Service {}

    /// A voucher's.
    case voucher(Identifier<Voucher>)
    /// A customer's service: a hotspot or PPPoE account.
    case service(Identifier<Service>)

    /// Reads `voucher:<id>` or `service:<id>`; anything else is `nil`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "voucher":
            guard let id = Identifier<Voucher>(String(parts[1])) else { return nil }
            self = .voucher(id)
        case "service":
            guard let id = Identifier<Service>(String(parts[1])) else { return nil }
            self = .service(id)
        default:
            return nil
        }
    }

    /// The session of a service, whatever its type.
    public static func service<Entity>(of service: Identifier<Entity>) -> SessionSubject {
        .service(Identifier<Service>(high: service.high, low: service.low))
    }

    /// `voucher:<id>` or `service:<id>`.
    public var description: String {
        switch self {
        case .voucher(let id): "voucher:\(id)"
        case .service(let id): "service:\(id)"
        }
    }
}
