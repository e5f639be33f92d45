import Glibc

/// Standard output, written in pieces that are large unless somebody waits for each line.
final class Output {
    /// Whoever reads wants no more, as `head` does: no failure.
    struct Closed: Error {}

    private let descriptor: Int32
    private let isLive: Bool
    private static let piece = 64 << 10

    /// Lines that are not written yet; the caller appends to it.
    var pending: [UInt8] = []

    init(_ descriptor: Int32 = STDOUT_FILENO, isLive: Bool) {
        self.descriptor = descriptor
        self.isLive = isLive
    }

    /// Says that a line is complete; writes when it is time to.
    func endLine() throws {
        if isLive || pending.count >= Self.piece { try flush() }
    }

    /// Writes everything.
    ///
    /// - Throws: ``Closed``, or a ``Problem`` when the output takes no more.
    func flush() throws {
        var rest = pending[...]
        defer { pending.removeAll(keepingCapacity: true) }
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                throw Closed()
            } else if errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, -1)
            } else if errno != EINTR {
                throw Problem(.failure, "the output cannot be written: \(String(cString: strerror(errno)))")
            }
        }
    }

    /// The width of the terminal in columns; nil when the output is none.
    var terminalWidth: Int? {
        var size = winsize()
        guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// A line for a person, on standard error.
    static func complain(_ line: String) {
        let bytes = Array("routeros: \(line)\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
