public import RouterOSProtocol

/// What it took to make a row be as it should.
public enum Ensured<Row: WritableRouterOSRow>: Sendable {
    /// There was none; it was added.
    case created(ItemID)
    /// It was right already.
    case unchanged(ItemID)
    /// It was there, and these attributes differed.
    case updated(ItemID, changed: [String])
    /// It was there and is somebody else's; it was left alone.
    case conflict(existing: Row)
}

extension WritableRouterOSRow {
    /// The attributes in which `existing` is not what this row asks for; what this row leaves open does not count.
    public func drift(from existing: Self) -> [String] {
        var wanted = Attributes()
        write(to: &wanted)
        var found = Attributes()
        existing.write(to: &found)
        return wanted.all.filter { attribute in
            guard let value = found.bytes(attribute.name) else {
                // A router hides passwords from users without the "sensitive" policy; it leaves out what was never set.
                return attribute.name != "password" && !attribute.bytes.isEmpty
            }
            return !value.elementsEqual(attribute.bytes)
        }.map(\.name)
    }
}

extension RouterOSConnection {
    /// Makes a row be there and be as it should, whatever is there now.
    ///
    /// Reads by the row's key first, so that it can be called again after an unknown outcome without doing its work twice.
    ///
    /// - Parameters:
    ///   - row: what the row should be; what is nil in it is left as it is.
    ///   - isOurs: whether a row that is found may be changed; one that may not is a `conflict`.
    /// - Returns: what it took.
    /// - Throws: ``RouterOSError``.
    public func ensure<Row: WritableRouterOSRow>(
        _ row: Row,
        isOurs: (Row) -> Bool = { _ in true }
    ) async throws -> Ensured<Row> {
        var wanted = Attributes()
        row.write(to: &wanted)
        guard let key = wanted[Row.key] else {
            throw RouterOSError(.invalidCommand, "a row of \(Row.menu) needs its \"\(Row.key)\"", isSafeToRetry: true)
        }
        guard let existing = try await print(Row.self, where: .equal(Row.key, key)).collect().first,
            let id = existing.id
        else { return .created(try await add(row)) }
        guard isOurs(existing) else { return .conflict(existing: existing) }
        let changed = row.drift(from: existing)
        guard !changed.isEmpty else { return .unchanged(id) }
        try await set(id, of: Row.self) { attributes in
            for name in changed { attributes[name] = wanted[name] }
        }
        return .updated(id, changed: changed)
    }
}
