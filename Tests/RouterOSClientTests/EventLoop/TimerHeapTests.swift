import Testing

@testable import RouterOSClient

@Suite("Timers")
struct TimerHeapTests {
    @Test("fire in the order of their deadlines, cancelled ones never")
    func order() {
        var generator = SystemRandomNumberGenerator()
        let start = ContinuousClock.now
        var heap = TimerHeap()
        let fired = Recorder<Int>()
        var expected: [(Int, Int)] = []
        for index in 0..<300 {
            let delay = Int.random(in: 0...1_000, using: &generator)
            let number = heap.insert(start + .milliseconds(delay)) { fired.note(delay) }
            // Most are taken back, so that the heap is rebuilt on the way.
            if index % 4 != 0 { heap.remove(number) } else { expected.append((delay, index)) }
        }
        for now in stride(from: 0, through: 1_000, by: 50) {
            for work in heap.removeDue(start + .milliseconds(now)) { work() }
            #expect(fired.all.count == expected.filter { $0.0 <= now }.count)
        }
        #expect(fired.all == expected.map(\.0).sorted())
        #expect(heap.millisecondsToNext(from: start) == -1)
    }

    @Test("tell how long to sleep, rounded up, and never a negative time")
    func sleep() {
        let start = ContinuousClock.now
        var heap = TimerHeap()
        _ = heap.insert(start + .microseconds(1_500)) {}
        #expect(heap.millisecondsToNext(from: start) == 2)
        #expect(heap.millisecondsToNext(from: start + .seconds(5)) == 0)
        #expect(heap.millisecondsToNext(from: start - .seconds(900_000)) == 86_400_000)
    }
}
