import BillingDomain
import BillingPersistence
import ConnectionPool
import Synchronization

/// Lets the writers of a tenant take turns before they take a connection: the database would let them wait for each other
/// too, but then one busy tenant would hold every connection.
///
/// First come, first served; safe to use from any task.
final class TenantTurns: Sendable {
    private struct State {
        /// Those who wait, for each tenant that has a writer.
        var waiting: [Identifier<Tenant>: [UInt64]] = [:]
        var callers: [UInt64: CheckedContinuation<Bool, Never>] = [:]
        var last: UInt64 = 0
    }

    private let scheduler: any Scheduler
    private let state = Mutex(State())

    init(on scheduler: any Scheduler) { self.scheduler = scheduler }

    /// How many wait.
    var waiting: Int { state.withLock { $0.callers.count } }

    /// Waits for a tenant's turn, which the caller gives back.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/busy`` when the deadline passes first.
    func take(_ tenant: Identifier<Tenant>, until deadline: Moment) async throws {
        let number = state.withLock { state -> UInt64? in
            guard state.waiting[tenant] != nil else {
                state.waiting[tenant] = []
                return nil
            }
            state.last += 1
            return state.last
        }
        guard let number else { return }
        let isMine = await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.waiting[tenant] != nil else {
                    state.waiting[tenant] = []
                    return true
                }
                state.waiting[tenant]?.append(number)
                state.callers[number] = continuation
                return false
            }
            guard !isFree else { return continuation.resume(returning: true) }
            _ = scheduler.schedule(at: deadline) { [weak self] in
                self?.state.withLock { $0.callers.removeValue(forKey: number) }?.resume(returning: false)
            }
        }
        guard isMine else {
            throw PersistenceError(.busy, "Other writers of this tenant were in the way for too long; try again.")
        }
    }

    /// Gives a turn to the one who has waited longest.
    func give(_ tenant: Identifier<Tenant>) {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            while let number = state.waiting[tenant]?.first {
                state.waiting[tenant]?.removeFirst()
                if let caller = state.callers.removeValue(forKey: number) { return caller }
            }
            state.waiting[tenant] = nil
            return nil
        }
        next?.resume(returning: true)
    }
}
