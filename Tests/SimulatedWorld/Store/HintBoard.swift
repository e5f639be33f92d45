import BillingDomain
import BillingPersistence
import Synchronization

/// Carries word of new work from one program to the others: late, or never.
final class HintBoard: Sendable {
    private struct Listener {
        let process: SimulatedProcess
        let continuation: AsyncStream<ChangeHint>.Continuation
    }

    private let listeners = Mutex<[Listener]>([])
    private let chance: Chance
    private let milestones: Milestones

    init(_ chance: Chance, _ milestones: Milestones) {
        self.chance = chance
        self.milestones = milestones
    }

    func listen(_ process: SimulatedProcess) -> AsyncStream<ChangeHint> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ChangeHint.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        listeners.withLock { $0.append(Listener(process: process, continuation: continuation)) }
        return stream
    }

    /// Tells everybody of new work, as far as the way there allows.
    func spread(_ conditions: HintConditions, on executor: SeededExecutor) {
        for listener in listeners.withLock({ $0 }) where !listener.process.isDead {
            if chance.once(in: conditions.losesOnceIn) {
                milestones.reach(.lostHint)
                continue
            }
            executor.after(chance.time(conditions.delay)) {
                listener.continuation.yield(ChangeHint(tables: [OutboxJob.table.name]))
            }
        }
    }
}

/// How word of changes travels.
struct HintConditions: Sendable {
    /// Once in so many times; zero for never.
    var losesOnceIn: Int
    var delay: ClosedRange<Duration>
}
