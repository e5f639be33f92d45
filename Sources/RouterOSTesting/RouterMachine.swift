public import RouterOSClient
public import RouterOSProtocol

/// A simulated router without sockets, clocks or threads: bytes in, bytes out, time and seed from outside.
///
/// For programs that bring their own transport or their own time; everybody else takes ``RouterOSSimulator``, which is a shell around
/// one. The same calls with the same bytes at the same times give the same bytes, whatever the pieces they come in.
///
/// ```swift
/// var router = RouterMachine(credentials: .user("api", password: "secret"))
/// let connection = router.open()
/// router.receive(bytes, on: connection)
/// for piece in router.takeOutgoing() { send(piece.bytes, to: piece.connection) }
/// ```
public struct RouterMachine: Sendable {
    /// Bytes for a client.
    public struct Outgoing: Sendable, Hashable {
        /// The connection they are for.
        public let connection: Int
        /// The bytes; none when the connection merely ends.
        public let bytes: [UInt8]
        /// Whether the connection ends behind them.
        public let closes: Bool
        /// Whether that end is a reset.
        public let resets: Bool
    }

    private var router: SimulatedRouter

    /// Makes a router; see ``RouterOSSimulator/init(_:credentials:identity:clock:traffic:seed:limits:)``.
    public init(
        _ release: RouterOSVersion = .v7_18,
        credentials: Credentials,
        identity: String = "MikroTik",
        traffic: SimulatedTraffic = .none,
        seed: UInt64 = 0,
        limits: SimulatorLimits = SimulatorLimits()
    ) {
        router = SimulatedRouter(
            release,
            credentials: credentials,
            identity: identity,
            seed: seed,
            traffic: traffic,
            limits: limits
        )
    }

    /// The time, since the router was made.
    public var now: Duration { router.now }

    /// When the router does something by itself next; nil for never.
    public var nextDue: Duration? { router.nextDue }

    /// Lets time pass up to an instant; an earlier one than ``now`` does nothing.
    public mutating func advance(to time: Duration) { router.advance(to: time) }

    /// Whether clients can connect.
    public var acceptsConnections: Bool { router.acceptsConnections }

    /// A client has connected.
    ///
    /// - Parameters:
    ///   - address: where it comes from, which rows of `/ip/service` and `/user` may restrict.
    ///   - isOverTLS: whether it has come to the service `api-ssl`, whose row of `/ip/service` counts then.
    /// - Returns: the number of the connection.
    public mutating func open(from address: String = "127.0.0.1", overTLS isOverTLS: Bool = false) -> Int {
        router.open(from: address, to: isOverTLS ? .overTLS : .plain)
    }

    /// A client has sent bytes; those of a connection that has ended are dropped.
    public mutating func receive(_ bytes: some Collection<UInt8>, on connection: Int) {
        router.receive(bytes, on: connection)
    }

    /// A client has gone.
    public mutating func closed(_ connection: Int) { router.closed(connection) }

    /// What is to be sent since the last call, in order; pieces stay apart where a fault sends bytes one by one.
    ///
    /// Commands that came while ``SimulatorLimits/unreadBytes`` of answers waited are answered after this: call it until it has
    /// nothing more.
    public mutating func takeOutgoing() -> [Outgoing] {
        defer { router.serveHeldUp() }
        return router.takeOutgoing().map {
            Outgoing(connection: $0.connection, bytes: $0.bytes, closes: $0.closes, resets: $0.resets)
        }
    }

    /// Makes something go wrong.
    public mutating func inject(_ fault: SimulatorFault) { router.inject(fault) }

    /// Takes back every fault in force or planned.
    public mutating func clearFaults() { router.clearFaults() }

    /// Switches a router on that is down; one that runs goes on.
    public mutating func powerOn() { router.powerOn() }

    /// Lets scripts use up less than usual, so that a great many can be tried.
    package mutating func limitScripts(steps: Int, calls: Int, size: Int) {
        router.scripting.limits = ScriptLimits(steps: steps, calls: calls, size: size)
    }

    /// A number that is the same for the same dialogue at the same times.
    public var dialogueHash: UInt64 { router.transcript.hash.value }
}
