/// Something that goes wrong with a router or on the way to it.
///
/// A fault has a ``name`` with its parameters as text, by which a file or another program asks for it: `latency uniform 10ms 40ms`.
/// Durations in names are whole numbers with a unit, `ns`, `us`, `ms`, `s`, `m`, `h` or `d`. What is random about a fault comes from
/// the simulator's seed and from nothing else.
///
/// Three kinds of faults differ in when they end. Those that last are in force until
/// ``RouterOSSimulator/clear(_:)``; another one of the same kind takes their place. Those that wait for a command happen once and are
/// in force until then. The others happen at once and are never in force.
///
/// ```swift
/// router.inject(.latency(from: .milliseconds(10), to: .milliseconds(40)))
/// router.inject(.trap(atCommand: 3, "failure: router is busy"))
/// router.inject(.reboot(downFor: .seconds(60)), after: .seconds(3_600))
/// ```
public struct SimulatorFault: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case latency(Latency)
        case requestKnee(RequestKnee?)
        case stall, blackHole, refuseConnections, garbage, refuseLogin
        case oneByte(every: Duration)
        case lateFlash(every: Duration)
        case humanEdits(every: Duration)
        case clockDrift(Int)
        case dropConnection(Int)
        case loseCommand(Int)
        case fatal(Int)
        case trap(Int, String)
        case resetConnection(Int)
        case wrongByte(Int)
        case powerCut(Duration)
        case reboot(Duration)
        case factoryReset(keepsUser: Bool)
        case clockJump(Duration)
        case certificateChange
    }

    let kind: Kind

    // MARK: Those that last

    /// Every answer is late by the same time; `latency fixed 20ms`.
    ///
    /// The order of the answers of a connection never changes, whatever the latency.
    public static func latency(_ delay: Duration) -> SimulatorFault {
        SimulatorFault(kind: .latency(.fixed(delay.faultSpan)))
    }

    /// Every answer is late by a random time between two; `latency uniform 10ms 40ms`.
    public static func latency(from least: Duration, to most: Duration) -> SimulatorFault {
        let (least, most) = (least.faultSpan, most.faultSpan)
        return SimulatorFault(kind: .latency(.uniform(min(least, most), max(least, most))))
    }

    /// Half of the answers are late by less than the median, a few by very much more; `latency heavy-tail 10ms 2s`.
    ///
    /// One answer in a hundred takes fifty times the median, one in a thousand five hundred times, as on a mobile link.
    ///
    /// - Parameters:
    ///   - median: what half of the answers stay below.
    ///   - longest: what no answer exceeds.
    /// - Returns: the fault.
    public static func latency(median: Duration, longest: Duration) -> SimulatorFault {
        SimulatorFault(kind: .latency(.heavyTail(median: median.faultSpan, longest: longest.faultSpan)))
    }

    /// Answers in a millisecond until 120 to 220 commands have come, and then in 20; `request-knee`.
    ///
    /// So do virtual routers of the seventh generation. All connections share the knee, about 130 commands a second go through it, and
    /// it clears when no command has come for a second.
    public static let requestKnee = SimulatorFault(kind: .requestKnee(nil))

    /// Answers in a millisecond until so many commands have come, and then after a delay; `request-knee 150 20ms`.
    ///
    /// - Parameters:
    ///   - count: how many commands are fast.
    ///   - delay: what each later one takes; those of several connections overlap, up to three at a time.
    /// - Returns: the fault.
    public static func requestKnee(after count: Int, delay: Duration) -> SimulatorFault {
        SimulatorFault(kind: .requestKnee(RequestKnee(after: max(0, count), delay: delay.faultSpan)))
    }

    /// Accepts connections and bytes, and answers nothing; what was sent meanwhile is carried out after
    /// ``RouterOSSimulator/clearFaults()``; `stall`.
    ///
    /// The router reads 256 KiB of each connection meanwhile; what is beyond waits in the network, and the client has to wait with it.
    public static let stall = SimulatorFault(kind: .stall)

    /// Accepts connections, and loses every byte that comes and every byte that would leave; `black-hole`.
    ///
    /// A connection that lost something stays lost when the fault is over; a new one works.
    public static let blackHole = SimulatorFault(kind: .blackHole)

    /// Accepts no connection: the ports are closed; `refuse-connections`.
    ///
    /// Connections that stand go on.
    public static let refuseConnections = SimulatorFault(kind: .refuseConnections)

    /// Answers every command with bytes that are no RouterOS reply; `garbage`.
    public static let garbage = SimulatorFault(kind: .garbage)

    /// Refuses every login with the words of a wrong password; `refuse-login`.
    public static let refuseLogin = SimulatorFault(kind: .refuseLogin)

    /// Sends answers one byte at a time; `one-byte 1ms`.
    ///
    /// - Parameter interval: the time between two bytes, a microsecond at least.
    /// - Returns: the fault.
    public static func oneByteAtATime(every interval: Duration = .milliseconds(1)) -> SimulatorFault {
        SimulatorFault(kind: .oneByte(every: max(.microseconds(1), interval.faultSpan)))
    }

    /// Writes the configuration to flash only now and then, so that ``powerCut`` loses what came after; `late-flash 10s`.
    ///
    /// A reboot in good order loses nothing.
    ///
    /// - Parameter interval: the time between two writes, a millisecond at least.
    /// - Returns: the fault.
    public static func lateFlash(every interval: Duration = .seconds(10)) -> SimulatorFault {
        SimulatorFault(kind: .lateFlash(every: max(.milliseconds(1), interval.faultSpan)))
    }

    /// Somebody edits rows by hand now and then: comments, passwords, disables, adds or removes users; `human-edits 1m`.
    ///
    /// - Parameter interval: the mean time between two edits, a millisecond at least.
    /// - Returns: the fault.
    public static func humanEdits(every interval: Duration) -> SimulatorFault {
        SimulatorFault(kind: .humanEdits(every: max(.milliseconds(1), interval.faultSpan)))
    }

    /// The router's clock runs too fast by so many millionths, or by a negative number too slow; `clock-drift 50`.
    ///
    /// What it has gained stays when the fault is over, until somebody sets the clock or the network does after a start.
    ///
    /// - Parameter partsPerMillion: from -100 000 to 100 000; what is beyond counts as the nearest of these. A second a day are 12.
    /// - Returns: the fault.
    public static func clockDrift(partsPerMillion: Int) -> SimulatorFault {
        SimulatorFault(kind: .clockDrift(max(-100_000, min(partsPerMillion, 100_000))))
    }

    // MARK: Those that wait for a command

    /// Carries out the `count`-th command from now on, whichever connection it comes from, then ends that connection instead of
    /// answering: the client cannot know whether it took effect; `drop-after 3`.
    ///
    /// Happens once. What clients send of their own accord, `/login`, `/cancel` and
    /// `/quit`, does not count; a count below 1 is 1.
    public static func dropConnection(afterCommand count: Int) -> SimulatorFault {
        SimulatorFault(kind: .dropConnection(max(1, count)))
    }

    /// Ends the connection when the `count`-th command from now on comes, without carrying it out; `drop-before 3`.
    ///
    /// The client sees the same as with ``dropConnection(afterCommand:)``. What clients send of their own accord, `/login`, `/cancel` and
    /// `/quit`, does not count; a count below 1 is 1.
    public static func dropConnection(beforeCommand count: Int) -> SimulatorFault {
        SimulatorFault(kind: .loseCommand(max(1, count)))
    }

    /// Answers the `count`-th command from now on with `!fatal` and ends its connection; `fatal 3`.
    ///
    /// The command is not carried out. What clients send of their own accord, `/login`, `/cancel` and
    /// `/quit`, does not count; a count below 1 is 1.
    public static func fatal(atCommand count: Int) -> SimulatorFault {
        SimulatorFault(kind: .fatal(max(1, count)))
    }

    /// Refuses the `count`-th command from now on with words of yours; `trap 3 failure: router is busy`.
    ///
    /// The command is not carried out. What clients send of their own accord, `/login`, `/cancel` and
    /// `/quit`, does not count; a count below 1 is 1.
    public static func trap(atCommand count: Int, _ message: String) -> SimulatorFault {
        SimulatorFault(kind: .trap(max(1, count), message))
    }

    /// Breaks the connection (a TCP reset) when so many bytes of the next answer have left; `reset-after 7`.
    ///
    /// The command is carried out. A shorter answer arrives whole, and then the connection breaks. What clients
    /// send of their own accord, `/login`, `/cancel` and `/quit`, does not count.
    public static func resetConnection(afterBytes count: Int) -> SimulatorFault {
        SimulatorFault(kind: .resetConnection(max(0, count)))
    }

    /// Alters one byte of the next answer, the one behind so many; `wrong-byte 7`.
    ///
    /// Of a shorter answer it is the last one. What clients send of their own accord, `/login`, `/cancel` and `/quit`, does
    /// not count.
    public static func wrongByte(afterBytes count: Int) -> SimulatorFault {
        SimulatorFault(kind: .wrongByte(max(0, count)))
    }

    // MARK: Those that happen at once

    /// Cuts the power and gives it back at once; `power-cut`.
    ///
    /// Connections end without a word, hotspot sessions are lost together with what they have used so far, dynamic rows go and their
    /// ids are used again; the uptime, the log and the counters of interfaces and queues begin anew. The clock says 1970 until it is
    /// set over the network half a minute later. Tables stay, but for what ``lateFlash(every:)`` has not written. What was said and
    /// has not left yet is lost. A router that is off stays off, as with every fault that restarts it.
    public static let powerCut = SimulatorFault(kind: .powerCut(.zero))

    /// Cuts the power for a time, in which nobody can connect; `power-cut 30s`.
    public static func powerCut(downFor downtime: Duration) -> SimulatorFault {
        SimulatorFault(kind: .powerCut(downtime.faultSpan))
    }

    /// Restarts the router in good order; `reboot 60s`.
    ///
    /// As a power cut, but the figures of sessions reach their users and all configuration is kept.
    ///
    /// - Parameter downtime: how long nobody can connect.
    /// - Returns: the fault.
    public static func reboot(downFor downtime: Duration = .zero) -> SimulatorFault {
        SimulatorFault(kind: .reboot(downtime.faultSpan))
    }

    /// Takes the router back to what it was when it left the factory, and restarts it; `factory-reset` or `factory-reset keep-user`.
    ///
    /// - Parameter keepsUser: whether the API's user survives; otherwise there is `admin` without a password alone.
    /// - Returns: the fault.
    public static func factoryReset(keepsUser: Bool = false) -> SimulatorFault {
        SimulatorFault(kind: .factoryReset(keepsUser: keepsUser))
    }

    /// Sets the router's clock forwards or, by a negative duration, back; `clock-jump -1h`.
    ///
    /// The date changes; what is under way does not.
    public static func clockJump(by distance: Duration) -> SimulatorFault {
        SimulatorFault(kind: .clockJump(distance.wholeNanoseconds))
    }

    /// Puts a new self-signed certificate in the place of the one that the TLS ports show; `certificate-change`.
    ///
    /// ``RouterOSSimulator/certificatePin`` is the new one's then, which is good for the same names, in the same versions of TLS. Ports of
    /// anonymous TLS get a certificate, connections that stand go on.
    public static let certificateChange = SimulatorFault(kind: .certificateChange)
}
