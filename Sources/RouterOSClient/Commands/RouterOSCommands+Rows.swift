public import RouterOSProtocol

extension RouterOSCommands {
    /// Runs any command with attributes, for menus without a Swift type.
    ///
    /// - Throws: ``RouterOSError``, `invalidCommand` when an attribute's name cannot be one; otherwise as
    ///   ``run(_:deadline:)``.
    public func run(_ path: String, _ attributes: KeyValuePairs<String, String> = [:]) async throws -> Answer {
        try await run(command(path, attributes))
    }

    /// The rows of any command with attributes as they come, for menus without a Swift type.
    ///
    /// Nothing is sent before the first row is asked for, which throws `invalidCommand` when an attribute's name cannot be
    /// one; otherwise as ``stream(_:deadline:)``.
    public nonisolated func stream(
        _ path: String,
        _ attributes: KeyValuePairs<String, String> = [:]
    ) -> AnswerStream {
        do {
            return stream(try command(path, attributes))
        } catch {
            return AnswerStream { throw error }
        }
    }

    private nonisolated func command(
        _ path: String,
        _ attributes: KeyValuePairs<String, String>
    ) throws(RouterOSError) -> Command {
        for (name, _) in attributes where !Attributes.isValidName(name) {
            throw RouterOSError(
                .invalidCommand,
                "\"\(name)\" cannot be the name of an attribute",
                isSafeToRetry: true,
                endpoint: endpoint
            )
        }
        return Command(path) { for (name, value) in attributes { $0[name] = value } }
    }

    /// The record of a menu that holds one, such as `/system/identity`.
    public func get<Row: RouterOSRow>(_ type: Row.Type = Row.self) async throws -> Row {
        guard let row = try await run(.print(Row.menu, properties: Row.properties)).rows.first else {
            throw RouterOSError(
                .malformedRow,
                "\(Row.menu) has no record. Check the RouterOS version.",
                endpoint: endpoint
            )
        }
        return try Row(row)
    }

    /// The rows of a menu that match `query`, all of them without one.
    ///
    /// Nothing is sent before the first row is asked for.
    ///
    /// - Parameters:
    ///   - type: the rows.
    ///   - extra: attributes to ask for beside `Row.properties`: those of a type that are read on request only.
    ///   - query: the rows that are meant.
    /// - Returns: the rows as they come.
    public nonisolated func print<Row: RouterOSRow>(
        _ type: Row.Type = Row.self,
        including extra: [String] = [],
        where query: RowQuery<Row>? = nil
    ) -> RowSequence<Row> {
        RowSequence(stream(.print(Row.menu, properties: Row.properties + extra, where: query?.query)))
    }

    /// The number of rows of a menu that match `query`, counted by the router.
    public func count<Row: RouterOSRow>(_ type: Row.Type, where query: RowQuery<Row>? = nil) async throws -> Int {
        var command = Command(Row.menu + "/print") { $0.flag("count-only") }
        command.query = query?.query
        guard let text = try await run(command).returned, let count = Int(text) else {
            throw RouterOSError(.malformedRow, "\(Row.menu) did not return a count", endpoint: endpoint)
        }
        return count
    }

    /// Adds a row and returns its id.
    ///
    /// When this throws `deadlineExceeded` or `connectionClosed` the row may exist all the same: read back by its key.
    @discardableResult
    public func add<Row: WritableRouterOSRow>(_ row: Row) async throws -> ItemID {
        guard let id = try await run(Command(Row.menu + "/add") { row.write(to: &$0) }).returned else {
            throw RouterOSError(.malformedRow, "\(Row.menu)/add returned no id", endpoint: endpoint)
        }
        return ItemID(id)
    }

    /// Sets attributes of a row.
    public func set<Row: WritableRouterOSRow>(
        _ id: ItemID,
        of type: Row.Type,
        _ build: (inout Attributes) -> Void
    ) async throws {
        let command = Command(Row.menu + "/set") { attributes in
            build(&attributes)
            attributes[".id"] = id.rawValue
        }
        _ = try await run(command)
    }

    /// Removes a row; one that is gone already is no error.
    public func remove<Row: RouterOSRow>(_ id: ItemID, of type: Row.Type) async throws {
        do {
            _ = try await run(Command(Row.menu + "/remove") { $0[".id"] = id.rawValue })
        } catch let error as RouterOSError where error.code == .noSuchItem {
            return
        }
    }
}
