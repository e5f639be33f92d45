public import RouterOSProtocol

/// Verbs that say how a row should be. They read first, so each may be called again after any outcome, an unknown one
/// too, without doing its work twice.
extension RouterOSCommands {
    /// Makes a row be there and be as it should, whatever is there now.
    ///
    /// Someone who adds or removes the same row between the reading and the writing loses nothing: what is there then is
    /// read again and brought into line, up to three times. A write whose outcome is unknown, because no answer came in
    /// time, is read back once.
    ///
    /// - Parameters:
    ///   - row: what the row should be; what is nil in it is left as it is.
    ///   - keys: the attributes that tell which row is meant, all of them set in `row`; `Row.key` when empty. A hotspot
    ///     user's name is unique on its server only: `["name", "server"]`. Of several rows that have them, one of ours is
    ///     meant, the one that differs least.
    ///   - isOurs: whether a row that is found may be changed; one that may not is a `conflict`.
    ///   - adoptsForeign: whether a row that is not ours becomes so instead: it is changed like one of ours, the mark
    ///     that `row` carries (its comment, say) included.
    /// - Returns: what it took.
    /// - Throws: ``RouterOSError``, `invalidCommand` when a key is not set.
    public func ensure<Row: WritableRouterOSRow>(
        _ row: Row,
        by keys: [String] = [],
        isOurs: (Row) -> Bool = { _ in true },
        adoptsForeign: Bool = false
    ) async throws -> Ensured<Row> {
        let query = try naturalKey(of: row, keys)
        return try await afresh {
            guard let existing = try await find(query, row, isOurs) else { return try await create(row, query) }
            guard isOurs(existing) || adoptsForeign else { return .conflict(existing: existing) }
            return try await fix(existing, to: row)
        }
    }

    /// Makes a row be gone, and whoever is online by it.
    ///
    /// A router does not end the sessions of a hotspot user or PPP secret that is removed: this does, cookies included.
    ///
    /// - Parameters:
    ///   - type: the menu.
    ///   - key: the value of `Row.key`.
    ///   - isOurs: whether a row may be removed; if any that is found may not, nothing is.
    /// - Returns: what it took.
    /// - Throws: ``RouterOSError``.
    @discardableResult
    public func ensureAbsent<Row: WritableRouterOSRow>(
        _ type: Row.Type,
        _ key: String,
        isOurs: (Row) -> Bool = { _ in true }
    ) async throws -> EnsuredAbsence<Row> {
        let query = RowQuery<Row>(.equal(Row.key, key))
        let found = try await print(Row.self, where: query).collect()
        if let foreign = found.first(where: { !isOurs($0) }) { return .conflict(existing: foreign) }
        let ids = try found.map { try id(of: $0) }
        do {
            try await remove(ids, of: Row.self)
        } catch let error as RouterOSError where error.leavesOutcomeUnknown {
            guard let left = try? await print(Row.self, where: query).collect(), left.isEmpty else { throw error }
        }
        try await endSessions(of: Row.self, key)
        return ids.isEmpty ? .absent : .removed(ids)
    }

    /// Makes a row that is there be switched off (each, where servers have one of that name), and nobody be online by
    /// it.
    ///
    /// A router does not end the sessions of a hotspot user or PPP secret that is disabled: this does, cookies
    /// included, after it has been disabled, so that nobody comes back. Sessions that a RADIUS server allowed go on.
    ///
    /// - Parameters:
    ///   - type: the menu.
    ///   - key: the value of `Row.key`.
    ///   - isOurs: whether a row may be changed; if any that is found may not, it is a `conflict` and nothing is.
    /// - Returns: `unchanged`, `updated` or `conflict`.
    /// - Throws: ``RouterOSError``, `noSuchItem` when there is no such row.
    @discardableResult
    public func ensureDisabled<Row: WritableRouterOSRow>(
        _ type: Row.Type,
        _ key: String,
        isOurs: (Row) -> Bool = { _ in true }
    ) async throws -> Ensured<Row> {
        let outcome = try await ensure(Row.self, key, isDisabled: true, isOurs)
        if case .conflict = outcome { return outcome }
        try await endSessions(of: Row.self, key)
        return outcome
    }

    /// Makes a row that is there be switched on.
    ///
    /// - Parameters:
    ///   - type: the menu.
    ///   - key: the value of `Row.key`.
    ///   - isOurs: whether a row may be changed; if any that is found may not, it is a `conflict` and nothing is.
    /// - Returns: `unchanged`, `updated` or `conflict`.
    /// - Throws: ``RouterOSError``, `noSuchItem` when there is no such row.
    @discardableResult
    public func ensureEnabled<Row: WritableRouterOSRow>(
        _ type: Row.Type,
        _ key: String,
        isOurs: (Row) -> Bool = { _ in true }
    ) async throws -> Ensured<Row> {
        try await ensure(Row.self, key, isDisabled: false, isOurs)
    }

