package import BillingDomain

/// The errors that every store throws in the same words.
extension PersistenceError {
    /// There is no such record in scope.
    package static func missing(_ what: String) -> Self {
        Self(.notFound, "There is no such \(what); check its identity and its tenant.")
    }

    /// A unique name or identity is taken.
    package static func taken(_ what: String, cause: String? = nil) -> Self {
        Self(.duplicate, "The \(what) is taken; choose another, or use the record that has it.", cause: cause)
    }

    /// The revision is not the stored one.
    package static func stale(_ what: String) -> Self {
        Self(.conflict, "The \(what) has changed since it was read; read it again and decide anew.")
    }

    /// A reference leads nowhere, or into another tenant.
    package static func dangling(_ what: String, cause: String? = nil) -> Self {
        Self(.constraint, "The \(what) refers to something that its tenant does not have.", cause: cause)
    }

    /// An update would change what identifies the record.
    package static func fixed(_ what: String) -> Self {
        Self(.constraint, "What identifies a \(what) cannot be changed; create another instead.")
    }

    /// A value goes past what its column keeps to, or a row stands where its table has no place.
    package static func unlawful(_ what: String, cause: String? = nil) -> Self {
        Self(.constraint, "A \(what) breaks a rule of the schema; correct it.", cause: cause)
    }

    /// The lease is over.
    package static func lost(_ lease: RouterLease) -> Self {
        Self(.leaseLost, "Router \(lease.router) is no longer leased to \(lease.owner); stop, and claim it again.")
    }

    /// A query names a column that its table does not have.
    package static func noColumn(_ column: String, in table: RecordTable) -> Self {
        Self(.constraint, "A \(table.noun) has no column “\(column)”; report this fault.")
    }

    /// A column holds what this version cannot read.
    package static func unreadable(_ what: String) -> Self {
        Self(.corrupt, "The database holds an unreadable \(what); verify it, and restore a backup if that fails.")
    }

    /// The store is closed.
    package static var storeClosed: Self {
        Self(.closed, "The store has been closed; open another one.")
    }
}
