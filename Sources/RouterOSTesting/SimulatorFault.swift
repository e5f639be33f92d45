/// Something that goes wrong with a router or on the way to it.
public struct SimulatorFault: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case dropConnection(Int)
        case stall
        case garbage
        case refuseLogin
        case powerCut
    }

    let kind: Kind

    /// Carries out the `count`-th command from now on, whichever connection it comes from, then ends that connection instead of
    /// answering: the client cannot know whether it took effect.
    ///
    /// Happens once. What clients send of their own accord, `/login`, `/cancel` and `/quit`, does not count; a count below 1 is 1.
    public static func dropConnection(afterCommand count: Int) -> SimulatorFault {
        SimulatorFault(kind: .dropConnection(count))
    }

    /// Accepts connections and bytes, and answers nothing; what was sent meanwhile is carried out after
    /// ``RouterOSSimulator/clearFaults()``.
    public static let stall = SimulatorFault(kind: .stall)

    /// Answers every piece of data with bytes that are no RouterOS reply.
    public static let garbage = SimulatorFault(kind: .garbage)

    /// Refuses every login with the words of a wrong password.
    public static let refuseLogin = SimulatorFault(kind: .refuseLogin)

    /// Cuts the power and gives it back at once.
    ///
    /// Connections end without a word, hotspot sessions are lost together with what they have used so far, and the uptime begins
    /// anew. Tables stay.
    public static let powerCut = SimulatorFault(kind: .powerCut)
}
