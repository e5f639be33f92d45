public import RouterOSProtocol

extension RouterOSCommands {
    /// Saves the whole configuration on the router as `name.backup`; the ``RouterFile`` appears a little later.
    ///
    /// - Parameters:
    ///   - name: the file without its ending.
    ///   - password: encrypts the file; nil leaves it readable to whoever gets hold of it.
    /// - Throws: ``RouterOSError``.
    public func saveBackup(_ name: String, password: String?) async throws {
        _ = try await run(
            Command("/system/backup/save") {
                $0["name"] = name
                $0["password"] = password
                if password == nil { $0["dont-encrypt"] = "yes" }
            }
        )
    }

    /// Replaces the whole configuration by a saved one and restarts the router, which ends the connection.
    ///
    /// - Parameters:
    ///   - name: the file with its ending.
    ///   - password: what it was encrypted with; empty for a file that was not.
    /// - Throws: ``RouterOSError``; that the connection ended instead of an answer is none.
    public func loadBackup(_ name: String, password: String = "") async throws {
        do {
            _ = try await run(
                Command("/system/backup/load") {
                    $0["name"] = name
                    $0["password"] = password
                }
            )
        } catch let error as RouterOSError
            where !error.isSafeToRetry && (error.code == .connectionClosed || error.code == .fatal)
        {
            return
        }
    }

    /// Runs a script that is kept on the router, and waits until it ends.
    ///
    /// - Parameters:
    ///   - name: the ``SystemScript``'s name.
    ///   - deadline: how long it may take; nil for the usual time of a command.
    /// - Throws: ``RouterOSError``, `trap` or another with category `scripting` when the script fails.
    public func runScript(_ name: String, deadline: Duration? = nil) async throws {
        _ = try await run(Command(SystemScript.menu + "/run") { $0["number"] = name }, deadline: deadline)
    }

    /// Puts a line into the router's log.
    ///
    /// - Parameters:
    ///   - message: the line; everybody who may read the log can read it.
    ///   - severity: how grave it is.
    /// - Throws: ``RouterOSError``.
    public func log(_ message: String, severity: LogSeverity = .info) async throws {
        _ = try await run(Command("\(LogEntry.menu)/\(severity.rawValue)") { $0["message"] = message })
    }

    /// Ends somebody's session on the router itself, a row of ``RouterUserSession``.
    ///
    /// - Throws: ``RouterOSError``; a session that is gone already is no error.
    public func endSession(_ id: ItemID) async throws {
        do {
            // Up to 7.18 the menu has another verb for it.
            do {
                try await remove(id, of: RouterUserSession.self)
            } catch let error as RouterOSError where error.code == .noSuchCommand {
                _ = try await run(Command(RouterUserSession.menu + "/request-logout") { $0[".id"] = id.rawValue })
            }
        } catch let error as RouterOSError where error.code == .noSuchItem {
            return
        }
    }
}
