public import BillingDomain
import BillingPersistence

/// How long a tenant's data is kept, as its settings say.
public struct RetentionService: Sendable {
    let session: BillingSession

    /// What ``apply()`` would remove now; nothing is changed.
    public func preview() async throws -> RetentionPlan {
        let (tenant, now) = (session.tenant, session.context.environment.now())
        return try await session.read(.manageRetention) { store in
            let rules = RetentionRule.all(of: tenant, try store.settings(), at: now)
            return RetentionPlan(
                lines: try rules.map { .init(kind: $0.kind, before: $0.before, count: try $0.count(store)) }
            )
        }
    }

    /// Removes what is older than the settings allow, and says what that was.
    ///
    /// It goes in portions, each of which stands by itself. Doing it again removes nothing that was not old enough
    /// before.
    public func apply() async throws -> RetentionPlan {
        try session.authorise(.manageRetention)
        return try await session.context.removeOld(of: session.tenant, by: session.actor, session.origin)
    }
}

extension Billing {
    /// Removes what is older than a tenant's settings allow, as ``RetentionService/apply()`` does: for the job of every night.
    public func applyRetention(of tenant: Identifier<Tenant>) async throws -> RetentionPlan {
        try await context.applyRetention(of: tenant)
    }
}

extension ServiceContext {
    func applyRetention(of tenant: Identifier<Tenant>) async throws -> RetentionPlan {
        guard let found = try await read(.tenant(tenant), { try $0.tenant(tenant) }) else {
            throw BillingError.notFound("tenant", field: "tenant")
        }
        return try await removeOld(of: found, by: .system("retention"))
    }

    /// How many records are removed in one transaction, so that nobody waits for it long.
    private static let portion = 1_000

    fileprivate func removeOld(
        of tenant: Tenant,
        by actor: Actor,
        _ origin: RequestOrigin = RequestOrigin()
    ) async throws -> RetentionPlan {
        let settings = try await read(.tenant(tenant.id)) { try $0.settings() }
        var lines: [RetentionPlan.Line] = []
        for rule in RetentionRule.all(of: tenant, settings, at: environment.now()) {
            var (count, removed) = (0, 0)
            repeat {
                removed = try await change(tenant.id, by: actor, origin: origin) { change in
                    let removed = try rule.remove(change.store, Self.portion)
                    if removed > 0 {
                        try change.audit("retention.apply", "tenant:\(tenant.id)", "\(removed) \(rule.kind.rawValue)")
                    }
                    return removed
                }
                count += removed
            } while removed == Self.portion
            lines.append(.init(kind: rule.kind, before: rule.before, count: count))
        }
        return RetentionPlan(lines: lines)
    }
}
