import Dispatch
import RouterOSClient
import Synchronization
import Testing

@Suite("Socket channel", .timeLimit(.minutes(1)))
struct SocketChannelTests {
    private static let loops = PollerKind.allCases.map { EventLoop($0) }

    /// Both ends of a connection over loopback.
    private func pair(_ loop: EventLoop) async throws -> (near: End, far: End) {
        let far = End()
        let (accepted, acceptance) = AsyncStream.makeStream(of: Int32.self)
        let listener = try ListeningSocket(port: 0, on: loop) { acceptance.yield($0) }
        defer { listener.close() }
        let near = End()
        let address = try #require(SocketAddress.numeric("127.0.0.1", port: listener.port))
        near.adopt(try SocketChannel.connect(to: address, on: loop, unansweredFor: .seconds(10), handler: near))
        for await descriptor in accepted {
            far.adopt(try SocketChannel.adopt(descriptor, on: loop, handler: far))
            break
        }
        while !near.isConnected { await Task.yield() }
        return (near, far)
    }

    @Test("bytes arrive in order, however many", arguments: loops)
    func order(loop: EventLoop) async throws {
        let (near, far) = try await pair(loop)
        let sent = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        for start in stride(from: 0, to: sent.count, by: 10_000) {
            near.channel?.write(Array(sent[start..<start + 10_000]))
        }
        while far.count < sent.count, !far.isClosed { await Task.yield() }
        #expect(far.received == sent)
        near.channel?.close()
        while !far.isClosed { await Task.yield() }
    }

    @Test("who pauses is sent nothing more, and has everything after", arguments: loops)
    func pause(loop: EventLoop) async throws {
        let (near, far) = try await pair(loop)
        far.channel?.pauseReading()
        near.channel?.write([UInt8](repeating: 7, count: 20 << 20))
        // More than the system takes for a peer that does not read.
        #expect(near.channel?.isCongested == true)
        #expect(near.drained == 0)
        far.channel?.resumeReading()
        while far.count < 20 << 20 { await Task.yield() }
        while near.drained == 0 { await Task.yield() }
        #expect(near.channel?.isCongested == false)
        #expect(near.drained == 1)
    }

    @Test("who pauses still hears that the connection has failed", arguments: loops)
    func failureWhilePaused(loop: EventLoop) async throws {
        let (near, far) = try await pair(loop)
        far.channel?.pauseReading()
        // Bytes that the near end never reads turn its close into a reset.
        near.channel?.pauseReading()
        far.channel?.write([1, 2, 3])
        near.channel?.close()
        while !far.isClosed {
            far.channel?.write([4])
            await Task.yield()
        }
    }

    @Test("what the peer said before it went is heard, though writing to it has failed meanwhile", arguments: loops)
    func unreadAfterFailure(loop: EventLoop) async throws {
        let (near, far) = try await pair(loop)
        near.channel?.pauseReading()
        far.channel?.write([1, 2, 3])
        far.channel?.close()
        // The first of these is answered by a reset, and the next ones fail.
        while !near.isClosed {
            near.channel?.write([4])
            await Task.yield()
        }
        #expect(near.received == [1, 2, 3])
    }

    @Test("a socket with much to read has one piece read before the others have their turn", arguments: loops)
    func fairness(loop: EventLoop) async throws {
        var pairs: [(near: End, far: End)] = []
        for _ in 0..<3 { pairs.append(try await pair(loop)) }
        let order = Recorder<Int>()
        for (number, pair) in pairs.enumerated() { pair.far.noteReceptions { order.note(number) } }
        // While the loop is held, everything is there before it looks: the crowd in the middle, whichever way it goes round.
        let (held, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        loop.execute {
            held.signal()
            end.wait()
        }
        held.wait()
        for number in [0, 1, 2] {
            pairs[number].near.channel?.write([UInt8](repeating: 1, count: number == 1 ? 1 << 20 : 1))
        }
        end.signal()
        while pairs[1].far.count < 1 << 20 { await Task.yield() }
        let received = order.all
        #expect(received.count { $0 == 1 } >= 16)
        for small in [0, 2] {
            let place = try #require(received.firstIndex(of: small))
            #expect(received[..<place].count { $0 == 1 } <= 1)
        }
    }

    /// A handler that remembers what it is told, and keeps its channel alive.
    private final class End: SocketHandler {
        private struct State {
            var channel: SocketChannel?
            var received: [UInt8] = []
            var drained = 0
            var isConnected = false
            var isClosed = false
            var hear: @Sendable () -> Void = {}
        }

        private let state = Mutex(State())

        var channel: SocketChannel? { state.withLock { $0.channel } }
        var received: [UInt8] { state.withLock { $0.received } }
        var count: Int { state.withLock { $0.received.count } }
        var drained: Int { state.withLock { $0.drained } }
        var isClosed: Bool { state.withLock { $0.isClosed } }

        func adopt(_ channel: SocketChannel?) { state.withLock { $0.channel = channel } }
        var isConnected: Bool { state.withLock { $0.isConnected } }

        func socketConnected() { state.withLock { $0.isConnected = true } }
        func noteReceptions(_ hear: @escaping @Sendable () -> Void) { state.withLock { $0.hear = hear } }

        func socketReceived(_ bytes: [UInt8]) {
            let hear = state.withLock { state in
                state.received += bytes
                return state.hear
            }
            hear()
        }
        func socketDrained() { state.withLock { $0.drained += 1 } }
        func socketClosed(_ error: TransportError) { state.withLock { $0.isClosed = true } }
    }
}
