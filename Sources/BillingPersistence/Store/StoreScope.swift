public import BillingDomain

/// How far a transaction can see.
///
/// Inside a tenant's scope nothing of another tenant exists.
public enum StoreScope: Hashable, Sendable {
    /// One tenant.
    case tenant(Identifier<Tenant>)
    /// Every tenant: background jobs, look-ups by digest at sign-in, and creating tenants.
    ///
    /// Calls whose answer belongs to one tenant's names or books throw ``PersistenceError/Code/wrongScope`` here.
    case system
}
