import OpenSSLSupport
import RouterOSClient
import Synchronization

extension RouterOSSimulator {
    /// The thread on which every simulator of this process serves its connections.
    private static let loop = EventLoop()

    /// A call at the moment when the router does something by itself next.
    struct Alarm: Sendable {
        let timer: EventLoop.Timer
        let due: Duration
    }

    /// A port that the API is served on.
    struct ServedPort: Sendable {
        let address: String
        var port: UInt16
        var tls: SimulatorTLS?
        /// Nil while the router accepts no connections.
        var socket: ListeningSocket?
    }

    /// Serves the API on a TCP port, until ``stop()``.
    ///
    /// - Parameters:
    ///   - port: the port, or 0 for one that is free.
    ///   - address: the IP address to listen on, written in digits; only this machine by default.
    /// - Returns: the port.
    /// - Throws: ``SimulatorError`` with code `network`, for instance when the port is taken.
    @discardableResult
    public func listen(port: UInt16 = 0, address: String = "127.0.0.1") throws(SimulatorError) -> UInt16 {
        try open(port: port, address: address)
    }

    func open(port: UInt16, address: String, tls: SimulatorTLS? = nil) throws(SimulatorError) -> UInt16 {
        var served = ServedPort(address: address, port: port, tls: tls)
        do throws(SocketError) {
            served.socket = try socket(address, port)
        } catch {
            throw SimulatorError(
                .network,
                "\(address):\(port) cannot be listened on: \(error). Choose another port, or stop what holds it."
            )
        }
        served.port = served.socket?.port ?? port
        let opened = served
        state.withLock { state in
            state.ports.append(opened)
            follow(&state)
        }
        return opened.port
    }

    private func socket(_ address: String, _ port: UInt16) throws(SocketError) -> ListeningSocket {
        // A port that the system is to choose is known only afterwards.
        let chosen = Mutex(port)
        let socket = try ListeningSocket(address: address, port: port, on: Self.loop) { [weak self] descriptor in
            self?.accept(descriptor, address: address, port: chosen.withLock { $0 })
        }
        chosen.withLock { $0 = socket.port }
        return socket
    }

    /// Closes and opens ports, and changes certificates, as the router's state has it.
    func follow(_ state: inout State) {
        while state.certificateChanges < state.router.certificateChanges {
            state.certificateChanges = state.router.certificateChanges
            for index in state.ports.indices {
                // What cannot be made leaves the old one in its place.
                if let tls = state.ports[index].tls, let new = try? tls.renewed() { state.ports[index].tls = new }
            }
        }
        let accepts = state.router.acceptsConnections
        guard state.ports.contains(where: { ($0.socket != nil) != accepts }) else { return }
        for index in state.ports.indices {
            if !accepts {
                state.ports[index].socket.take()?.close()
            } else if state.ports[index].socket == nil {
                state.ports[index].socket = try? socket(state.ports[index].address, state.ports[index].port)
            }
        }
        if state.ports.contains(where: { ($0.socket != nil) != accepts }) {
            // Somebody else has the port for now.
            _ = Self.loop.schedule(at: .now + .milliseconds(100)) { [weak self] in self?.process { _ in } }
        }
    }

    /// Sees to it that what the router does by itself happens in time, where its clock runs by itself.
    func setAlarm(_ state: inout State, after delay: Duration, due: Duration?) {
        guard due != state.alarm?.due else { return }
        if let alarm = state.alarm.take() { Self.loop.cancel(alarm.timer) }
        guard let due else { return }
        let timer = Self.loop.schedule(at: .now + delay) { [weak self] in self?.process { _ in } }
        state.alarm = Alarm(timer: timer, due: due)
    }

    /// Ends the simulator in good order: sessions are logged out and their figures settled, connections and ports closed.
    ///
    /// It may listen again afterwards.
    public func stop() {
        process { router in
            router.endAllSessions()
            router.dropConnections()
        }
        let ports = state.withLock { state in
            defer { state.ports = [] }
            return state.ports
        }
        for port in ports { port.socket?.close() }
    }

    /// Takes a new connection, on the loop's thread; no bytes can come before this returns.
    private func accept(_ descriptor: Int32, address: String, port: UInt16) {
        state.withLock { state in
            bringUpToDate(&state)
            let tls = state.ports.first { $0.address == address && $0.port == port }?.tls
            let id = state.router.open()
            let client = SimulatorClient(
                received: { [weak self] bytes in self?.process { $0.receive(bytes, on: id) } },
                ended: { [weak self] in self?.forget(id) }
            )
            do throws(TransportError) {
                try client.adopt(descriptor, on: Self.loop, tls: tls?.server)
                state.clients[id] = client
                guard !state.router.acceptsConnections else { return }
                // It had connected before the port was closed.
                client.close(byReset: true)
                state.clients[id] = nil
            } catch {}
            state.router.closed(id)
        }
    }

    func forget(_ id: Int) {
        state.withLock { state in
            state.router.closed(id)
            state.clients[id] = nil
        }
    }
}
