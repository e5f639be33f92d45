import RouterOSProtocol

extension RouterOSCommands {
    /// The contents of a file.
    ///
    /// Read piece by piece where the router can (`/file/read`, newer than 7.12), else out of the attribute `contents`,
    /// which routers leave empty for files that are long or not text.
    ///
    /// - Parameters:
    ///   - name: the path of the ``RouterFile``.
    ///   - limit: the most bytes to take in.
    /// - Returns: the bytes.
    /// - Throws: ``RouterOSError``: `noSuchItem` when there is no such file, `limitExceeded` when it is longer than
    ///   `limit`, `trap` when this router cannot read it whole.
    public func contents(of name: String, limit: Int = 16 << 20) async throws -> [UInt8] {
        let files = try await print(RouterFile.self, where: .name == name).collect()
        guard let file = files.first else {
            throw RouterOSError(
                .noSuchItem,
                "there is no file \"\(name)\". See /file print.",
                isSafeToRetry: true,
                endpoint: endpoint
            )
        }
        let size = file.size.map { Int(clamping: $0.bytes) }
        guard size ?? 0 <= limit else { throw fileTooLong(name, limit) }
        var contents: [UInt8] = []
        do {
            while contents.count < size ?? .max {
                let piece = try await piece(of: name, at: contents.count)
                contents += piece
                guard contents.count <= limit else { throw fileTooLong(name, limit) }
                if piece.count < Self.pieceSize { break }
            }
        } catch let error as RouterOSError where error.code == .noSuchCommand {
            var command = Command(RouterFile.menu + "/print") { $0[".proplist"] = "contents" }
            command.query = .equal("name", name)
            contents = try await run(command).rows.first?.bytes("contents").map(Array.init) ?? []
        }
        guard contents.count == size ?? contents.count else {
            throw RouterOSError(
                .trap,
                "the router gave \(contents.count) bytes of \"\(name)\", which has \(size ?? 0). "
                    + "It reads no file of that length, or the file changed meanwhile.",
                isSafeToRetry: true,
                endpoint: endpoint
            )
        }
        return contents
    }

    /// The most that a router reads in one go.
    private static var pieceSize: Int { 32_768 }

    private func piece(of name: String, at offset: Int) async throws -> [UInt8] {
        let answer = try await run(
            Command(RouterFile.menu + "/read") {
                $0["file"] = name
                $0.set("offset", to: offset)
                $0.set("chunk-size", to: Self.pieceSize)
            }
        )
        return answer.rows.first?.bytes("data").map(Array.init) ?? answer.returned.map { Array($0.utf8) } ?? []
    }

    private func fileTooLong(_ name: String, _ limit: Int) -> RouterOSError {
        RouterOSError(
            .limitExceeded,
            "\"\(name)\" is longer than \(limit) bytes. Raise the limit, or fetch it another way.",
            isSafeToRetry: true,
            endpoint: endpoint
        )
    }
}
