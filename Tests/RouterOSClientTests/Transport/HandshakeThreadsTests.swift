import ConnectionPool
import Dispatch
import Glibc
import OpenSSLSupport
import RouterOSProtocol
import RouterOSTesting
import Synchronization
import Testing

@testable import RouterOSClient

@Suite("Handshakes beside the loop", .timeLimit(.minutes(1)))
struct HandshakeThreadsTests {
    /// Work that goes on until it is let go.
    private struct Hold: Sendable {
        private let begun = DispatchSemaphore(value: 0)
        private let end = DispatchSemaphore(value: 0)

        /// Occupies a thread, and returns when it does.
        init(_ threads: HandshakeThreads) {
            let (begun, end) = (begun, end)
            threads.run {
                begun.signal()
                end.wait()
            }
            begun.wait()
        }

        func letGo() { end.signal() }
    }

    /// Hears of one connection.
    private final class Handler: SocketHandler {
        private let notes = Recorder<String>()
        private let channel = Mutex<TLSChannel?>(nil)

        var heard: [String] { notes.all }

        var current: TLSChannel? { channel.withLock { $0 } }

        func dial(
            _ port: UInt16,
            _ identity: TLSIdentity,
            _ threads: HandshakeThreads,
            _ whenReached: TLSChannel.WhenReached? = nil
        ) throws {
            let address = try #require(SocketAddress.numeric("127.0.0.1", port: port))
            let session = try TLSClient().session(expecting: identity, at: "router")
            let opened = try TLSChannel.connect(
                to: address,
                on: .shared,
                unansweredFor: .seconds(30),
                session: session,
                threads: threads,
                handler: self,
                whenReached: whenReached
            )
            channel.withLock { $0 = opened }
        }

        func write(_ bytes: [UInt8]) { channel.withLock { $0 }?.write(bytes) }
        func close() { channel.withLock { $0.take() }?.close() }
        var information: TLSInformation? { channel.withLock { $0 }?.information }

        func socketConnected() { notes.note("connected") }
        func socketReceived(_ bytes: [UInt8]) { notes.note("received") }
        func socketClosed(_ error: TransportError) { notes.note("closed") }
    }

    private static let credentials = Credentials.user("api", password: "canary")

    private func router() -> RouterOSSimulator { RouterOSSimulator(.v7_18, credentials: Self.credentials) }

    @Test("other routers of the loop answer while a handshake is computed, which then goes on where it was")
    func doesNotHoldTheLoop() async throws {
        let simulator = router()
        defer { simulator.stop() }
        let threads = HandshakeThreads(maximum: 1)
        let hold = Hold(threads)
        let handler = Handler()
        try handler.dial(simulator.listen(tls: .anonymous), .anonymous, threads)
        // Waits for the login that is written now, before anything is computed.
        handler.write([6] + "/login".utf8 + [0])
        while threads.waiting == 0 { await Task.yield() }
        let plain = try simulator.listen()
        try await RouterOSConnection.with("127.0.0.1", port: plain, as: Self.credentials) { healthy in
            let users = try await healthy.count(HotspotUser.self)
            #expect(users == 0)
        }
        #expect(handler.heard.isEmpty)
        #expect(handler.information == nil)
        hold.letGo()
        while handler.heard.count < 2 { await Task.yield() }
        #expect(handler.heard == ["connected", "received"])
        #expect(handler.information?.version == "TLSv1.2")
        handler.close()
    }

    @Test("a handshake whose connection was given up is let go at once, so that nobody computes it")
    func givenUp() async throws {
        let simulator = router()
        defer { simulator.stop() }
        let threads = HandshakeThreads(maximum: 1)
        let hold = Hold(threads)
        defer { hold.letGo() }
        let handler = Handler()
        try handler.dial(simulator.listen(tls: .anonymous), .anonymous, threads)
        while threads.waiting == 0 { await Task.yield() }
        weak let channel = handler.current
        #expect(channel?.isComputing == true)
        handler.close()
        // The loop may hold it until the end of its turn; the work that waits does not.
        while channel != nil { await Task.yield() }
        #expect(threads.waiting == 1)
        #expect(handler.heard.isEmpty)
    }

    /// The router's end of one connection, which says what the test wants when it wants.
    private final class Peer: Sendable {
        private let accepted: AsyncStream<Int32>
        private let listener: ListeningSocket

        var port: UInt16 { listener.port }

        init() throws {
            let (accepted, acceptance) = AsyncStream.makeStream(of: Int32.self)
            self.accepted = accepted
            listener = try ListeningSocket(port: 0, on: .shared) { acceptance.yield($0) }
        }

        func accept() async throws -> Int32 {
            var descriptors = accepted.makeAsyncIterator()
            return try #require(await descriptors.next())
        }

        /// What arrives next; nothing when the other end is gone.
        static func receive(_ descriptor: Int32) -> [UInt8] {
            var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&watched, 1, 30_000) == 1 else { return [] }
            var bytes = [UInt8](repeating: 0, count: 16 << 10)
            let count = recv(descriptor, &bytes, bytes.count, 0)
            return Array(bytes.prefix(max(0, count)))
        }

