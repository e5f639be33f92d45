import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

/// Brings vouchers and service accounts to their desired state on one router: reads, plans, writes without waiting in
/// between, ends sessions, reads back.
///
/// May be run again after any failure, at any point: what was done is found there and not done twice.
struct RouterWork {
    let router: any RouterOSCommands
    let now: @Sendable () -> Timestamp
    /// How rows are written that are too many to go one by one; nil where each goes by itself.
    var bulk: Bulk?
    /// Counts what was used by those whose rows or sessions are about to go.
    let lastSight: @Sendable (LastSight) async throws -> Void

    /// How many rows are written at once.
    struct Bulk {
        /// How many commands may be sent now, beside those that read.
        let commands: Int
        /// Those whose rows no script has brought.
        let alone: Set<SessionSubject>
        let writer: ScriptWriter
    }

    /// What became of work, by what it was for.
    private typealias Results = [SessionSubject: ProvisioningOutcome.Result]

    /// Does a chunk of work and says what became of each piece, in the same order.
    ///
    /// The two menus are worked on side by side, and in each at most nine answers are waited for one after the other, and four
    /// more for a script. Nothing is said of what has to wait for the next chunk: what there was no room for, and what a script
    /// did not bring.
    ///
    /// - Throws: ``RouterOSError`` when the connection is lost or the router does not answer: then the outcome of everything is
    ///   unknown, and the next run finds out.
    func converge(_ work: [ProvisioningWork]) async throws -> [ProvisioningOutcome] {
        async let users = converge(work, HotspotUser.self)
        async let secrets = converge(work, PPPSecret.self)
        let results = try await users.merging(secrets) { first, _ in first }
        return work.compactMap { work in
            guard work.entry.canBeWritten else { return ProvisioningOutcome(work, Self.unreadable) }
            return results[work.entry.subject].map { ProvisioningOutcome(work, $0) }
        }
    }

    private static let unreadable = ProvisioningOutcome.Result.failed(
        detail: "The stored password cannot be opened. Put back the key file it was sealed with, or set it again.",
        retry: false
    )

