import Synchronization

extension RouterOSSimulator {
    /// The tables as text, for ``restoreTables(_:)``; sessions are no part of it.
    public func savedTables() -> String {
        process { String(decoding: SavedTables.text(of: $0), as: UTF8.self) }
    }

    /// Puts saved tables in the place of the present ones; whoever is online is offline then.
    ///
    /// - Throws: ``SimulatorError`` with code `malformedState`, and nothing is changed.
    public func restoreTables(_ text: String) throws(SimulatorError) {
        try state.withLock { state throws(SimulatorError) in
            try SavedTables.restore(Array(text.utf8), to: &state.router)
            settle(&state)
        }
    }

    /// Takes the tables from a file, if it is there, and from now on keeps them in it.
    ///
    /// The file is replaced as a whole, before the answer to the command that changed something leaves: after a `kill -9` it holds
    /// every change that was answered. It is not forced to the disk, so a power cut of the machine itself may lose changes.
    ///
    /// - Parameters:
    ///   - path: the file; its folder must exist.
    ///   - onFailure: called when the file cannot be written. Connections are dropped then instead of answered.
    /// - Throws: ``SimulatorError`` with code `file` or `malformedState`.
    public func keepTables(
        in path: String,
        onFailure: @escaping @Sendable (SimulatorError) -> Void = { _ in }
    ) throws(SimulatorError) {
        let file = TableFile(path: path, onFailure: onFailure)
        let text = try file.read()
        let isWritten = try state.withLock { state throws(SimulatorError) in
            if let text { try SavedTables.restore(text, to: &state.router) }
            state.tableFile = file
            state.savedRevision = state.router.revision
            // A file that is there is left alone until something changes: it may belong to a router that runs.
            return text != nil || file.write(SavedTables.text(of: state.router))
        }
        guard isWritten else {
            throw SimulatorError(.file, "\(path) cannot be written. Check the folder and its rights.")
        }
    }
}
