import OpenSSLSupport
import RouterOSClient
import Synchronization

extension RouterOSSimulator {
    /// The thread on which every simulator of this process serves its connections.
    private static let loop = EventLoop()

    /// How often a listening simulator on the live clock looks for sessions that are over.
    private static let tick = Duration.seconds(1)

    /// A port that is listened on.
    struct Listening: Sendable {
        let socket: ListeningSocket
        let ticker: Ticker
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
        try open(port: port, address: address).socket.port
    }

    func open(port: UInt16, address: String, tls: TLSServer? = nil) throws(SimulatorError) -> Listening {
        let socket: ListeningSocket
        do {
            socket = try ListeningSocket(address: address, port: port, on: Self.loop) { [weak self] descriptor in
                self?.accept(descriptor, tls: tls)
            }
        } catch {
            throw SimulatorError(
                .network,
                "\(address):\(port) cannot be listened on: \(error). Choose another port, or stop what holds it."
            )
        }
        let ticker = Ticker(every: Self.tick, on: Self.loop) { [weak self] in self?.process { _ in } }
        let listening = Listening(socket: socket, ticker: ticker)
        state.withLock { $0.listeners[ObjectIdentifier(socket)] = listening }
        return listening
    }

    /// Stops listening on one port; its connections go on.
    func close(_ listening: Listening) {
        state.withLock { $0.listeners[ObjectIdentifier(listening.socket)] = nil }
        listening.ticker.stop()
        listening.socket.close()
    }

    /// Ends the simulator in good order: sessions are logged out and their figures settled, connections and ports closed.
    ///
    /// It may listen again afterwards.
    public func stop() {
        process { router in
            router.endAllSessions()
            router.dropConnections()
        }
        for listening in state.withLock({ Array($0.listeners.values) }) { close(listening) }
    }

    /// Takes a new connection, on the loop's thread; no bytes can come before this returns.
    private func accept(_ descriptor: Int32, tls: TLSServer?) {
        state.withLock { state in
            let id = state.router.open()
            let client = SimulatorClient(
                received: { [weak self] bytes in self?.process { $0.receive(bytes, on: id) } },
                ended: { [weak self] in self?.forget(id) }
            )
            do throws(TransportError) {
                try client.adopt(descriptor, on: Self.loop, tls: tls)
                state.clients[id] = client
            } catch {
                state.router.closed(id)
            }
        }
    }

    private func forget(_ id: Int) {
        state.withLock { state in
            state.router.closed(id)
            state.clients[id] = nil
        }
    }
}
