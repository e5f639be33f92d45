import Glibc
import TestSupport
import Testing

@testable import RouterOSClient

@Suite("Event loop", .timeLimit(.minutes(10)))
struct EventLoopTests {
    private static let loops = PollerKind.allCases.map { EventLoop($0) }

    private actor Pinned {
        nonisolated let loop: EventLoop
        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(_ loop: EventLoop) { self.loop = loop }

        func isOnLoop() -> Bool { loop.isOnLoop }
    }

    @Test("an actor bound to it runs on its thread, and others do not", arguments: loops)
    func isolation(loop: EventLoop) async {
        #expect(await Pinned(loop).isOnLoop())
        #expect(!loop.isOnLoop)
    }

    @Test("a task that prefers it runs on its thread", arguments: loops)
    func taskExecutor(loop: EventLoop) async {
        let task = Task(executorPreference: loop.taskExecutor) {
            await Task.yield()
            return loop.isOnLoop
        }
        #expect(await task.value)
    }

    @Test("work handed over from many tasks is all done, on its thread", arguments: loops)
    func handOver(loop: EventLoop) async {
        let done = Recorder<Int>()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1_000 {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        loop.execute {
                            if loop.isOnLoop { done.note(1) }
                            continuation.resume()
                        }
                    }
                }
            }
        }
        #expect(done.all.count == 1_000)
    }

    @Test("the end of a turn comes after the work of that turn", arguments: PollerKind.allCases)
    func endOfTurn(kind: PollerKind) async {
        // A loop of its own: on a shared one others may have put the end of this turn off already, which is done once.
        let loop = EventLoop(kind)
        let order = Recorder<String>()
        await withCheckedContinuation { continuation in
            loop.execute {
                loop.atEndOfTurn {
                    order.note("end")
                    continuation.resume()
                }
                loop.execute { order.note("work") }
            }
        }
        #expect(order.all == ["work", "end"])
    }

    @Test("a timer fires once its time has come, and not when it was taken back", arguments: loops)
    func timers(loop: EventLoop) async {
        let fired = Recorder<String>()
        let start = ContinuousClock.now
        await withCheckedContinuation { continuation in
            // On the loop, so that the timer cannot fire between the two calls however slow the machine is.
            loop.execute {
                loop.cancel(loop.schedule(at: start) { fired.note("never") })
                _ = loop.schedule(at: start + .milliseconds(20)) {
                    fired.note("second")
                    continuation.resume()
                }
                _ = loop.schedule(at: start + .milliseconds(10)) { fired.note("first") }
            }
        }
        #expect(fired.all == ["first", "second"])
        #expect(ContinuousClock.now - start >= .milliseconds(20))
    }

    @Test("what was ready when a socket was taken back is not told to the next one of its number", arguments: loops)
    func generations(loop: EventLoop) async {
        let rounds = Environment.count("LOOP_REOPENS", usually: 4_000) / 4
        let misdelivered = await withCheckedContinuation { continuation in
            let reopening = Reopening(loop, rounds: rounds) { continuation.resume(returning: $0) }
            loop.execute { reopening.next() }
        }
        #expect(misdelivered == 0)
    }
}
