import RouterOSClient
import RouterOSProtocol
import Synchronization
import TestSupport
import Testing

@Suite("Streams", .timeLimit(.minutes(1)), .everyPoller)
struct StreamTests {
    private static let filler = String(repeating: "x", count: 480)

    /// A router whose `/big/print` has so many rows of half a KiB, which never answers `/slow`, and answers the rest.
    private static func router(rows: Int) throws -> ScriptedRouter {
        try ScriptedRouter { command in
            switch command.name {
            case "/big/print":
                (0..<rows).map { number in
                    Reply(.row) {
                        $0["number"] = String(number)
                        $0["filler"] = filler
                    }
                } + [Reply(.done)]
            case "/slow", "/silent/listen": []
            case "/broken/print":
                [Reply(.row) { $0["number"] = "0" }, Reply(.trap) { $0["message"] = "no such item" }, Reply(.done)]
            case "/cancel": [Reply(.done)]
            default: [Reply(.done)]
            }
        }
    }

    private static func connect(
        _ router: ScriptedRouter,
        _ configuration: ConnectionConfiguration = ConnectionConfiguration()
    ) async throws -> RouterOSConnection {
        try await .dial(
            "127.0.0.1",
            port: router.port,
            as: .user("api", password: "canary"),
            configuration: configuration
        )
    }

