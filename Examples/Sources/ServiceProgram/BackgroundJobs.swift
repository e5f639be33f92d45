package import BillingDomain
package import BillingServices
import Glibc

/// Runs the jobs that every tenant has, whenever no other process over the same records does.
package struct BackgroundJobs: Sendable {
    private let scheduler: JobScheduler
    private let owner: String
    private let instant: @Sendable () -> Timestamp?
    private let log: @Sendable (LogLine) -> Void
    private let onRound: @Sendable () -> Void

    /// How long to wait between two rounds, and between two attempts to lead.
    private static let pause = Duration.seconds(5)

    /// The jobs of `billing`, run up to an `instant` at which the clock was found right, and not while there is none; what
    /// becomes of them is told to `log`.
    ///
    /// `onRound` hears of every round, and of every attempt to lead.
    package init(
        _ billing: Billing,
        until instant: @escaping @Sendable () -> Timestamp?,
        onRound: @escaping @Sendable () -> Void = {},
        log: @escaping @Sendable (LogLine) -> Void
    ) {
        scheduler = billing.scheduler
        self.instant = instant
        // No other process ever has this name: a process number is given again.
        owner = "\(getpid())-" + String(UInt64.random(in: .min ... .max), radix: 36)
        self.log = log
        self.onRound = onRound
    }

    /// Leads and runs what is due until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            onRound()
            do {
                if let term = try await scheduler.elect(owner) { try await lead(term) }
            } catch {
                complain(error)
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// Runs what is due now, once; nil when another process leads, or the clock may not be acted upon.
    /// - Throws: what stopped it, and what a tenant's job that could not be written down threw.
    package func runOnce() async throws -> JobRound? {
        guard instant() != nil, let term = try await scheduler.elect(owner) else { return nil }
        let round = try await scheduler.runDueJobs(under: term, until: instant)
        tell(round)
        try await scheduler.resign(term)
        return round
    }

    private func lead(_ term: LeaderTerm) async throws {
        log(LogLine(.info, "leading", [("term", "\(term.number)")]))
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    // A round may take longer than a term lasts.
                    while true {
                        try await Task.sleep(for: LeaderTerm.length / 3)
                        _ = try await scheduler.renew(term)
                    }
                }
                group.addTask {
                    while true {
                        onRound()
                        do {
                            // What the clock ends cannot be taken back.
                            tell(try await scheduler.runDueJobs(under: term, until: instant))
                        } catch let error as BillingError where error.code != .conflict && error.code != .leaseLost {
                            complain(error)
                        }
                        try await Task.sleep(for: Self.pause)
                    }
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        } catch {
            // So that another process need not wait until the term has run out.
            try? await scheduler.resign(term)
            throw error
        }
    }

    private func tell(_ round: JobRound) {
        for run in round.runs {
            log(
                LogLine(
                    run.state == .failed ? .warning : .info,
                    "job",
                    [("tenant", "\(run.tenant)"), ("state", run.state.rawValue), ("detail", run.detail ?? "")]
                )
            )
        }
    }

    private func complain(_ error: any Error) {
        guard !(error is CancellationError), !Task.isCancelled else { return }
        log(LogLine(.warning, "jobs", [("error", (error as? BillingError)?.message ?? "\(error)")]))
    }
}
