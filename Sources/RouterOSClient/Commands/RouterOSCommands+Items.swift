public import RouterOSProtocol

/// Verbs for rows whose ids are known, several of them in one command.
extension RouterOSCommands {
    /// Changes the record of a menu that holds one; what is nil in `settings` is left as it is.
    ///
    /// - Throws: ``RouterOSError``.
    public func update<Settings: RouterOSSettings>(_ settings: Settings) async throws {
        _ = try await run(Command(Settings.menu + "/set") { settings.write(to: &$0) })
    }

    /// Switches rows on; sends nothing when there are none.
    ///
    /// - Throws: ``RouterOSError``, `noSuchItem` when one is gone.
    public func enable<Row: RouterOSRow>(_ ids: some Sequence<ItemID>, of type: Row.Type) async throws {
        try await run("enable", of: Row.self, ids)
    }

    /// Switches rows off; sends nothing when there are none.
    ///
    /// Does not end sessions, as
    /// ``ensureDisabled(_:_:isOurs:)`` does.
    ///
    /// - Throws: ``RouterOSError``, `noSuchItem` when one is gone.
    public func disable<Row: RouterOSRow>(_ ids: some Sequence<ItemID>, of type: Row.Type) async throws {
        try await run("disable", of: Row.self, ids)
    }

    /// Removes rows, in one command; rows that are gone already are no error.
    ///
    /// - Throws: ``RouterOSError``.
    public func remove<Row: RouterOSRow>(_ ids: some Sequence<ItemID>, of type: Row.Type) async throws {
        let ids = Array(ids)
        do {
            try await run("remove", of: Row.self, ids)
        } catch let error as RouterOSError where error.code == .noSuchItem && ids.count > 1 {
            // One that is gone stops the command; which ones went before it is not said.
            for id in ids { try await remove(id, of: Row.self) }
        } catch let error as RouterOSError where error.code == .noSuchItem {
            return
        }
    }

    /// Sets the counters of rows to zero; sends nothing when there are none.
    ///
    /// Counters of a hotspot user stand against its limits: a reset gives everything back.
    ///
    /// - Throws: ``RouterOSError``, `noSuchCommand` for menus that cannot.
    public func resetCounters<Row: RouterOSRow>(of ids: some Sequence<ItemID>, in type: Row.Type) async throws {
        try await run("reset-counters", of: Row.self, ids)
    }

    /// Moves rows of a menu in which order matters before another one, to the end when that is nil.
    ///
    /// - Throws: ``RouterOSError``, `noSuchCommand` for menus without an order.
    public func move<Row: RouterOSRow>(
        _ ids: some Sequence<ItemID>,
        before destination: ItemID?,
        of type: Row.Type
    ) async throws {
        let list = ids.map(\.rawValue).joined(separator: ",")
        guard !list.isEmpty else { return }
        _ = try await run(
            Command(Row.menu + "/move") {
                $0["numbers"] = list
                $0["destination"] = destination?.rawValue
            }
        )
    }

    /// Takes an attribute of a row away, so that the row has its default.
    ///
    /// Menus without the verb `unset` are sent an empty value, which means the same there.
    ///
    /// - Throws: ``RouterOSError``, `invalidValue` when the attribute cannot be empty.
    public func unset<Row: WritableRouterOSRow>(
        _ attribute: String,
        of id: ItemID,
        in type: Row.Type
    ) async throws {
        guard Attributes.isValidName(attribute) else {
            throw RouterOSError(
                .invalidCommand,
                "\"\(attribute)\" cannot be the name of an attribute",
                isSafeToRetry: true,
                endpoint: endpoint
            )
        }
        do {
            _ = try await run(
                Command(Row.menu + "/unset") {
                    $0[".id"] = id.rawValue
                    $0["value-name"] = attribute
                }
            )
        } catch let error as RouterOSError where error.code == .noSuchCommand {
            try await set(id, of: Row.self) { $0[attribute] = "" }
        }
    }

    private func run<Row: RouterOSRow>(
        _ verb: String,
        of type: Row.Type,
        _ ids: some Sequence<ItemID>
    ) async throws {
        let list = ids.map(\.rawValue).joined(separator: ",")
        guard !list.isEmpty else { return }
        _ = try await run(Command("\(Row.menu)/\(verb)") { $0[".id"] = list })
    }
}