    private static func numbers(
        _ iterator: inout AnswerStream.Iterator,
        upTo limit: Int = .max
    ) async throws -> [Int] {
        var numbers: [Int] = []
        while numbers.count < limit, let row = try await iterator.next() {
            let number: Int? = try row.value("number")
            numbers.append(try #require(number))
        }
        return numbers
    }

    @Test("rows come in the router's order, all of them")
    func order() async throws {
        let router = try Self.router(rows: 2_000)
        defer { router.stop() }
        let connection = try await Self.connect(router)
        var rows = connection.stream(Command("/big/print")).makeAsyncIterator()
        #expect(try await Self.numbers(&rows) == Array(0..<2_000))
        #expect(try await rows.next() == nil)
    }

    @Test("a reader that sleeps stops the router, and has every row when it wakes")
    func backpressure() async throws {
        let router = try Self.router(rows: 4_000)
        defer { router.stop() }
        let observer = EventRecorder()
        let configuration = ConnectionConfiguration(
            streamBuffer: 32 << 10,
            maximumBacklog: 256 << 10,
            observer: observer
        )
        let connection = try await Self.connect(router, configuration)
        var rows = connection.stream(Command("/big/print")).makeAsyncIterator()
        var seen = try await Self.numbers(&rows, upTo: 1)
        await observer.paused()
        // Two megabytes are on their way, though a quarter of one is all that may pile up here.
        seen += try await Self.numbers(&rows)
        #expect(seen == Array(0..<4_000))
    }

    @Test("a command is answered while another's rows wait for a reader that sleeps")
    func noHeadOfLineBlocking() async throws {
        let router = try Self.router(rows: 2_000)
        defer { router.stop() }
        let observer = EventRecorder()
        let connection = try await Self.connect(
            router,
            ConnectionConfiguration(streamBuffer: 32 << 10, observer: observer)
        )
        var rows = connection.stream(Command("/big/print")).makeAsyncIterator()
        var seen = try await Self.numbers(&rows, upTo: 1)
        await observer.paused()
        _ = try await connection.run("/quick")
        seen += try await Self.numbers(&rows)
        #expect(seen == Array(0..<2_000))
    }

    @Test("a command that waits for its turn makes the connection read on")
    func heldBehindPaused() async throws {
        let router = try Self.router(rows: 2_000)
        defer { router.stop() }
        let observer = EventRecorder()
        let connection = try await Self.connect(
            router,
            ConnectionConfiguration(maximumInFlight: 1, streamBuffer: 32 << 10, observer: observer)
        )
        var rows = connection.stream(Command("/big/print")).makeAsyncIterator()
        var seen = try await Self.numbers(&rows, upTo: 1)
        await observer.paused()
        _ = try await connection.run("/quick")
        seen += try await Self.numbers(&rows)
        #expect(seen == Array(0..<2_000))
    }

    @Test("a command that times out beside a reader that sleeps does not end the connection")
    func timeoutBesidePaused() async throws {
        let router = try ScriptedRouter { command in
            switch command.name {
            case "/x/listen": (0..<2_000).map { _ in Reply(.row) { $0["filler"] = Self.filler } }
            case "/slow": []
            case "/cancel": [Reply(.done, tag: Array((command["tag"] ?? "").utf8)), Reply(.done)]
            default: [Reply(.done)]
            }
        }
        defer { router.stop() }
        let observer = EventRecorder()
        let connection = try await Self.connect(
            router,
            ConnectionConfiguration(requestTimeout: .milliseconds(300), streamBuffer: 32 << 10, observer: observer)
        )
        var rows = connection.stream(Command("/x/listen")).makeAsyncIterator()
        _ = try await rows.next()
        await observer.paused()
        for _ in 0..<3 {
            let error = await #expect(throws: RouterOSError.self) { try await connection.run("/slow") }
            #expect(error?.code == .deadlineExceeded)
        }
        // Three times as long as it takes to give up a router that is silent.
        #expect(await connection.isOpen)
        #expect(try await rows.next() != nil)
    }

    @Test("an answer that is too long to collect is an error, and the connection goes on")
    func tooLong() async throws {
        let router = try Self.router(rows: 100)
        defer { router.stop() }
        let connection = try await Self.connect(router, ConnectionConfiguration(maximumAnswerBytes: 10_000))
        let error = await #expect(throws: RouterOSError.self) { try await connection.run("/big/print") }
        #expect(error?.code == .limitExceeded)
        _ = try await connection.run("/quick")
    }

    @Test("a reader too slow for its neighbours has all rows that came, then an error, and the others go on")
    func backlog() async throws {
        let router = try Self.router(rows: 4_000)
        defer { router.stop() }
        let connection = try await Self.connect(
            router,
            ConnectionConfiguration(streamBuffer: 32 << 10, maximumBacklog: 256 << 10)
        )
        let neighbour = Task { try await connection.run("/slow") }
        while !router.paths.contains("/slow") { await Task.yield() }
        var rows = connection.stream(Command("/big/print")).makeAsyncIterator()
        var seen = try await Self.numbers(&rows, upTo: 1)
        while !router.paths.contains("/cancel") { await Task.yield() }
        let error = await #expect(throws: RouterOSError.self) {
            while true { seen += try await Self.numbers(&rows, upTo: 1) }
        }
        #expect(error?.code == .limitExceeded)
        #expect(seen == Array(0..<seen.count))
        #expect(seen.count > 400)
        #expect(try await rows.next() == nil)
        _ = try await connection.run("/quick")
        neighbour.cancel()
        _ = await neighbour.result
    }

    @Test("leaving the loop ends the command on the router, and the connection goes on")
    func leaving() async throws {
        let router = try Self.router(rows: 4_000)
        defer { router.stop() }
        let connection = try await Self.connect(router, ConnectionConfiguration(streamBuffer: 32 << 10))
        for try await _ in connection.stream(Command("/big/print")) { break }
        _ = try await connection.run("/quick")
        #expect(router.paths == ["/login", "/big/print", "/cancel", "/quick"])
    }

    @Test("a stream keeps its connection; when it is let go of, the router is told and everything ends")
    func droppedWithConnection() async throws {
        let router = try ScriptedRouter { command in
            command.name == "/x/listen" ? [Reply(.row) { $0["number"] = "0" }] : [Reply(.done)]
        }
        defer { router.stop() }
        let observer = EventRecorder()
        do {
            // Nobody but the iterator holds the connection.
            var rows = try await Self.connect(router, ConnectionConfiguration(observer: observer))
                .stream(Command("/x/listen")).makeAsyncIterator()
            #expect(try await rows.next() != nil)
            #expect(router.openConnections == 1)
        }
        await observer.first { if case .disconnected = $0 { true } else { false } }
        while router.openConnections > 0 { await Task.yield() }
        #expect(observer.commands.map(\.failure) == [.interrupted])
        #expect(observer.events.count { if case .disconnected = $0 { true } else { false } } == 1)
    }

