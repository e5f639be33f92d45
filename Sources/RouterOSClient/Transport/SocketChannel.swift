import Glibc
import Synchronization

/// One TCP connection on an event loop: never blocks, keeps what cannot be written yet, reads a bounded piece at a turn.
///
/// The handler is held weakly: who opens a channel keeps it, and its handler, alive. All members may be called from any
/// thread.
package final class SocketChannel: Sendable {
    /// The most bytes read from one socket before the others have their turn.
    private static let readBudget = 64 << 10

    private struct State {
        var descriptor: Int32
        var registration: EventLoop.Registration?
        var isConnecting: Bool
        var isWatchingWrites: Bool
        var outgoing: [UInt8] = []
        var sent = 0
        weak var handler: (any SocketHandler)?
    }

    private let loop: EventLoop
    private let state: Mutex<State>

    private init(_ loop: EventLoop, _ descriptor: Int32, isConnecting: Bool, _ handler: any SocketHandler) {
        self.loop = loop
        state = Mutex(
            State(
                descriptor: descriptor,
                isConnecting: isConnecting,
                isWatchingWrites: isConnecting,
                handler: handler
            )
        )
    }

    deinit { close() }

    /// Begins to connect; the handler learns how it ended.
    ///
    /// A peer that does not acknowledge what was sent for longer than `unansweredFor` counts as gone; without that the
    /// system goes on trying for a quarter of an hour.
    package static func connect(
        to address: SocketAddress,
        on loop: EventLoop,
        unansweredFor limit: Duration,
        handler: any SocketHandler
    ) throws(SocketError) -> SocketChannel {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.family, type, 0)
        guard descriptor >= 0 else { throw SocketError(errno) }
        disableDelay(descriptor)
        var milliseconds = UInt32(
            clamping: limit.components.seconds.multipliedReportingOverflow(by: 1_000).partialValue
        )
        setsockopt(
            descriptor,
            Int32(IPPROTO_TCP),
            TCP_USER_TIMEOUT,
            &milliseconds,
            socklen_t(MemoryLayout<UInt32>.size)
        )
        let status = address.withSocketAddress { Glibc.connect(descriptor, $0, $1) } ?? -1
        guard status == 0 || errno == EINPROGRESS else {
            let error = SocketError(errno)
            Glibc.close(descriptor)
            throw error
        }
        let channel = SocketChannel(loop, descriptor, isConnecting: true, handler)
        try channel.watch()
        return channel
    }

    /// Takes over a connection that was accepted.
    package static func adopt(
        _ descriptor: Int32,
        on loop: EventLoop,
        handler: any SocketHandler
    ) throws(SocketError) -> SocketChannel {
        disableDelay(descriptor)
        let channel = SocketChannel(loop, descriptor, isConnecting: false, handler)
        try channel.watch()
        return channel
    }

    /// Sends bytes, at once as far as the system takes them and otherwise when it can; dropped when the channel is closed.
    package func write(_ bytes: [UInt8]) {
        let error = state.withLock { state -> SocketError? in
            guard state.descriptor >= 0 else { return nil }
            state.outgoing.append(contentsOf: bytes)
            guard !state.isConnecting else { return nil }
            return flush(&state)
        }
        if let error { loop.execute { self.fail(error) } }
    }

    /// Ends the connection; on the loop's thread the handler hears nothing more.
    package func close() {
        state.withLock { state in
            state.handler = nil
            tearDown(&state)
        }
    }

    private static func disableDelay(_ descriptor: Int32) {
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    private func watch() throws(SocketError) {
        let (descriptor, writing) = state.withLock { ($0.descriptor, $0.isWatchingWrites) }
        // Weak, so that a channel nobody holds closes its socket instead of living in the loop for ever.
        let registration = try loop.register(descriptor, writing: writing) { [weak self] in self?.ready($0) }
        state.withLock { $0.registration = registration }
        // What happened between the two is seen again: readiness is a level here, not an edge.
    }

    private func ready(_ readiness: EventLoop.Readiness) {
        if readiness.contains(.write) || readiness.contains(.hangUp), !finishWriting() { return }
        if readiness.contains(.read) || readiness.contains(.hangUp) { receive() }
    }

    /// Completes the connection and sends what waits; false when the channel is over.
    private func finishWriting() -> Bool {
        let (connected, error, handler) = state.withLock { state -> (Bool, SocketError?, (any SocketHandler)?) in
            guard state.descriptor >= 0 else { return (false, nil, nil) }
            let wasConnecting = state.isConnecting
            if wasConnecting {
                var number: Int32 = 0
                var size = socklen_t(MemoryLayout<Int32>.size)
                getsockopt(state.descriptor, SOL_SOCKET, SO_ERROR, &number, &size)
                if number != 0 { return (false, SocketError(number), state.handler) }
                state.isConnecting = false
            }
            return (wasConnecting, flush(&state), state.handler)
        }
        if let error {
            fail(error)
            return false
        }
        if connected { handler?.socketConnected() }
        return true
    }

    private func receive() {
        let outcome = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.readBudget) {
            buffer -> SocketError? in
            // Read under the lock: another thread may be closing this descriptor, and the next socket may get its number.
            let (count, number, handler) = state.withLock { state -> (Int, Int32, (any SocketHandler)?) in
                guard state.descriptor >= 0 else { return (-1, EAGAIN, nil) }
                let count = recv(state.descriptor, buffer.baseAddress, buffer.count, 0)
                return (count, errno, state.handler)
            }
            if count > 0 {
                handler?.socketReceived(Array(buffer[..<count]))
                return nil
            }
            if count == 0 { return .endOfStream }
            return number == EAGAIN || number == EINTR ? nil : SocketError(number)
        }
        if let outcome { fail(outcome) }
    }

    private func fail(_ error: SocketError) {
        let handler = state.withLock { state -> (any SocketHandler)? in
            guard state.descriptor >= 0 else { return nil }
            let handler = state.handler
            state.handler = nil
            tearDown(&state)
            return handler
        }
        handler?.socketClosed(error)
    }

    private func flush(_ state: inout State) -> SocketError? {
        while state.sent < state.outgoing.count {
            let descriptor = state.descriptor
            let start = state.sent
            let count = state.outgoing.withUnsafeBytes { bytes in
                send(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                state.sent += count
            } else if errno == EAGAIN {
                break
            } else if errno != EINTR {
                return SocketError(errno)
            }
        }
        if state.sent > Self.readBudget, state.sent < state.outgoing.count {
            state.outgoing.removeFirst(state.sent)
            state.sent = 0
        }
        if state.sent == state.outgoing.count {
            state.outgoing.removeAll(keepingCapacity: state.outgoing.capacity <= Self.readBudget)
            state.sent = 0
        }
        watchWrites(!state.outgoing.isEmpty, &state)
        return nil
    }

    private func watchWrites(_ wanted: Bool, _ state: inout State) {
        guard wanted != state.isWatchingWrites, let registration = state.registration else { return }
        state.isWatchingWrites = wanted
        loop.update(registration, descriptor: state.descriptor, writing: wanted)
    }

    private func tearDown(_ state: inout State) {
        guard state.descriptor >= 0 else { return }
        if let registration = state.registration { loop.unregister(registration, descriptor: state.descriptor) }
        Glibc.close(state.descriptor)
        state.descriptor = -1
        state.registration = nil
        state.outgoing = []
        state.sent = 0
    }
}
