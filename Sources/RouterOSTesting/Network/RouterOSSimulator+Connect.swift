public import RouterOSClient
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension RouterOSSimulator {
    /// Connects to the simulator inside this process, signs in, runs `body`, and closes the connection whatever happens.
    ///
    /// No socket is opened; all faults work as over TCP. With a manual clock what a fault delays arrives when time is
    /// advanced, the answer to the login too.
    ///
    /// - Parameters:
    ///   - configuration: how long the connection waits, and more; nil for one that has an hour for everything and never
    ///     asks for a sign of life. A simulator is slow only because its machine is busy, and a deadline that passes then
    ///     makes a test fail that is right.
    ///   - isolation: where `body` runs.
    ///   - body: what to do with the connection.
    /// - Returns: what `body` returns.
    /// - Throws: `RouterOSError` as `RouterOSConnection.with` does, or what `body` throws.
    public func connect<Result>(
        configuration: ConnectionConfiguration? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (RouterOSConnection) async throws -> sending Result
    ) async throws -> sending Result {
        let connection = try await RouterOSConnection.connect(
            to: RouterEndpoint("simulator", as: credentials),
            configuration: configuration ?? .patient,
            over: { [self] loop, handler throws(TransportError) in try open(on: loop, handler: handler) }
        )
        do {
            let result = try await body(connection)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw error
        }
    }

    func open(on loop: EventLoop, handler: any SocketHandler) throws(TransportError) -> MemoryTransport {
        let peer = MemoryPeer()
        let transport = open(peer) { ears in
            let transport = MemoryTransport(on: loop, handler: handler, ears)
            peer.attach(transport)
            return transport
        }
        guard let transport else { throw .refused }
        return transport
    }

    /// Connects a client that brings its own network: one that is simulated too.
    ///
    /// - Parameters:
    ///   - peer: what hears what the router says.
    ///   - attach: makes the client's end, before the router says anything.
    /// - Returns: the client's end; nil when the router accepts no connection.
    package func open<End: Sendable>(_ peer: any SimulatorPeer, _ attach: (SimulatorEars) -> End) -> End? {
        state.withLock { state in
            bringUpToDate(&state)
            guard state.router.accepts(.plain) else { return nil }
            let id = state.router.open()
            let end = attach(ears(of: id))
            state.clients[id] = peer
            // The router may have something to say already, if only that it takes no more connections.
            settle(&state)
            return end
        }
    }

    /// When the router does something by itself next, on its clock; nil for never.
    package var nextDue: Duration? { state.withLock { $0.router.nextDue } }
}

extension ConnectionConfiguration {
    fileprivate static var patient: ConnectionConfiguration {
        ConnectionConfiguration(connectTimeout: .seconds(3_600), requestTimeout: .seconds(3_600), keepAlive: nil)
    }
}

extension TransportError {
    /// The peer broke the connection.
    static let reset = TransportError.socket(SocketError(ECONNRESET))
    /// Nobody listens.
    static let refused = TransportError.socket(SocketError(ECONNREFUSED))
}