    @Test("a stream that has failed holds on to nothing, its connection among it")
    func failedIteratorHoldsNothing() async throws {
        let source = ForgetfulSource.Count()
        var rows = AnswerStream { ForgetfulSource(source) }.makeAsyncIterator()
        await #expect(throws: CancellationError.self) { try await rows.next() }
        #expect(source.alive == 0)
        #expect(try await rows.next() == nil)
    }

    /// A source that fails at once, and is counted while it lives.
    private final class ForgetfulSource: AnswerSource {
        final class Count: Sendable {
            private let number = Mutex(0)
            var alive: Int { number.withLock { $0 } }
            func add(_ difference: Int) { number.withLock { $0 += difference } }
        }

        private let count: Count

        init(_ count: Count) {
            self.count = count
            count.add(1)
        }

        deinit { count.add(-1) }

        func next() async throws -> [Sentence] { throw CancellationError() }
    }

    @Test("cancelling the reader's task ends its wait at once and the command on the router")
    func cancellation() async throws {
        let router = try Self.router(rows: 0)
        defer { router.stop() }
        let connection = try await Self.connect(router)
        let reader = Task {
            for try await _ in connection.stream(Command("/silent/listen")) {}
        }
        while !router.paths.contains("/silent/listen") { await Task.yield() }
        reader.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
        _ = try await connection.run("/quick")
        #expect(router.paths == ["/login", "/silent/listen", "/cancel", "/quick"])
    }

    @Test("a trap comes after the rows before it, and nothing after the trap")
    func trap() async throws {
        let router = try Self.router(rows: 0)
        defer { router.stop() }
        let connection = try await Self.connect(router)
        var rows = connection.stream(Command("/broken/print")).makeAsyncIterator()
        #expect(try await Self.numbers(&rows, upTo: 1) == [0])
        let error = await #expect(throws: RouterOSError.self) { try await rows.next() }
        #expect(error?.code == .noSuchItem)
        #expect(try await rows.next() == nil)
    }

    @Test("a stream that is lost with its connection says so")
    func lost() async throws {
        let router = try Self.router(rows: 0)
        defer { router.stop() }
        let connection = try await Self.connect(router)
        let reader = Task {
            for try await _ in connection.stream(Command("/silent/listen")) {}
        }
        while !router.paths.contains("/silent/listen") { await Task.yield() }
        router.dropConnections()
        let error = await #expect(throws: RouterOSError.self) { try await reader.value }
        #expect(error?.code == .connectionClosed)
    }

    @Test("a print that stalls ends at its deadline; a listen may be silent for ever")
    func deadlines() async throws {
        let router = try Self.router(rows: 0)
        defer { router.stop() }
        // Connections of their own: one whose answers are late is tried, and ended if it does not answer in as short a time.
        let listening = try await Self.connect(router, ConnectionConfiguration(requestTimeout: .milliseconds(50)))
        let listener = Task {
            for try await _ in listening.stream(Command("/silent/listen")) {}
        }
        while !router.paths.contains("/silent/listen") { await Task.yield() }
        let hasty = try await Self.connect(router, ConnectionConfiguration(requestTimeout: .milliseconds(100)))
        var late = hasty.stream(Command("/slow")).makeAsyncIterator()
        let error = await #expect(throws: RouterOSError.self) { try await late.next() }
        #expect(error?.code == .deadlineExceeded)
        // What ended by its time is no reason to end what else is on the connection.
        let connection = try await Self.connect(router)
        var rows = connection.stream(Command("/slow"), deadline: .milliseconds(100)).makeAsyncIterator()
        let second = await #expect(throws: RouterOSError.self) { try await rows.next() }
        #expect(second?.code == .deadlineExceeded)
        _ = try await connection.run("/quick")
        listener.cancel()
        await #expect(throws: CancellationError.self) { try await listener.value }
    }
}
