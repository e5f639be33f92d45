import BillingDomain
import BillingServices
import RouterOSProtocol

/// What of a plan is written by a script, what row by row, and what is left for the next chunk, pure.
struct BulkDivision<Row: CustomerRow>: Sendable {
    /// What is done now.
    let plan: ConvergencePlan<Row>
    /// Those whose rows the script writes.
    let byScript: Set<SessionSubject>
    /// Those for whom there is no room now.
    let postponed: Set<SessionSubject>
    /// The source of the script; empty for none.
    let source: [UInt8]

    /// All of it row by row.
    init(rowByRow plan: ConvergencePlan<Row>) {
        self.plan = plan
        (byScript, postponed, source) = ([], [], [])
    }

    /// The new rows by a script where they are enough for one, and of the rest what may be sent now; one row at the least.
    ///
    /// - Parameters:
    ///   - plan: what is to be done.
    ///   - commands: how many commands may be sent now, beside those that read.
    ///   - alone: those whose rows no script has brought.
    init(_ plan: ConvergencePlan<Row>, commands: Int, alone: Set<SessionSubject>) {
        var script = BulkScript()
        var taken: Set<SessionSubject> = []
        var postponed: Set<SessionSubject> = []
        for (entry, step) in plan.steps where !alone.contains(entry.subject) {
            guard case .add(let row) = step else { continue }
            switch script.append(row) {
            case .taken: taken.insert(entry.subject)
            case .full: postponed.insert(entry.subject)
            case .unfit: break
            }
        }
        if taken.count < BulkPath.leastRows { (script, taken, postponed) = (BulkScript(), [], []) }
        var left = max(1, commands - (taken.isEmpty ? 0 : BulkPath.commands))
        for (entry, step) in plan.steps where step.isWritten {
            guard !taken.contains(entry.subject), !postponed.contains(entry.subject) else { continue }
            if left > 0 { left -= 1 } else { postponed.insert(entry.subject) }
        }
        self.plan = plan.without(postponed)
        self.postponed = postponed
        byScript = taken
        source = script.source
    }
}

extension ConvergencePlan.Step {
    /// Whether it takes a command.
    fileprivate var isWritten: Bool {
        switch self {
        case .add, .set, .remove: true
        case .none, .inherited, .blocked: false
        }
    }
}
