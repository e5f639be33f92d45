import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

/// The user profiles that rows on one router need.
///
/// One that is there is used as it is, whoever made it. One that is missing is made where its speed is known; a speed that
/// only people know is left to them, and the rows that need it are refused by the router.
struct Profiles {
    let router: any RouterOSCommands
    let markers: RouterMarkers

    /// Makes the profiles that rows of a plan need and that are missing; waits for two answers.
    func makeMissing<Row: CustomerRow>(for plan: ConvergencePlan<Row>) async throws {
        let needed = plan.neededProfiles.filter(\.canBeMade)
        guard !needed.isEmpty else { return }
        switch Row.kind {
        case .hotspot:
            let found = try await rows(HotspotUserProfile.self, named: needed)
            try await add(needed, beside: found.rows.map(\.name) + found.unreadable.keys) { profile in
                // This menu has no comments, so none tells that it is ours.
                HotspotUserProfile(
                    name: profile.name,
                    sharedUsers: .value(profile.sharedUsers),
                    rateLimit: profile.rateLimit?.description
                )
            }
        case .pppoe:
            let found = try await rows(PPPProfile.self, named: needed)
            let own = found.rows.first { $0.name == "default" }
            try await add(needed, beside: found.rows.map(\.name) + found.unreadable.keys) { profile in
                var row = PPPProfile()
                row.name = profile.name
                row.rateLimit = profile.rateLimit?.description
                row.onlyOne = .value(profile.sharedUsers == 1)
                row.comment = markers.subscriber
                // Addresses are no matter of a package: a new one gives those that the router's own gives.
                row.localAddress = own?.localAddress
                row.remoteAddress = own?.remoteAddress
                row.dnsServer = own?.dnsServer
                return row
            }
        }
    }

    /// Gives profiles of ours the speed that their package has now; says which the router refused, and why.
    func putRight(_ changes: [RouterPlan.ProfileChange]) async throws -> [String: String] {
        var refusals: [String: String] = [:]
        for change in changes {
            do {
                try await router.set(change.id, of: PPPProfile.self) { $0["rate-limit"] = change.should.description }
            } catch let error as RouterOSError where error.isRefusal {
                refusals[change.name] = error.message
            }
        }
        return refusals
    }

    private func rows<Row: RouterOSRow>(
        _: Row.Type,
        named profiles: [RouterProfile]
    ) async throws -> ReadableRows<Row> {
        let names = Set(profiles.map(\.name) + ["default"]).sorted()
        return try await router.readableRows(Row.self, where: .any(names.map { Query.equal("name", $0) }))
    }

    private func add<Row: WritableRouterOSRow>(
        _ profiles: [RouterProfile],
        beside found: [String],
        _ row: (RouterProfile) -> Row
    ) async throws {
        let missing = Dictionary(profiles.map { ($0.name, $0) }) { first, _ in first }
            .filter { !found.contains($0.key) }.sorted { $0.key < $1.key }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for row in missing.map({ row($0.value) }) {
                group.addTask {
                    do {
                        try await router.add(row)
                    } catch let error as RouterOSError where error.isRefusal {
                        // The rows that need it are refused next, each with its own reason.
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

extension ConvergencePlan {
    /// The profiles of the rows that are to be written.
    var neededProfiles: [RouterProfile] {
        steps.compactMap { entry, step in
            switch step {
            case .add: entry.profile
            case .set(_, _, let names): names.contains("profile") ? entry.profile : nil
            case .none, .remove, .inherited, .blocked: nil
            }
        }
    }
}