    private func ensure<Row: WritableRouterOSRow>(
        _ type: Row.Type,
        _ key: String,
        isDisabled: Bool,
        _ isOurs: (Row) -> Bool
    ) async throws -> Ensured<Row> {
        let ensured: Ensured<Row>? = try await afresh {
            let found = try await print(Row.self, where: RowQuery(.equal(Row.key, key))).collect()
            let ids = try found.map { try id(of: $0) }
            guard let first = ids.first else { return nil }
            if let foreign = found.first(where: { !isOurs($0) }) { return .conflict(existing: foreign) }
            // Not every type has the flag, so it is not read.
            let isOn = AttributeKey<Row, Bool>("disabled") == true
            let isWrong = RowQuery<Row>(.equal(Row.key, key)) && (isDisabled ? !isOn : isOn)
            guard try await count(Row.self, where: isWrong) > 0 else { return .unchanged(first) }
            do {
                if isDisabled {
                    try await disable(ids, of: Row.self)
                } else {
                    try await enable(ids, of: Row.self)
                }
            } catch let error as RouterOSError where error.leavesOutcomeUnknown {
                guard let left = try? await count(Row.self, where: isWrong), left == 0 else { throw error }
            }
            return .updated(first, changed: ["disabled"])
        }
        guard let ensured else {
            throw RouterOSError(
                .noSuchItem,
                "there is no \"\(key)\" in \(Row.menu)",
                isSafeToRetry: true,
                endpoint: endpoint
            )
        }
        return ensured
    }

    /// Reads and writes, and does both again when somebody else has added or removed a row in between.
    ///
    /// Not for ever: two who undo each other's work would never end.
    private func afresh<Result>(_ attempt: () async throws -> Result) async throws -> Result {
        for _ in 1..<3 {
            do {
                return try await attempt()
            } catch let error as RouterOSError where error.code == .duplicate || error.code == .noSuchItem {
                continue
            }
        }
        return try await attempt()
    }

    /// Adds a row that was not found.
    private func create<Row: WritableRouterOSRow>(_ row: Row, _ query: RowQuery<Row>) async throws -> Ensured<Row> {
        do {
            return .created(try await add(row))
        } catch let error as RouterOSError where error.leavesOutcomeUnknown {
            guard let existing = try? await find(query, row, { row.drift(from: $0).isEmpty }), let id = existing.id,
                row.drift(from: existing).isEmpty
            else { throw error }
            return .created(id)
        }
    }

    /// Brings a row that was found into line.
    private func fix<Row: WritableRouterOSRow>(_ existing: Row, to row: Row) async throws -> Ensured<Row> {
        let id = try id(of: existing)
        let changed = row.drift(from: existing)
        guard !changed.isEmpty else { return .unchanged(id) }
        var wanted = Attributes()
        row.write(to: &wanted)
        do {
            try await set(id, of: Row.self) { attributes in
                for name in changed { if let bytes = wanted.bytes(name) { attributes.set(name, bytes: bytes) } }
            }
        } catch let error as RouterOSError where error.leavesOutcomeUnknown {
            let query = RowQuery<Row>(.equal(".id", id.rawValue))
            guard let now = try? await find(query, row, { _ in true }), row.drift(from: now).isEmpty else {
                throw error
            }
        }
        return .updated(id, changed: changed)
    }

    private func id<Row: WritableRouterOSRow>(of row: Row) throws -> ItemID {
        if let id = row.id { return id }
        throw RouterOSError(
            .malformedRow,
            "a row of \(Row.menu) came without \".id\" and cannot be changed. Does `properties` name it?",
            isSafeToRetry: true,
            endpoint: endpoint
        )
    }

    /// The row that is meant: of several one of ours, and of those the one that differs least.
    private func find<Row: WritableRouterOSRow>(
        _ query: RowQuery<Row>,
        _ wanted: Row,
        _ isOurs: (Row) -> Bool
    ) async throws -> Row? {
        var attributes = Attributes()
        wanted.write(to: &attributes)
        // What is asked for on request only has to be seen too where it is to be compared.
        let extra = attributes.all.map(\.name).filter { !Row.properties.contains($0) }
        let rows = try await print(Row.self, including: extra, where: query).collect()
        let ours = rows.filter(isOurs)
        let drifts = (ours.isEmpty ? rows : ours).map { (row: $0, count: wanted.drift(from: $0).count) }
        return drifts.min { $0.count < $1.count }?.row
    }

    private func naturalKey<Row: WritableRouterOSRow>(of row: Row, _ keys: [String]) throws -> RowQuery<Row> {
        var wanted = Attributes()
        row.write(to: &wanted)
        return RowQuery(
            .all(
                try (keys.isEmpty ? [Row.key] : keys).map { key in
                    guard let attribute = wanted.all.first(where: { $0.name == key }), !attribute.value.isEmpty else {
                        throw RouterOSError(
                            .invalidCommand,
                            "a row of \(Row.menu) needs its \"\(key)\" to be found by",
                            isSafeToRetry: true,
                            endpoint: endpoint
                        )
                    }
                    let isEqual = Query.equal(key, attribute.bytes)
                    return attribute.meansNothing ? isEqual || .absent(key) : isEqual
                }
            )
        )
    }
}

extension RouterOSError {
    /// Whether the command may or may not have taken effect.
    var leavesOutcomeUnknown: Bool {
        guard !isSafeToRetry else { return false }
        return [.deadlineExceeded, .connectionClosed, .actionTimedOut, .fatal].contains(code)
    }
}