        static func send(_ bytes: some Collection<UInt8>, _ descriptor: Int32) {
            #expect(Glibc.send(descriptor, Array(bytes), bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
        }
    }

    @Test("a peer that hangs up while the handshake is computed is heard of afterwards, with what it sent before")
    func hangsUp() async throws {
        let peer = try Peer()
        let certificate = try IssuedCertificate.make(names: ["127.0.0.1"])
        let server = try TLSServer(certificatePEM: certificate.certificatePEM, keyPEM: certificate.keyPEM)
        let threads = HandshakeThreads(maximum: 1)
        let hold = Hold(threads)
        let handler = Handler()
        try handler.dial(peer.port, .pin(certificate.sha256), threads)
        let descriptor = try await peer.accept()
        defer { close(descriptor) }
        let hello = Peer.receive(descriptor)
        let flight = try { () throws(TLSError) in
            var session = try server.session()
            try session.receive(hello)
            return session.takeOutgoing()
        }()
        // The first bytes wait for the thread; the rest, and the end, come meanwhile.
        Peer.send(flight.prefix(10), descriptor)
        while threads.waiting == 0 { await Task.yield() }
        Peer.send(flight.dropFirst(10), descriptor)
        shutdown(descriptor, Int32(SHUT_WR))
        // Who has read to the end hangs up too.
        #expect(Peer.receive(descriptor) == [])
        #expect(handler.heard.isEmpty)
        hold.letGo()
        while handler.heard.last != "closed" { await Task.yield() }
        #expect(handler.heard == ["connected", "closed"])
    }

    @Test("a peer that speaks before it is its turn makes nobody compute, and is heard when its turn comes")
    func speaksFirst() async throws {
        let peer = try Peer()
        let threads = HandshakeThreads(maximum: 1)
        let turn = Mutex<(@Sendable () -> Void)?>(nil)
        let handler = Handler()
        try handler.dial(peer.port, .anonymous, threads) { begin in turn.withLock { $0 = begin } }
        let descriptor = try await peer.accept()
        defer { close(descriptor) }
        Peer.send(Array("HTTP/1.1 400".utf8), descriptor)
        while handler.current?.waitingBytes == 0 || turn.withLock({ $0 == nil }) { await Task.yield() }
        #expect(handler.current?.waitingBytes == 12 && handler.current?.isComputing == false)
        #expect(handler.heard.isEmpty)
        // Nothing came of it: neither an alert nor a greeting.
        var piece: UInt8 = 0
        #expect(recv(descriptor, &piece, 1, Int32(MSG_DONTWAIT)) == -1 && errno == EAGAIN)
        turn.withLock { $0.take() }?()
        while handler.heard.isEmpty { await Task.yield() }
        #expect(handler.heard == ["closed"])
        #expect(Peer.receive(descriptor).starts(with: [0x16, 0x03]))
    }

    @Test("no more than the given number of threads compute at once, and later work waits for its turn")
    func bounded() {
        let threads = HandshakeThreads(maximum: 2)
        let holds = [Hold(threads), Hold(threads)]
        let order = Recorder<Int>()
        let done = DispatchSemaphore(value: 0)
        for number in 0..<4 {
            threads.run {
                order.note(number)
                done.signal()
            }
        }
        #expect(threads.waiting == 4)
        #expect(order.all.isEmpty)
        holds[0].letGo()
        for _ in 0..<4 { done.wait() }
        #expect(order.all == [0, 1, 2, 3])
        holds[1].letGo()
    }

    @Test("the doubtful and the others are computed by turns, each in the order in which they came")
    func lines() {
        let threads = HandshakeThreads(maximum: 1)
        let hold = Hold(threads)
        let order = Recorder<Int>()
        let done = DispatchSemaphore(value: 0)
        for (number, standing) in zip(
            0...,
            [.doubtful, .doubtful, .doubtful, .good, .good] as [HandshakeThreads.Standing]
        ) {
            threads.run(standing) {
                order.note(number)
                done.signal()
            }
        }
        hold.letGo()
        for _ in 0..<5 { done.wait() }
        // A doubtful one is next, since the last was in good standing.
        #expect(order.all == [0, 3, 1, 4, 2])
    }

    @Test("whoever finds no second thread leaves the work to the first; without any it is done here and now")
    func noThreads() {
        let isFirst = Mutex(true)
        let threads = HandshakeThreads(maximum: 2) { work in
            let starts = isFirst.withLock { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            return starts && DetachedThread.run(work)
        }
        let hold = Hold(threads)
        let ran = Recorder<Int>()
        let done = DispatchSemaphore(value: 0)
        for number in 0..<3 {
            threads.run {
                ran.note(number)
                done.signal()
            }
        }
        #expect(ran.all.isEmpty && threads.waiting == 3)
        hold.letGo()
        for _ in 0..<3 { done.wait() }
        #expect(ran.all == [0, 1, 2])
        HandshakeThreads(maximum: 2) { _ in false }.run { ran.note(3) }
        #expect(ran.all == [0, 1, 2, 3])
    }

    @Test("what TLS reads from the disk is not read on the loop of whoever connects")
    func prepares() async throws {
        let client = TLSClient()
        let threads = HandshakeThreads(maximum: 1)
        let hold = Hold(threads)
        let preparing = Task(executorPreference: EventLoop.shared.taskExecutor) {
            try await threads.prepare(client, for: .host("router.lan"))
        }
        while threads.waiting == 0 { await Task.yield() }
        #expect(!client.isPrepared(for: .host("router.lan")))
        hold.letGo()
        try await preparing.value
        #expect(client.isPrepared(for: .host("other.lan")))
        // From here on it asks no thread.
        let again = Hold(threads)
        try await threads.prepare(client, for: .host("router.lan"))
        again.letGo()
    }

    @Test("the loop computes no handshake")
    func elsewhere() {
        let isOnLoop = Mutex<Bool?>(nil)
        let done = DispatchSemaphore(value: 0)
        EventLoop.shared.execute {
            HandshakeThreads.shared.run {
                isOnLoop.withLock { $0 = EventLoop.shared.isOnLoop }
                done.signal()
            }
        }
        done.wait()
        #expect(isOnLoop.withLock { $0 } == false)
    }
}
