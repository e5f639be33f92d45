public import RouterOSProtocol

extension RouterOSCommands {
    /// Ends every session of a row that people log in by: a ``HotspotUser`` or a ``PPPSecret``; nothing for other rows.
    ///
    /// A hotspot user's cookies go first, or its devices would be logged back in by them. Sessions that a RADIUS server
    /// allowed are not the row's and go on. Who is still allowed may log in again at once: disable first.
    ///
    /// - Parameters:
    ///   - type: the menu.
    ///   - key: the value of `Row.key`, the name.
    /// - Throws: ``RouterOSError``; a session that is gone already is no error.
    public func endSessions<Row: WritableRouterOSRow>(of type: Row.Type, _ key: String) async throws {
        switch Row.menu {
        case HotspotUser.menu:
            try await removeAll(HotspotCookie.self, where: .user == key)
            try await removeAll(HotspotActive.self, where: .user == key && !(.radius == true))
        case PPPSecret.menu:
            try await removeAll(PPPActive.self, where: .name == key && !(.radius == true))
        default:
            return
        }
    }

    private func removeAll<Row: RouterOSRow>(_ type: Row.Type, where query: RowQuery<Row>) async throws {
        let answer: Answer
        do {
            answer = try await run(.print(Row.menu, properties: [".id"], where: query.query))
        } catch let error as RouterOSError where error.code == .noSuchCommand {
            // A router without the menu has none of its rows.
            return
        }
        try await remove(answer.rows.compactMap { $0[".id"].map { ItemID($0) } }, of: Row.self)
    }
}
