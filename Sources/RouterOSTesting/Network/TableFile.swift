#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The system's `read`, for a type that has a `read` of its own.
private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, bytes, count)
}

/// The system's `write`, for a type that has a `write` of its own.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

/// The file that holds the tables of a router.
struct TableFile: Sendable {
    let path: String
    let onFailure: @Sendable (SimulatorError) -> Void

    /// The bytes of the file; `nil` when there is none.
    func read() throws(SimulatorError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("opened")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = systemRead(descriptor, &piece, piece.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw failure("read")
            }
            bytes += piece[..<count]
        }
    }

    /// Replaces the file in one step: who opens it sees the old bytes or the new ones, never a part.
    ///
    /// `false` when it did not work.
    func write(_ bytes: [UInt8]) -> Bool {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return report("written") }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                close(descriptor)
                return report("written")
            }
            rest = rest.dropFirst(count)
        }
        guard close(descriptor) == 0, rename(temporary, path) == 0 else { return report("replaced") }
        return true
    }

    private func report(_ verb: String) -> Bool {
        onFailure(failure(verb))
        return false
    }

    private func failure(_ verb: String) -> SimulatorError {
        let reason = strerror(errno).map { String(cString: $0) } ?? "unknown error"
        return SimulatorError(
            .file,
            "\(path) cannot be \(verb): \(reason). Check the folder, its rights and the free space."
        )
    }
}
