import BillingPersistence

extension Session {
    /// What became of a commit.
    enum Outcome: Sendable {
        case committed
        case aborted
        case running
        case unknown
    }

    /// Finds out what became of a commit whose answer was lost.
    func outcome(of commit: LostCommit) throws -> Outcome {
        let hasForgotten = boot != commit.boot
        let (answers, failure) = run(
            [Command("SELECT pg_xact_status($1::text::xid8)", texts: [commit.number])],
            isKept: false
        )
        // A number that the server has not reached yet was lost with what it stood for.
        if let failure, failure.state == "22023" { return hasForgotten ? .aborted : .unknown }
        if let failure { throw failure }
        switch answers.first?.text(0, 0) {
        case "aborted": return .aborted
        // A server that lost the end of its log gives numbers out again, to others.
        case "in progress": return hasForgotten ? .aborted : .running
        case "committed" where !hasForgotten: return .committed
        default: return try commit.evidence.map { try isThere($0.table, $0.id) ? .committed : .aborted } ?? .unknown
        }
    }

    private func isThere(_ table: String, _ id: StoreValue) throws -> Bool {
        let (answers, failure) = run(
            [
                Command("BEGIN READ ONLY"),
                Command("SELECT set_config('\(RowSecurity.systemSetting)', 'on', true)"),
                Command("SELECT count(*) FROM \(table) WHERE id = $1", ParameterBuffer([id])),
                Command("ROLLBACK"),
            ],
            isKept: false
        )
        if let failure { throw failure }
        return try answers.count > 2 && answers[2].wideInteger(0, 0) > 0
    }
}
