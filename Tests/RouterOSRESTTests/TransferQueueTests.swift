import Testing

@testable import RouterOSREST

@Suite("The queue for connections")
struct TransferQueueTests {
    private let start = ContinuousClock.now

    private func after(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test("gives turns in the order of coming, no more at a time than connections")
    func order() {
        var queue = TransferQueue(limit: 2)
        for number in [7, 3, 9, 5] { queue.add(UInt64(number), due: after(10)) }
        #expect(queue.hasTurn)
        #expect(queue.begin()?.number == 7 && queue.begin()?.number == 3 && queue.begin() == nil)
        #expect(!queue.hasTurn)
        queue.remove(7)
        #expect(queue.hasTurn && queue.begin()?.number == 9 && queue.begin() == nil)
        for number in [3, 9] { queue.remove(UInt64(number)) }
        #expect(queue.begin()?.number == 5 && !queue.isEmpty)
        queue.remove(5)
        #expect(queue.isEmpty && queue.begin() == nil)
    }

    @Test("lets nobody wait longer than its time, and hands on when it is up")
    func expiry() {
        var queue = TransferQueue(limit: 1)
        queue.add(1, due: after(1))
        let first = queue.begin()
        #expect(first?.number == 1 && first?.due == after(1))
        queue.add(2, due: after(9))
        queue.add(3, due: after(5))
        queue.add(4, due: after(5))
        #expect(queue.expire(after(4)).isEmpty && queue.earliest == after(5))
        // The time of the first is that of its transfer.
        #expect(queue.expire(after(5)) == [3, 4] && queue.earliest == after(9))
        queue.remove(1)
        let second = queue.begin()
        #expect(second?.number == 2 && second?.due == after(9) && queue.expire(after(100)).isEmpty)
        #expect(queue.earliest == nil)
    }

    @Test("forgets those that no longer wait")
    func removal() {
        var queue = TransferQueue(limit: 1)
        queue.add(0, due: after(1))
        _ = queue.begin()
        for number in UInt64(1)...1_000 {
            queue.add(number, due: after(1))
            if !number.isMultiple(of: 100) { queue.remove(number) }
        }
        #expect(queue.expire(after(0)).isEmpty)
        var turns: [UInt64] = []
        queue.remove(0)
        while let number = queue.begin()?.number {
            turns.append(number)
            queue.remove(number)
        }
        #expect(turns == (1...10).map { $0 * 100 } && queue.isEmpty)
    }
}
