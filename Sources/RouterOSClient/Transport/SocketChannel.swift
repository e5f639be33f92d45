internal import CRouterOSSystem
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One TCP connection on an event loop: never blocks, keeps what cannot be written yet, reads a bounded piece at a turn.
///
/// The handler is held weakly: who opens a channel keeps it, and its handler, alive. All members may be called from any
/// thread.
package final class SocketChannel: Sendable {
    /// The most bytes read from one socket before the others have their turn.
    private static let readBudget = 64 << 10

    /// Above so many bytes that wait to be sent, who writes should wait.
    package static let highWater = 1 << 20
    /// At so many or fewer, who waits is told.
    package static let lowWater = 128 << 10

    private struct State {
        var descriptor: Int32
        var registration: EventLoop.Registration?
        var isConnecting: Bool
        var watched: Readiness
        var isPaused = false
        var isAboveHighWater = false
        /// Whether writing has failed; what has arrived is read to its end all the same.
        var isWriteBroken = false
        /// Closes the channel, and keeps it alive until then, once its user has finished with it.
        var finish: EventLoop.Timer?
        /// Whether the peer, having read everything, sees the end of the stream.
        var isShutDown = false
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
                watched: isConnecting ? [.read, .write] : .read,
                handler: handler
            )
        )
    }

    deinit { close() }

    /// Begins to connect; the handler learns how it ended.
    ///
    /// A peer that has acknowledged nothing, or has had no room for more, for as long as `unansweredFor` counts as gone, and so
    /// does one that answers the system's own keep-alives no more; without that the system goes on for a quarter of an hour.
    package static func connect(
        to address: SocketAddress,
        on loop: EventLoop,
        unansweredFor limit: Duration,
        handler: any SocketHandler
    ) throws(SocketError) -> SocketChannel {
        let descriptor = routeros_socket(address.family)
        guard descriptor >= 0 else { throw SocketError(errno) }
        disableDelay(descriptor)
        let seconds = min(max(.seconds(1), limit), .seconds(86_400)).components.seconds
        routeros_watch_peer(descriptor, UInt32(clamping: seconds * 1_000), UInt32(clamping: seconds))
        let status = address.withSocketAddress { systemConnect(descriptor, $0, $1) } ?? -1
        guard status == 0 || errno == EINPROGRESS else {
            let error = SocketError(errno)
            closeDescriptor(descriptor)
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
    ///
    /// Nothing is ever refused: who writes much looks at ``isCongested`` and waits for `socketDrained`.
    package func write(_ bytes: [UInt8]) {
        state.withLock { state in
            guard state.descriptor >= 0, !state.isWriteBroken else { return }
            // What the system takes at once is never copied.
            if state.outgoing.isEmpty { state.outgoing = bytes } else { state.outgoing.append(contentsOf: bytes) }
            if state.isConnecting { measure(&state) } else { flush(&state) }
        }
    }

    /// Whether more than ``highWater`` bytes wait to be sent.
    package var isCongested: Bool { state.withLock { $0.isAboveHighWater } }

    /// Reads nothing more for now: what the peer sends waits in the network, and in the end at the peer.
    package func pauseReading() {
        state.withLock { state in
            state.isPaused = true
            updateInterest(&state)
        }
    }

    /// Reads again.
    package func resumeReading() {
        state.withLock { state in
            state.isPaused = false
            updateInterest(&state)
        }
    }

    /// Ends the connection; on the loop's thread the handler hears nothing more.
    package func close() {
        state.withLock { state in
            state.handler = nil
            tearDown(&state)
        }
    }

    /// Ends the connection behind what has been written: the peer gets all of it, and then the end of the stream.
    ///
    /// On the loop's thread the handler hears nothing more, and what the peer still says is dropped. After `limit` the
    /// connection is closed, whatever the peer has taken and whether or not it has ended its side.
    @discardableResult
    package func finish(within limit: Duration) -> (any Transport)? {
        state.withLock { state in
            state.handler = nil
            guard state.descriptor >= 0, state.finish == nil else { return }
            guard !state.isConnecting else { return tearDown(&state) }
            state.finish = loop.schedule(at: .now + limit) { self.close() }
            // Closing with something unread would be a reset, which takes from the peer what it has not read.
            state.isPaused = false
            flush(&state)
        }
        return state.withLock { $0.finish } == nil ? nil : self
    }

    /// As ``close()``, but the peer sees a reset behind what has been sent.
    package func reset() {
        state.withLock { state in
            state.handler = nil
            if state.descriptor >= 0 {
                var atOnce = linger(l_onoff: 1, l_linger: 0)
                setsockopt(state.descriptor, SOL_SOCKET, SO_LINGER, &atOnce, socklen_t(MemoryLayout<linger>.size))
            }
            tearDown(&state)
        }
    }

    private static func disableDelay(_ descriptor: Int32) {
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    private func watch() throws(SocketError) {
        // Under the lock: what becomes ready meanwhile waits for it on the loop, and finds the registration.
        try state.withLock { state throws(SocketError) in
            // Weak, so that a channel nobody holds closes its socket instead of living in the loop for ever.
            state.registration = try loop.register(state.descriptor, for: state.watched) { [weak self] in
                self?.ready($0)
            }
        }
    }

    private func ready(_ readiness: Readiness) {
        if readiness.contains(.write) || readiness.contains(.hangUp), !finishWriting() { return }
        if readiness.contains(.read) || readiness.contains(.hangUp) { receive(isHungUp: readiness.contains(.hangUp)) }
    }

    /// Completes the connection and sends what waits; false when the channel is over.
    private func finishWriting() -> Bool {
        let (connected, drained, error, handler) = state.withLock {
            state -> (Bool, Bool, SocketError?, (any SocketHandler)?) in
            guard state.descriptor >= 0 else { return (false, false, nil, nil) }
            let wasConnecting = state.isConnecting
            let wasAbove = state.isAboveHighWater
            if wasConnecting {
                var number: Int32 = 0
                var size = socklen_t(MemoryLayout<Int32>.size)
                getsockopt(state.descriptor, SOL_SOCKET, SO_ERROR, &number, &size)
                if number != 0 { return (false, false, SocketError(number), state.handler) }
                state.isConnecting = false
            }
            flush(&state)
            return (wasConnecting, wasAbove && !state.isAboveHighWater, nil, state.handler)
        }
        if let error {
            fail(error)
            return false
        }
        if connected { handler?.socketConnected() }
        if drained { handler?.socketDrained() }
        return true
    }

    private func receive(isHungUp: Bool) {
        let outcome = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.readBudget) {
            buffer -> SocketError? in
            // Read under the lock: another thread may be closing this descriptor, and the next socket may get its number.
            let (count, number, handler) = state.withLock { state -> (Int, Int32, (any SocketHandler)?) in
                // A socket that has failed says so whether or not it is read; one that pauses has to look.
                guard state.descriptor >= 0, !state.isPaused || isHungUp else { return (-1, EAGAIN, nil) }
                let count = recv(state.descriptor, buffer.baseAddress, buffer.count, 0)
                return (count, errno, state.handler)
            }
            if count > 0 {
                handler?.socketReceived(Array(buffer[..<count]))
                return nil
            }
            if count == 0 { return goesOnWithoutPeer() ? nil : .endOfStream }
            return number == EAGAIN || number == EINTR ? nil : SocketError(number)
        }
        if let outcome { fail(outcome) }
    }

    /// Whether a peer that has ended its side is still to be given something.
    private func goesOnWithoutPeer() -> Bool {
        state.withLock { state in
            guard state.finish != nil, !state.outgoing.isEmpty else { return false }
            state.isPaused = true
            updateInterest(&state)
            return true
        }
    }

    private func fail(_ error: SocketError) {
        let handler = state.withLock { state -> (any SocketHandler)? in
            guard state.descriptor >= 0 else { return nil }
            let handler = state.handler
            state.handler = nil
            tearDown(&state)
            return handler
        }
        handler?.socketClosed(.socket(error))
    }

    private func flush(_ state: inout State) {
        while state.sent < state.outgoing.count {
            let descriptor = state.descriptor
            let start = state.sent
            let count = state.outgoing.withUnsafeBytes { bytes in
                routeros_send(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
            }
            if count > 0 {
                state.sent += count
            } else if errno == EAGAIN {
                break
            } else if errno != EINTR {
                // Reading will come upon the same, behind what the peer had still to say.
                state.isWriteBroken = true
                state.sent = state.outgoing.count
            }
        }
        let unsent = state.outgoing.count - state.sent
        if unsent == 0 {
            // A quiet connection keeps no buffer.
            state.outgoing = []
            state.sent = 0
            if state.finish != nil, !state.isShutDown {
                state.isShutDown = true
                shutdown(state.descriptor, Int32(SHUT_WR))
                // A peer that has ended its side already is asked for nothing more: reading comes upon its end.
                state.isPaused = false
            }
        } else if state.sent > Self.readBudget, state.sent > unsent {
            // Moved only when that frees more than it moves, so that all moves together cost no more than the sending.
            state.outgoing.removeFirst(state.sent)
            state.sent = 0
        }
        measure(&state)
        updateInterest(&state)
    }

    private func measure(_ state: inout State) {
        let unsent = state.outgoing.count - state.sent
        if unsent > Self.highWater { state.isAboveHighWater = true }
        if unsent <= Self.lowWater { state.isAboveHighWater = false }
    }

    private func updateInterest(_ state: inout State) {
        guard state.descriptor >= 0, let registration = state.registration else { return }
        var wanted: Readiness = state.isPaused ? [] : .read
        if state.isConnecting || !state.outgoing.isEmpty { wanted.insert(.write) }
        guard wanted != state.watched else { return }
        state.watched = wanted
        loop.update(registration, descriptor: state.descriptor, to: wanted)
    }

    private func tearDown(_ state: inout State) {
        guard state.descriptor >= 0 else { return }
        if let registration = state.registration { loop.unregister(registration, descriptor: state.descriptor) }
        if let finish = state.finish.take() { loop.cancel(finish) }
        closeDescriptor(state.descriptor)
        state.descriptor = -1
        state.registration = nil
        state.outgoing = []
        state.sent = 0
        state.isAboveHighWater = false
    }
}
