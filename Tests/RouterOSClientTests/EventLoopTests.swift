import RouterOSClient
import Testing

@Suite("Event loop")
struct EventLoopTests {
    private actor Pinned {
        nonisolated var unownedExecutor: UnownedSerialExecutor { EventLoop.shared.asUnownedSerialExecutor() }

        func isOnLoop() -> Bool { EventLoop.shared.isOnLoop }
    }

    @Test("an actor bound to it runs on its thread, and others do not")
    func isolation() async {
        #expect(await Pinned().isOnLoop())
        #expect(!EventLoop.shared.isOnLoop)
    }

    @Test("work handed over from many tasks is all done, on its thread")
    func handOver() async {
        let done = Recorder<Int>()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1_000 {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        EventLoop.shared.execute {
                            if EventLoop.shared.isOnLoop { done.note(1) }
                            continuation.resume()
                        }
                    }
                }
            }
        }
        #expect(done.all.count == 1_000)
    }

    @Test("the end of a turn comes after the work of that turn")
    func endOfTurn() async {
        // A loop of its own: on a shared one others may have put the end of this turn off already, which is done once.
        let loop = EventLoop()
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

    @Test("a timer fires once its time has come, and not when it was taken back")
    func timers() async {
        let fired = Recorder<String>()
        let start = ContinuousClock.now
        await withCheckedContinuation { continuation in
            // On the loop, so that the timer cannot fire between the two calls however slow the machine is.
            EventLoop.shared.execute {
                EventLoop.shared.cancel(EventLoop.shared.schedule(at: start) { fired.note("never") })
            }
            _ = EventLoop.shared.schedule(at: start + .milliseconds(20)) {
                fired.note("second")
                continuation.resume()
            }
            _ = EventLoop.shared.schedule(at: start + .milliseconds(10)) { fired.note("first") }
        }
        #expect(fired.all == ["first", "second"])
        #expect(ContinuousClock.now - start >= .milliseconds(20))
    }
}