    private func converge<Row: CustomerRow>(_ work: [ProvisioningWork], _: Row.Type) async throws -> Results {
        let chunk = work.map(\.entry).filter { $0.kind == Row.kind && $0.canBeWritten }
        guard let markers = work.first?.markers, !chunk.isEmpty else { return [:] }
        let before: ReadableRows<Row> = try await rows(of: chunk)
        // Whatever stands in a row that cannot be read is left alone.
        let whole = ConvergencePlan<Row>(
            chunk.filter { before.unreadable[$0.name] == nil },
            observed: before.rows,
            markers,
            writesHiddenPasswords: true
        )
        let division =
            bulk.map { BulkDivision(whole, commands: $0.commands, alone: $0.alone) } ?? BulkDivision(rowByRow: whole)
        let plan = division.plan
        let entries = chunk.filter { !division.postponed.contains($0.subject) }
        let ending = endings(of: plan)
        let names = ending.cutOff.union(ending.restarted)
        if !names.isEmpty {
            let sight = try await LastSight(of: names, entries, before.rows, markers, on: router, now: now)
            if !sight.isEmpty { try await lastSight(sight) }
        }
        try await Profiles(router: router, markers: markers).makeMissing(for: plan)
        if let bulk, !division.byScript.isEmpty { try await bulk.writer.run(division.source, for: Row.kind) }
        let refusals = try await write(plan.without(division.byScript))
        // Disabling or removing a row does not end a session that is open: that is a step of its own.
        let protest = try await Sessions(router: router).end(names, Row.kind)
        let (cutOff, anew) = (ending.cutOff, plan.rowsAnew)
        async let stillOnline = Sessions(router: router).online(cutOff.union(anew), Row.kind)
        async let found: ReadableRows<Row> = rows(of: entries)
        let (online, shown) = try await (stillOnline, found)
        let last = LastSight(ended: names, before: before.rows, after: shown.rows, markers, now: now())
        if !last.isEmpty { try await lastSight(last) }
        let after = ConvergencePlan<Row>(entries, observed: shown.rows, markers, added: plan.added)
        let unreadable = before.unreadable.merging(shown.unreadable) { first, _ in first }
        let unseen = entries.filter { unreadable[$0.name] != nil }.map(\.subject)
        let missed = after.added.intersection(division.byScript).subtracting(unseen)
        // Those that are not new go by themselves too: they are counted as such before the next chunk is read.
        bulk?.writer.note(alone: missed.union(whole.changed))
        let blind = plan.unseenPasswords
        return Dictionary(
            after.without(missed).steps.map { entry, left in
                let subject = entry.subject
                if let reason = unreadable[entry.name] { return (subject, .failed(detail: reason, retry: true)) }
                if let refusal = refusals[subject], blind.contains(subject) {
                    return (subject, .failed(detail: refusal, retry: true))
                }
                if left != .inherited, cutOff.contains(entry.name), online.contains(entry.name) {
                    let detail = "Its session on the router does not end." + (protest.map { " " + $0 } ?? "")
                    return (subject, .failed(detail: detail, retry: true))
                }
                // A session that outlived its row goes on counting where that one did.
                let isAnew = left == .none && anew.contains(entry.name) && !online.contains(entry.name)
                return (subject, isAnew ? .presentAnew : result(for: entry, left, refusal: refusals[subject]))
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private func rows<Row: CustomerRow>(of entries: [RouterEntry]) async throws -> ReadableRows<Row> {
        try await router.readableRows(Row.self, where: .any(entries.map { Query.equal(Row.key, $0.name) }))
    }

    /// What is left to do after the writing tells how the writing went.
    private func result<Row: CustomerRow>(
        for entry: RouterEntry,
        _ left: ConvergencePlan<Row>.Step,
        refusal: String?
    ) -> ProvisioningOutcome.Result {
        switch left {
        case .none, .inherited:
            entry.record.desiredPresence == .absent ? .removed : .present
        case .blocked(let reason):
            .failed(detail: reason, retry: false)
        case .add:
            .failed(detail: refusal ?? "The router took the row and does not show it.", retry: true)
        case .set(_, _, let names):
            .failed(detail: refusal ?? "The router does not keep \(names.joined(separator: ", ")).", retry: true)
        case .remove:
            .failed(detail: refusal ?? "The router still shows the row.", retry: true)
        }
    }

    // MARK: Writing

    private func write<Row: CustomerRow>(_ plan: ConvergencePlan<Row>) async throws -> [SessionSubject: String] {
        try await withThrowingTaskGroup(of: (SessionSubject, String)?.self) { group in
            // All of it is on its way at once; a refusal of one piece is noted and does not disturb the others.
            for (entry, step) in plan.steps {
                group.addTask {
                    do {
                        try await carryOut(step)
                        return nil
                    } catch let error as RouterOSError where error.isRefusal {
                        return (entry.subject, error.advice)
                    }
                }
            }
            var refusals: [SessionSubject: String] = [:]
            for try await case .some(let (subject, reason)) in group { refusals[subject] = reason }
            return refusals
        }
    }

    private func carryOut<Row: CustomerRow>(_ step: ConvergencePlan<Row>.Step) async throws {
        switch step {
        case .none, .inherited, .blocked:
            return
        case .add(let row):
            _ = try await router.run(
                Command(Row.menu + "/add") { attributes in
                    for attribute in row.attributesOfNew { attributes.set(attribute.name, bytes: attribute.bytes) }
                }
            )
        case .set(let ids, let row, let names):
            for id in ids { try await change(id, to: row, names) }
        case .remove(let ids):
            try await router.remove(ids, of: Row.self)
        }
    }

    private func change<Row: CustomerRow>(_ id: ItemID, to row: Row, _ names: [String]) async throws {
        var wanted = Attributes()
        row.write(to: &wanted)
        let (emptied, given) = names.split { wanted[$0]?.isEmpty ?? true }
        // What is taken away goes first: an address that keeps a customer out of the profile that comes with it.
        for name in emptied { try await router.unset(name, of: id, in: Row.self) }
        guard !given.isEmpty else { return }
        try await router.set(id, of: Row.self) { attributes in
            for name in given { if let bytes = wanted.bytes(name) { attributes.set(name, bytes: bytes) } }
        }
    }

    // MARK: Sessions

    /// Those whose sessions have to end: who is cut off, and for whom something changes that holds from the next log-in only.
    private func endings<Row: CustomerRow>(
        of plan: ConvergencePlan<Row>
    ) -> (cutOff: Set<String>, restarted: Set<String>) {
        var cutOff: Set<String> = []
        var restarted: Set<String> = []
        for (entry, step) in plan.steps {
            guard step != .inherited else { continue }
            if case .blocked = step { continue }
            if entry.record.desiredPresence != .enabled {
                cutOff.insert(entry.name)
            } else if entry.beginsAnew(after: step) {
                restarted.insert(entry.name)
            }
        }
        return (cutOff, restarted)
    }
}

extension RouterEntry {
    /// Whether everything that its row needs is known.
    fileprivate var canBeWritten: Bool {
        guard case .service(let service) = self, record.desiredPresence != .absent else { return true }
        return service.password != nil
    }

    /// Whether a session that is open goes on as it should not: speed, address and password hold from the next log-in only.
    ///
    /// A run that broke off may have written everything and ended no session. So an account that is not confirmed yet has its
    /// session ended also where nothing is left to write; and so has a voucher in a profile other than the one it was sold.
    fileprivate func beginsAnew<Row: CustomerRow>(after step: ConvergencePlan<Row>.Step) -> Bool {
        let changed: [String]
        switch step {
        case .none: changed = []
        case .set(_, _, let names): changed = names.filter { $0 != "comment" }
        case .add, .remove, .inherited, .blocked: return false
        }
        switch self {
        case .voucher(let voucher):
            return changed.contains("profile") || voucher.desiredProfile != voucher.terms.routerProfile
        case .service(let service):
            if case .set = step { return !changed.isEmpty }
            return service.account.provisioning != .present
        }
    }
}

extension ConvergencePlan {
    /// Those whose rows stand on the router and are changed or removed.
    fileprivate var changed: Set<SessionSubject> {
        Set(
            steps.compactMap { entry, step in
                switch step {
                case .set, .remove: entry.subject
                case .none, .inherited, .blocked, .add: nil
                }
            }
        )
    }

    /// The names of vouchers in use whose rows are made anew.
    fileprivate var rowsAnew: Set<String> {
        Set(
            steps.compactMap { entry, step in
                guard case .add = step, let used = entry.voucher?.usage.totals, used != VoucherUsage.Counters() else {
                    return nil
                }
                return entry.name
            }
        )
    }

    /// Those whose password is written: the router may not show it, so reading back tells nothing of it.
    fileprivate var unseenPasswords: Set<SessionSubject> {
        Set(
            steps.compactMap { entry, step in
                guard case .set(_, _, let names) = step, names.contains("password") else { return nil }
                return entry.subject
            }
        )
    }
}

extension Array {
    /// Those for which a test holds, and the others.
    fileprivate func split(_ test: (Element) -> Bool) -> (those: [Element], others: [Element]) {
        (filter(test), filter { !test($0) })
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
        return message
            + " The package names a user profile that is not on this router, and no speed to make it with: add it "
            + "there, under /ip hotspot user profile or /ppp profile."
    }
}
