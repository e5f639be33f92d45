import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

/// Brings vouchers to their desired state on one router: reads, plans, writes without waiting in between, reads back.
///
/// May be run again after any failure, at any point: what was done is found there and not done twice.
struct RouterWork {
    let router: LeasedRouter

    /// Why the router did not do something, by the voucher it was for.
    private typealias Refusals = [Identifier<Voucher>: String]

    /// Does a chunk of work and says what became of each piece; waits for at most eight answers one after the other.
    ///
    /// - Throws: ``RouterOSError`` when the connection is lost or the router does not answer: then the outcome of everything is
    ///   unknown, and the next run finds out.
    func converge(_ work: [ProvisioningWork]) async throws -> [ProvisioningOutcome] {
        let vouchers = work.map(\.voucher)
        let plan = ConvergencePlan(vouchers, observed: try await rows(of: vouchers))
        try await ensureDefaultProfile(for: plan)
        let refusals = try await write(plan)
        let stillOnline = try await endSessions(of: plan)
        let after = ConvergencePlan(vouchers, observed: try await rows(of: vouchers))
        return zip(work, after.steps).map { work, left in
            let id = left.voucher.id
            if let reason = stillOnline[id] { return ProvisioningOutcome(work, .failed(detail: reason, retry: true)) }
            return ProvisioningOutcome(work, result(for: left.voucher, left.step, refusal: refusals[id]))
        }
    }

    private func rows(of vouchers: [Voucher]) async throws -> [HotspotUser] {
        try await router.print(HotspotUser.self, where: .value(of: .name, isIn: vouchers.map(\.code))).collect()
    }

    /// What is left to do after the writing tells how the writing went.
    private func result(
        for voucher: Voucher,
        _ left: ConvergencePlan.Step,
        refusal: String?
    ) -> ProvisioningOutcome.Result {
        switch left {
        case .none:
            voucher.desiredPresence == .absent ? .removed : .present
        case .blocked(let reason):
            .failed(detail: reason, retry: false)
        case .add:
            .failed(detail: refusal ?? "The router took the voucher and does not show it.", retry: true)
        case .set(_, _, let names):
            .failed(detail: refusal ?? "The router does not keep \(names.joined(separator: ", ")).", retry: true)
        case .remove:
            .failed(detail: refusal ?? "The router still shows the voucher.", retry: true)
        }
    }

    /// Makes the `default` profile, one device a user, where it is missing; a named one carries a speed that only people
    /// know, so it is left to them.
    private func ensureDefaultProfile(for plan: ConvergencePlan) async throws {
        let isNeeded = plan.steps.contains { step in
            if case .add(let user) = step.step { user.profile == "default" } else { false }
        }
        guard isNeeded else { return }
        let existing = try await router.print(HotspotUserProfile.self, where: .name == "default").collect()
        guard existing.isEmpty else { return }
        do {
            try await router.add(HotspotUserProfile(name: "default", sharedUsers: .value(1)))
        } catch let error as RouterOSError where error.isRefusal {
            // The users that need it are refused next, each with its own reason.
        }
    }

    private func write(_ plan: ConvergencePlan) async throws -> Refusals {
        try await refusals(
            plan.steps.map { [router] voucher, step in
                (voucher.id, { try await Self.carryOut(step, on: router) })
            }
        )
    }

    private static func carryOut(_ step: ConvergencePlan.Step, on router: LeasedRouter) async throws {
        switch step {
        case .none, .blocked:
            return
        case .add(let user):
            try await router.add(user)
        case .set(let id, let user, let names):
            var wanted = Attributes()
            user.write(to: &wanted)
            try await router.set(id, of: HotspotUser.self) { attributes in
                for name in names { attributes[name] = wanted[name] }
            }
        case .remove(let id):
            try await router.remove(id, of: HotspotUser.self)
        }
    }

    /// Disabling or removing a user does not end a session that is open: that is a step of its own.
    private func endSessions(of plan: ConvergencePlan) async throws -> Refusals {
        let ended = plan.steps.filter { voucher, step in
            if case .blocked = step { return false }
            return voucher.desiredPresence != .enabled
        }
        guard !ended.isEmpty else { return [:] }
        let vouchers = Dictionary(
            ended.map { (Voucher.uniqueKey(of: $0.voucher.code), $0.voucher.id) },
            uniquingKeysWith: { first, _ in first }
        )
        let codes = ended.map(\.voucher.code)
        let sessions = try await router.print(HotspotActive.self, where: .value(of: .user, isIn: codes)).collect()
        return try await refusals(
            sessions.compactMap { [router] session in
                guard let id = session.id, let voucher = vouchers[Voucher.uniqueKey(of: session.user)] else {
                    return nil
                }
                return (voucher, { try await router.remove(id, of: HotspotActive.self) })
            }
        )
    }

    /// Does all of it at once; a refusal of one piece is noted and does not disturb the others.
    private func refusals(
        _ pieces: [(voucher: Identifier<Voucher>, body: @Sendable () async throws -> Void)]
    ) async throws -> Refusals {
        try await withThrowingTaskGroup(of: (Identifier<Voucher>, String)?.self) { group in
            for piece in pieces {
                group.addTask {
                    do {
                        try await piece.body()
                        return nil
                    } catch let error as RouterOSError where error.isRefusal {
                        return (piece.voucher, error.advice)
                    }
                }
            }
            var refusals: Refusals = [:]
            for try await case .some(let (voucher, reason)) in group { refusals[voucher] = reason }
            return refusals
        }
    }
}

extension RouterOSError {
    /// Whether the router refused one command and goes on with the others.
    var isRefusal: Bool {
        switch code {
        case .duplicate, .noSuchItem, .invalidValue, .unknownParameter, .invalidCommand, .permissionDenied, .trap: true
        default: false
        }
    }

    /// What to tell the operator: the router's words, and what to do about them.
    var advice: String {
        guard code == .invalidValue, message.contains("profile") else { return message }
        return message + " The package names a hotspot user profile that is not on this router: add it there under "
            + "/ip hotspot user profile."
    }
}
