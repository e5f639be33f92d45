import BillingDomain
import RouterOSClient
import RouterOSProtocol

/// The open sessions of some names on one router.
///
/// Those that a RADIUS server let in are not ours and go on.
struct Sessions {
    let router: any RouterOSCommands

    /// Ends every session of the names; a hotspot user's cookies go first, or its devices would be back at once.
    ///
    /// A refusal of one does not keep the others from being ended: it is returned, in the router's words.
    @discardableResult
    func end(_ names: Set<String>, _ kind: ServiceKind) async throws -> String? {
        guard !names.isEmpty else { return nil }
        switch kind {
        case .hotspot:
            async let sessions = rows(HotspotActive.self, of: names)
            async let cookies = rows(HotspotCookie.self, of: names)
            let refusal = try await remove(cookies.map(\.id), of: HotspotCookie.self)
            return try await remove(sessions.map(\.id), of: HotspotActive.self) ?? refusal
        case .pppoe:
            return try await remove(rows(PPPActive.self, of: names).map(\.id), of: PPPActive.self)
        }
    }

    /// Removes what it can, and says what the router said about what it could not.
    private func remove<Row: RouterOSRow>(_ ids: [ItemID], of type: Row.Type) async throws -> String? {
        do {
            try await router.remove(ids, of: Row.self)
            return nil
        } catch let error as RouterOSError where error.isRefusal {
            // All of them in one command, so one that may not be removed keeps the others.
            guard ids.count > 1 else { return error.message }
            var refusal: String?
            for id in ids { refusal = try await remove([id], of: Row.self) ?? refusal }
            return refusal
        }
    }

    /// Those of the names that have an open session.
    func online(_ names: Set<String>, _ kind: ServiceKind) async throws -> Set<String> {
        guard !names.isEmpty else { return [] }
        return switch kind {
        case .hotspot: Set(try await rows(HotspotActive.self, of: names).map(\.name))
        case .pppoe: Set(try await rows(PPPActive.self, of: names).map(\.name))
        }
    }

    private func rows<Row: RouterOSRow>(
        _: Row.Type,
        of names: Set<String>
    ) async throws -> [(id: ItemID, name: String)] {
        let key = Row.menu == PPPActive.menu ? "name" : "user"
        let query = Query.any(names.sorted().map { Query.equal(key, $0) })
        do {
            let command = Command.print(Row.menu, properties: [".id", key, "radius"], where: query)
            return try await router.run(command).rows.compactMap { row in
                guard let id = row[".id"], let name = row[key], row["radius"] != "true", row["radius"] != "yes" else {
                    return nil
                }
                return (ItemID(id), name)
            }
        } catch let error as RouterOSError where error.code == .noSuchCommand {
            // A router without the menu has none of its rows.
            return []
        }
    }
}
