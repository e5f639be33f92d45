import OpenSSLSupport
import RouterOSClient
import Synchronization

extension RouterOSSimulator {
    /// The thread on which every simulator of this process serves its connections.
    private static let loop = EventLoop()

    /// A call at the moment when the router does something by itself next.
    struct Alarm: Sendable {
        let timer: EventLoop.Timer
        let moment: ContinuousClock.Instant
    }

    /// A port that the API is served on.
    struct ServedPort: Sendable {
        /// How long it takes to try again to open it when somebody else has it.
        static let patience = Duration.milliseconds(100)

        /// Which one of all that were ever opened.
        let number: Int
        let address: String
        var port: UInt16
        var tls: SimulatorTLS?
        /// Nil while the router accepts no connections.
        var socket: ListeningSocket?

        var service: APIService { tls == nil ? .plain : .overTLS }
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
        do throws(SocketError) {
            // Under the lock: who connects at once waits until it is known what is served here.
            return try state.withLock { state throws(SocketError) in
                state.lastPort += 1
                var served = ServedPort(number: state.lastPort, address: address, port: port, tls: tls)
                let opened = try socket(served)
                (served.socket, served.port) = (opened, opened.port)
                state.ports.append(served)
                follow(&state)
                return opened.port
            }
        } catch {
            throw SimulatorError(
                .network,
                "\(address):\(port) cannot be listened on: \(error). Choose another port, or stop what holds it."
            )
        }
    }

    private func socket(_ port: ServedPort) throws(SocketError) -> ListeningSocket {
        let number = port.number
        return try ListeningSocket(address: port.address, port: port.port, on: Self.loop) { [weak self] descriptor in
            self?.accept(descriptor, onPort: number)
        }
    }

    /// Closes and opens ports, and changes certificates, as the router's state has it.
    func follow(_ state: inout State) {
        if state.certificateChanges < state.router.certificateChanges {
            state.certificateChanges = state.router.certificateChanges
            for index in state.ports.indices {
                // What cannot be made leaves the old one in its place.
                if let tls = state.ports[index].tls, let new = try? tls.renewed() { state.ports[index].tls = new }
            }
        }
        for index in state.ports.indices {
            let port = state.ports[index]
            if !state.router.accepts(port.service) {
                state.ports[index].socket.take()?.close()
            } else if port.socket == nil, state.reopening == nil {
                state.ports[index].socket = try? socket(port)
            }
        }
        guard state.reopening == nil,
            state.ports.contains(where: { $0.socket == nil && state.router.accepts($0.service) })
        else { return }
        // Somebody else has the port for now.
        state.reopening = Self.loop.schedule(at: .now + ServedPort.patience) { [weak self] in
            self?.state.withLock { state in
                state.reopening = nil
                self?.settle(&state)
            }
        }
    }

    /// Sees to it that what the router does by itself happens in time, where its clock runs by itself.
    func setAlarm(_ state: inout State, at moment: ContinuousClock.Instant?) {
        guard moment != state.alarm?.moment else { return }
        if let alarm = state.alarm.take() { Self.loop.cancel(alarm.timer) }
        guard let moment else { return }
        let timer = Self.loop.schedule(at: moment) { [weak self] in
            self?.state.withLock { state in
                // Another one may have been set while this one waited for its turn.
                if state.alarm?.moment == moment { state.alarm = nil }
                self?.settle(&state)
            }
        }
        state.alarm = Alarm(timer: timer, moment: moment)
    }

    /// Ends the simulator in good order: sessions are logged out and their figures settled, connections and ports closed.
    ///
    /// It may listen again afterwards.
    public func stop() {
        let ports = state.withLock { state in
            bringUpToDate(&state)
            // First, so that nobody who connects meanwhile is served.
            let ports = state.ports
            state.ports = []
            state.router.endAllSessions()
            state.router.endConnections(inGoodOrder: false)
            settle(&state)
            for client in state.ending { client.close(.cut) }
            state.ending = []
            return ports
        }
        for port in ports { port.socket?.close() }
    }

    /// Takes a new connection, on the loop's thread; no bytes can come before this returns.
    func accept(_ descriptor: Int32, onPort number: Int) {
        state.withLock { state in
            bringUpToDate(&state)
            // The port may have been given up since: then nobody knows what is served there.
            let served = state.ports.first { $0.number == number }
            let service = served?.service ?? .plain
            let isWelcome = served != nil && state.router.accepts(service)
            let id = state.router.open(from: PeerAddress.text(of: descriptor) ?? "0.0.0.0", to: service)
            let client = SimulatorClient(ears(of: id), closing: limits.closing)
            do throws(TransportError) {
                try client.adopt(descriptor, on: Self.loop, tls: served?.tls?.server)
            } catch {
                return state.router.closed(id)
            }
            guard isWelcome else {
                // It had connected before the port was closed.
                client.close(.reset)
                return state.router.closed(id)
            }
            state.clients[id] = client
            // The router may have something to say already, if only that it takes no more connections.
            settle(&state)
        }
    }

    /// What is done with what a client does.
    func ears(of id: Int) -> SimulatorEars {
        SimulatorEars(
            received: { [weak self] in self?.receive($0, from: id) },
            drained: { [weak self] in self?.drained(id) },
            ended: { [weak self] in self?.forget(id) }
        )
    }

    private func receive(_ bytes: [UInt8], from id: Int) {
        state.withLock { state in
            bringUpToDate(&state)
            state.router.receive(bytes, on: id)
            settle(&state)
            guard !state.router.reads(id), let client = state.clients[id], state.unread.insert(id).inserted else {
                return
            }
            client.pauseReading()
        }
    }

    private func drained(_ id: Int) {
        state.withLock { state in
            bringUpToDate(&state)
            // What was sent meanwhile may fill the network again.
            if let client = state.clients[id] { state.router.setCongested(client.isCongested, on: id) }
            settle(&state)
        }
    }

    private func forget(_ id: Int) {
        state.withLock { state in
            state.router.closed(id)
            state.unread.remove(id)
            state.clients[id] = nil
        }
    }
}
