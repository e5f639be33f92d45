public import BillingDomain

/// A voucher or a service account with everything that its row on a router is made of.
public enum RouterEntry: Hashable, Sendable {
    /// A voucher: its row follows from itself.
    case voucher(Voucher)
    /// A service account, with what its row takes from other records.
    case service(ServiceEntry)

    /// Whom the row belongs to.
    public var subject: SessionSubject { record.subject }

    /// The voucher, if it is one.
    public var voucher: Voucher? {
        guard case .voucher(let voucher) = self else { return nil }
        return voucher
    }

    /// How the row should stand, and how far the router agrees.
    public var record: any Provisioned {
        switch self {
        case .voucher(let voucher): voucher
        case .service(let service): service.account
        }
    }

    /// The menu that the row belongs in.
    public var kind: ServiceKind {
        switch self {
        case .voucher: .hotspot
        case .service(let service): service.account.kind
        }
    }

    /// The name of the row: a code, or a user name.
    public var name: String {
        switch self {
        case .voucher(let voucher): voucher.code
        case .service(let service): service.account.username
        }
    }

    /// What people are shown for the name: whoever knows a code can use it.
    public var label: String {
        switch self {
        case .voucher(let voucher): voucher.maskedCode
        case .service(let service): service.account.username
        }
    }

    /// The user profile that the row should have.
    public var profile: RouterProfile {
        switch self {
        case .voucher(let voucher):
            RouterProfile(kind: .hotspot, name: voucher.desiredProfile, terms: voucher.terms)
        case .service(let service):
            RouterProfile(kind: kind, name: service.account.desiredProfile, terms: service.terms)
        }
    }

    var revision: Int64 {
        switch self {
        case .voucher(let voucher): voucher.revision
        case .service(let service): service.account.revision
        }
    }
}
