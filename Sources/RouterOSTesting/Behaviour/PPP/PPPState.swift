/// Who is connected by PPP.
struct PPPState: Sendable {
    private(set) var sessions = Roster<UInt64, PPPSession>()
    /// How many sessions have each address: one, but for addresses that are written down twice.
    private var addresses: [UInt32: Int] = [:]
    private var idsOfName: [WireText: [UInt64]] = [:]
    /// Ids are counted from the last start of the router on, so a later session may have the id of an earlier one.
    private var lastID: UInt64 = 0

    subscript(id: UInt64) -> PPPSession? { sessions[id] }

    /// The sessions of a name, the oldest first.
    func ids(of name: WireText) -> [UInt64] { idsOfName[name] ?? [] }

    func hasAddress(_ address: UInt32) -> Bool { addresses[address] != nil }

    mutating func nextID() -> UInt64 {
        lastID += 1
        return lastID
    }

    mutating func insert(_ session: PPPSession) {
        guard sessions[session.id] == nil else { return }
        sessions.insert(session, for: session.id)
        addresses[session.address, default: 0] += 1
        idsOfName[session.name, default: []].append(session.id)
    }

    mutating func update(_ id: UInt64, _ change: (inout PPPSession) -> Void) { sessions.update(id, change) }

    mutating func remove(_ id: UInt64) -> PPPSession? {
        guard let session = sessions.remove(id) else { return nil }
        let rest = (addresses[session.address] ?? 1) - 1
        addresses[session.address] = rest > 0 ? rest : nil
        let ids = ids(of: session.name).filter { $0 != id }
        idsOfName[session.name] = ids.isEmpty ? nil : ids
        return session
    }
}
