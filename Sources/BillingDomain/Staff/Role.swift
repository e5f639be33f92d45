/// A named set of permissions: a preset for those who define no roles of their own.
///
/// Two vocabularies are common, “Super Admin, Manager, Staff” and “Super Admin, Admin, Operator”; they name the same
/// three presets. Roles of a tenant's own are ``RoleDefinition``s.
public enum Role: String, Hashable, Sendable, CaseIterable {
    /// May do everything in its tenant.
    case superAdministrator = "super-administrator"
    /// Runs the shop: everything but what is ``Permission/reserved`` for the owner.
    case manager
    /// Sells: generates, prints, sells, renews, takes money and looks.
    case cashier

    /// Reads a role by its own name or by a common one: “Super Admin”, “Admin”, “Manager”, “Staff”, “Operator”.
    ///
    /// Case, blanks, hyphens and underscores do not matter.
    public init?(named name: String) {
        switch name.asciiUppercased.filter({ $0 != " " && $0 != "-" && $0 != "_" }) {
        case "SUPERADMINISTRATOR", "SUPERADMIN": self = .superAdministrator
        case "MANAGER", "ADMIN", "ADMINISTRATOR": self = .manager
        case "CASHIER", "STAFF", "OPERATOR": self = .cashier
        default: return nil
        }
    }

    /// What the role may do.
    public var permissions: Set<Permission> {
        switch self {
        case .superAdministrator: Set(Permission.allCases)
        case .manager: Set(Permission.allCases).subtracting(Permission.reserved)
        case .cashier:
            [
                .viewVouchers, .generateVouchers, .sellVouchers, .viewRouters, .viewPackages, .viewSessions,
                .viewCustomers, .manageCustomers, .viewSubscriptions, .renewSubscriptions, .viewPayments,
                .takePayments, .viewInvoices, .redeemVouchers, .workShifts, .viewNotifications, .sendNotifications,
            ]
        }
    }
}
