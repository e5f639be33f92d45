public import BillingDomain
import BillingPersistence

extension RouterService {
    /// The user profiles of a router, and which of those that packages name are missing there or differ.
    ///
    /// As of the last reading; ``syncNow(_:)`` asks for another.
    public func profiles(of id: Identifier<Router>) async throws -> RouterProfiles {
        let assignment = session.assignment
        return try await session.read(.viewRouters) { store in
            _ = try assignment.router(id, in: store)
            guard let care = try store.find(RouterCare.id(of: id)), let readAt = care.profilesReadAt else {
                return RouterProfiles(readAt: nil, standing: [], matches: [])
            }
            let packages = try store.packages().filter { !$0.isArchived }
            return RouterProfiles(
                readAt: readAt,
                standing: care.profiles,
                matches: ProfileMatch.matches(of: packages, with: care.profiles)
            )
        }
    }
}

extension ProfileMatch {
    /// What packages want of profiles, and what stands under those names.
    static func matches(of packages: [Package], with standing: [ObservedProfile]) -> [ProfileMatch] {
        struct Key: Hashable {
            let kind: ServiceKind
            let name: String
        }
        func key(_ package: Package) -> Key {
            Key(kind: package.kind.serviceKind ?? .hotspot, name: package.terms.routerProfile)
        }
        let found = Dictionary(standing.map { (Key(kind: $0.kind, name: $0.name), $0) }) { first, _ in first }
        return Dictionary(grouping: packages, by: key).map { key, packages in
            let speeds = Set(packages.compactMap(\.terms.rateLimit))
            let wanted = speeds.count == 1 ? speeds.first : nil
            return ProfileMatch(
                kind: key.kind,
                name: key.name,
                packages: packages.map(\.name).sorted(),
                wanted: wanted,
                found: found[key],
                finding: finding(found[key], speeds)
            )
        }
        .sorted { ($0.kind.rawValue, $0.name) < ($1.kind.rawValue, $1.name) }
    }

    private static func finding(_ found: ObservedProfile?, _ wanted: Set<RateLimit>) -> Finding {
        guard let found else { return .missing }
        guard !wanted.isEmpty else { return .unspecified }
        // One profile cannot have the speeds of two packages.
        return wanted.count == 1 && found.speed == wanted.first ? .right : .differs
    }
}
