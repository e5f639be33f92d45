/// What the clients of the simulated hotspot do while they are online.
public struct SimulatedTraffic: Sendable, Hashable {
    struct Rate: Sendable, Hashable {
        /// Received from the client, a second.
        var bytesIn: UInt64 = 0
        /// Sent to the client, a second.
        var bytesOut: UInt64 = 0
    }

    private let isSteady: Bool

    /// Nothing moves but what ``RouterOSSimulator/addTraffic(user:in:out:)`` moves.
    public static let none = SimulatedTraffic(isSteady: false)

    /// Every session moves bytes at a steady rate of its own, up to 64 kB a second from the client and 512 kB a second to it, which
    /// depends on nothing but the simulator's seed and the order of the log-ins.
    public static let steady = SimulatedTraffic(isSteady: true)

    func rate(_ random: inout SeededRandom) -> Rate {
        guard isSteady else { return Rate() }
        return Rate(
            bytesIn: .random(in: 1_000...64_000, using: &random),
            bytesOut: .random(in: 8_000...512_000, using: &random)
        )
    }
}
