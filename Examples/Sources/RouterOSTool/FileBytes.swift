import Glibc

/// The bytes of a file or pipe.
enum FileBytes {
    /// The most that is read: what a router takes as one value, and no more than memory that can be spared.
    static let limit = 16 << 20

    /// Reads to the end; `-` is standard input.
    static func read(_ path: String) throws(Problem) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { if path != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw unreadable(path) }
            bytes += piece[..<count]
            guard bytes.count <= limit else { throw .usage("\(path) is larger than \(limit >> 20) MiB") }
        }
    }

    /// Whether everybody on the machine may read or change a file; false for a pipe.
    static func isOpenToEverybody(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return status.st_mode & (S_IROTH | S_IWOTH) != 0
    }

    private static func unreadable(_ path: String) -> Problem {
        .usage("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
}
