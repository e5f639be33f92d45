/// Turns what a router shows into sessions: which began, which go on, which are over.
public struct SessionFold: Hashable, Sendable {
    /// How far the moment at which a session must have begun may wander between two looks, because both clocks are read
    /// to the second; what the reading took comes on top.
    public var startTolerance: Duration

    /// A change to the stored sessions.
    public enum Change: Hashable, Sendable {
        /// A session that was not known.
        case began(NetworkSession)
        /// A session that was seen again, with what it used since it was last seen.
        case continued(NetworkSession, since: Timestamp, bytesIn: Int64, bytesOut: Int64)
        /// A session that is over.
        case ended(NetworkSession)
    }

    /// Creates a fold; ten seconds of tolerance by default.
    public init(startTolerance: Duration = .seconds(10)) { self.startTolerance = startTolerance }

    /// Folds one reading into the open sessions of its router.
    ///
    /// Sessions that began before a restart of the router are over. What is shown and was known goes on; what is shown
    /// with a later beginning is another session, and the one it replaces is over. What is not shown is over only if
    /// sessions of its kind were read in full. A reading from before a session was last seen says nothing about it. A
    /// router that cannot be reached gives no reading, so nothing ends.
    ///
    /// - Parameters:
    ///   - reading: What the router showed.
    ///   - open: All open sessions of that router as they are stored.
    ///   - tenant: The tenant of the router.
    ///   - identifier: Makes the identity of a new session.
    /// - Returns: The changes, ends first.
    public func fold(
        _ reading: SessionReading,
        into open: [NetworkSession],
        tenant: Identifier<Tenant>,
        identifier: () throws -> Identifier<NetworkSession>
    ) rethrows -> [Change] {
        let known = open.filter { $0.router == reading.router && $0.isOpen }
        guard !known.contains(where: { $0.routerEpoch > reading.routerEpoch }) else { return [] }
        // A router that takes a minute to answer has counted the session's time somewhere in that minute.
        let tolerance = startTolerance + min(reading.at - reading.begunAt, Self.longestReading)
        var ends: [Change] = []
        var others: [Change] = []
        var candidates: [Key: [NetworkSession]] = [:]
        for session in known {
            if session.routerEpoch < reading.routerEpoch {
                ends.append(Self.ended(session, .routerRestarted))
            } else {
                candidates[Key(session.subject, session.kind, session.hardwareAddress), default: []].append(session)
            }
        }
        for observed in reading.sessions {
            let key = Key(observed.subject, observed.kind, observed.hardwareAddress)
            let start = reading.at - observed.uptime
            if let index = match(start, in: candidates[key] ?? [], tolerance) {
                if let session = candidates[key]?.remove(at: index) {
                    if let change = Self.continued(session, observed, at: reading.at) { others.append(change) }
                }
            } else if !(candidates[key] ?? []).contains(where: { $0.lastSeenAt > reading.at }) {
                others.append(
                    .began(NetworkSession(id: try identifier(), tenant: tenant, of: observed, in: reading))
                )
            }
        }
        let shown = Set(reading.sessions.map { Key($0.subject, $0.kind, $0.hardwareAddress) })
        for session in known where session.routerEpoch == reading.routerEpoch && session.lastSeenAt <= reading.at {
            let key = Key(session.subject, session.kind, session.hardwareAddress)
            guard candidates[key]?.contains(session) == true else { continue }
            if reading.completeKinds.contains(session.kind) {
                ends.append(Self.ended(session, shown.contains(key) ? .replaced : .vanished))
            }
        }
        return ends + others
    }

    /// What a reading takes beyond this makes sessions no more alike.
    private static let longestReading = Duration.seconds(300)

    private func match(_ start: Timestamp, in sessions: [NetworkSession], _ tolerance: Duration) -> Int? {
        var best: (index: Int, distance: Duration)?
        for (index, session) in sessions.enumerated() {
            let drift = start - session.startedAt
            let distance = drift < .zero ? .zero - drift : drift
            // What began before it was last seen is no other session, however far both clocks have drifted apart since.
            guard distance <= tolerance || start <= session.lastSeenAt - tolerance else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (index, distance) }
        }
        return best?.index
    }

    private static func ended(_ session: NetworkSession, _ reason: NetworkSession.EndReason) -> Change {
        var session = session
        session.close(reason)
        return .ended(session)
    }

    private static func continued(
        _ session: NetworkSession,
        _ observed: ObservedSession,
        at instant: Timestamp
    ) -> Change? {
        guard instant >= session.lastSeenAt else { return nil }
        var next = session
        next.observe(observed, at: instant)
        return .continued(
            next,
            since: session.lastSeenAt,
            bytesIn: next.bytesIn.saturatingSubtracting(session.bytesIn),
            bytesOut: next.bytesOut.saturatingSubtracting(session.bytesOut)
        )
    }

    private struct Key: Hashable {
        let subject: SessionSubject
        let kind: SessionKind
        let hardwareAddress: String?

        init(_ subject: SessionSubject, _ kind: SessionKind, _ hardwareAddress: String?) {
            self.subject = subject
            self.kind = kind
            self.hardwareAddress = hardwareAddress
        }
    }
}
