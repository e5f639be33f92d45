import ServiceProgram
import Synchronization
import Testing

struct SharedAnswerTests {
    /// Something that happens while others wait for it.
    private struct Event: Sendable {
        private let happenings: AsyncStream<Void>
        private let happening: AsyncStream<Void>.Continuation

        init() { (happenings, happening) = AsyncStream.makeStream() }

        func happen() { happening.yield() }

        func wait(for count: Int = 1) async {
            var left = count
            for await _ in happenings {
                left -= 1
                if left == 0 { return }
            }
        }
    }

    /// How often something was asked.
    private actor Count {
        private(set) var value = 0

        func next() -> Int {
            value += 1
            return value
        }
    }

    @Test("Whoever asks while an answer is under way waits for that one, and who comes later asks anew")
    func several() async {
        let (came, mayAnswer) = (Event(), Event())
        let asked = Count()
        // Nobody's patience ends before the answer is there.
        let answer = SharedAnswer<Int> {
            came.happen()
            await Event().wait()
        }
        let ask: @Sendable () async -> Int? = {
            let number = await asked.next()
            await mayAnswer.wait()
            return number
        }
        let seen = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<5 {
                group.addTask { await answer.value(ask) }
            }
            await came.wait(for: 5)
            mayAnswer.happen()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(seen == [1, 1, 1, 1, 1])
        #expect(await asked.value == 1)
        #expect(await answer.value { 7 } == 7)
    }

    @Test("Whoever has waited for long enough goes without, and asks nobody twice who does not answer")
    func impatient() async {
        let mayAnswer = Event()
        let isPatient = Mutex(false)
        let came = Event()
        let answer = SharedAnswer<Int> {
            guard isPatient.withLock({ $0 }) else { return }
            came.happen()
            await Event().wait()
        }
        let hanging: @Sendable () async -> Int? = {
            await mayAnswer.wait()
            return 1
        }
        #expect(await answer.value(hanging) == nil)
        #expect(await answer.value { 2 } == nil)
        isPatient.withLock { $0 = true }
        async let late = answer.value { 3 }
        await came.wait()
        mayAnswer.happen()
        #expect(await late == 1)
    }

    @Test("What has no answer is none for all")
    func nothing() async {
        let answer = SharedAnswer<Int> { await Event().wait() }
        #expect(await answer.value { nil } == nil)
        #expect(await answer.value { 1 } == 1)
    }
}
