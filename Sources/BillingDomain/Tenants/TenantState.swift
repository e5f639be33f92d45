/// Whether a tenant does business.
public enum TenantState: String, Hashable, Sendable, CaseIterable {
    /// Does.
    case active
    /// Does not for now: nobody signs in and nothing is sold; routers are still looked after.
    case suspended
    /// Never again; its books stay.
    case closed
}
