import BillingDomain
import RouterOSClient
import RouterOSProtocol

/// Writes rows to a router by a script of ours, which stands there only as long as it takes.
///
/// What the router answers tells nothing about the rows: whoever uses this reads them afterwards. A script holds nothing but
/// rows that are about to stand on the router anyway, and one that was left behind is found by its name and removed.
struct ScriptWriter: Sendable {
    /// What the script for a menu is called.
    static func name(for kind: ServiceKind) -> String { "billing-bulk-\(kind.rawValue)" }
    /// What tells a script of ours from one that somebody gave its name.
    static let comment = "added by the billing system for a moment"
    /// Rows are read and written, and nothing else is done.
    private static let policy = "read,write"

    let router: any RouterOSCommands
    let id: Identifier<Router>
    let notes: ScriptNotes
    /// How long it may run.
    let timeout: Duration
    /// Passes time.
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Puts a script onto the router, has it run and removes it; four answers are waited for.
    ///
    /// A router that refuses any of it is noted, and used as before.
    ///
    /// Where the task is cancelled the script is removed all the same, for as long as the connection holds: nobody may come by
    /// for a while, and what stands in it are codes.
    ///
    /// - Throws: ``RouterOSError`` when the connection is lost; then the script may be left there, which is noted.
    func run(_ source: [UInt8], for kind: ServiceKind) async throws {
        guard try await Self.clear([kind], on: router) else { return notes.refused(by: id) }
        notes.begins(kind, on: id)
        do {
            try await addAndRun(source, for: kind)
        } catch {
            if Task.isCancelled { await clearBehind(kind) }
            throw error
        }
    }

    private func addAndRun(_ source: [UInt8], for kind: ServiceKind) async throws {
        let add = Command(SystemScript.menu + "/add") {
            $0["name"] = Self.name(for: kind)
            $0["policy"] = Self.policy
            $0["comment"] = Self.comment
            $0.set("source", bytes: source)
        }
        guard let added = try await Self.unlessRefused({ try await router.run(add) }) else {
            notes.gone([kind], from: id)
            return notes.refused(by: id)
        }
        let number = added.returned ?? Self.name(for: kind)
        let run = Command(SystemScript.menu + "/run") { $0[".id"] = number }
        let ran = try await Self.unlessRefused { try await router.run(run, deadline: timeout) }
        // Also where it was not run: nobody is to find codes there.
        let remove = Command(SystemScript.menu + "/remove") { $0[".id"] = number }
        let removed = try await Self.unlessRefused { try await router.run(remove) }
        if removed != nil { notes.gone([kind], from: id) }
        if ran == nil || removed == nil { notes.refused(by: id) }
    }

    /// Removes a script although whoever had it run is being stopped.
    private func clearBehind(_ kind: ServiceKind) async {
        // A task of its own, for one that is cancelled sends nothing; on the executor of this one.
        let executor = withUnsafeCurrentTask { $0?.unownedTaskExecutor?.asTaskExecutor() }
        let clearing = Task(executorPreference: executor) {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask { try await Self.clear([kind], on: router) }
                group.addTask {
                    try await sleep(Self.longestClearing)
                    return false
                }
                defer { group.cancelAll() }
                return try await group.next() ?? false
            }
        }
        if (try? await clearing.value) == true { notes.gone([kind], from: id) }
    }

    /// How long that may take, its turns with the router included: whoever stops a program does not wait for long.
    private static let longestClearing = Duration.seconds(5)

    /// Notes which rows a script does not bring: they go by themselves from now on.
    ///
    /// Where none came, the rows may be to blame as well as the router, so the next ones are tried again.
    func note(alone rows: Set<SessionSubject>) {
        if !rows.isEmpty { notes.missed(rows, on: id) }
    }

    /// Removes the scripts of some menus that were left behind, and stops those that still run.
    ///
    /// - Returns: whether their names are free now; false also where the router refuses to say or to do it.
    /// - Throws: ``RouterOSError`` when the connection is lost.
    static func clear(_ kinds: [ServiceKind], on router: any RouterOSCommands) async throws -> Bool {
        let names = kinds.map(name)
        let print = Command.print(
            SystemScript.menu,
            properties: [".id", "name", "comment"],
            where: .any(names.map { Query.equal("name", $0) })
        )
        guard let found = try await unlessRefused({ try await router.run(print).rows }) else { return false }
        let own = found.filter { $0["comment"] == comment }
        guard !own.isEmpty else { return found.isEmpty }
        try await stop(own.compactMap { $0["name"] }, on: router)
        let ids = own.compactMap { $0[".id"].map { ItemID($0) } }
        let removed: Void? = try await unlessRefused { try await router.remove(ids, of: SystemScript.self) }
        return removed != nil && own.count == found.count
    }

    private static func stop(_ names: [String], on router: any RouterOSCommands) async throws {
        let print = Command.print(
            SystemScriptJob.menu,
            properties: [".id"],
            where: .any(names.map { Query.equal("script", $0) })
        )
        let jobs = try await unlessRefused { try await router.run(print).rows }
        for job in jobs ?? [] {
            guard let id = job[".id"] else { continue }
            // One that has ended meanwhile is refused.
            let _: Void? = try await unlessRefused { try await router.remove([ItemID(id)], of: SystemScriptJob.self) }
        }
    }

    /// What a router says beside refusals and goes on: of a command that it does not know, or has ended before its end.
    private static let refusals: [RouterOSError.Code] = [.noSuchCommand, .interrupted, .actionTimedOut]

    private static func unlessRefused<Result>(_ body: () async throws -> Result) async throws -> Result? {
        do {
            return try await body()
        } catch let error as RouterOSError where error.isRefusal || Self.refusals.contains(error.code) {
            return nil
        }
    }
}
