/// One thing that a role may allow.
///
/// Checks are made against these, never against role names.
public enum Permission: String, Hashable, Sendable, CaseIterable {
    /// See vouchers and batches, and print them.
    case viewVouchers = "view-vouchers"
    /// Generate batches.
    case generateVouchers = "generate-vouchers"
    /// Record sales.
    case sellVouchers = "sell-vouchers"
    /// Disable and enable vouchers.
    case disableVouchers = "disable-vouchers"
    /// Pay money back.
    case refundVouchers = "refund-vouchers"
    /// See routers.
    case viewRouters = "view-routers"
    /// Add, test, change and remove routers.
    case manageRouters = "manage-routers"
    /// See the price list.
    case viewPackages = "view-packages"
    /// Change the price list.
    case managePackages = "manage-packages"
    /// See dashboards and revenue.
    case viewReports = "view-reports"
    /// See the audit trail.
    case viewAudit = "view-audit"
    /// Add, change and disable staff.
    case manageStaff = "manage-staff"
    /// Create and revoke API tokens.
    case manageTokens = "manage-tokens"
}
