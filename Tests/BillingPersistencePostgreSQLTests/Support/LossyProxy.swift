import Foundation
import Glibc
import Synchronization

/// Stands between a client and a server, and cuts the connection once, at a commit.
final class LossyProxy: Sendable {
    struct Failure: Error {}

    private struct State {
        var isArmed = false
        var hasStruck = false
        var isStopped = false
    }

    /// The folder of the socket that it listens at.
    let directory: String
    private let server: String
    private let commits: Bool
    private let listener: Int32
    private let state = Mutex(State())

    /// Whether the connection has been cut.
    var hasStruck: Bool { state.withLock { $0.hasStruck } }

    /// Listens for those who want to reach a server; with `commits`, the commit reaches it before the connection is cut.
    init(to server: String, commits: Bool) throws {
        self.server = server
        self.commits = commits
        directory = "/tmp/routeros-proxy-\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard Self.with(directory + "/.s.PGSQL.5432", { bind(listener, $0, $1) }) == 0, listen(listener, 16) == 0 else {
            throw Failure()
        }
        Thread { [self] in accept() }.start()
    }

    /// Cuts the connection at the next commit.
    func arm() { state.withLock { $0.isArmed = true } }

    func stop() {
        state.withLock { $0.isStopped = true }
        shutdown(listener, Int32(SHUT_RDWR))
        try? FileManager.default.removeItem(atPath: directory)
    }

    private func accept() {
        while !state.withLock({ $0.isStopped }) {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { break }
            Thread { [self] in serve(client) }.start()
        }
        close(listener)
    }

    private func serve(_ client: Int32) {
        let upstream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer {
            close(client)
            close(upstream)
        }
        guard Self.with(server, { connect(upstream, $0, $1) }) == 0 else { return }
        var watched = [client, upstream].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&watched, 2, -1) > 0 {
            for (index, to) in [upstream, client].enumerated() where watched[index].revents != 0 {
                var buffer = [UInt8](repeating: 0, count: 65_536)
                let count = recv(watched[index].fd, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                let bytes = buffer[..<count]
                if index == 0, isStruck(by: bytes) {
                    guard commits else { return }
                    send(to, Array(bytes), count, Int32(MSG_NOSIGNAL))
                    // The answer says that it is done; nobody else hears it.
                    recv(upstream, &buffer, buffer.count, 0)
                    return
                }
                guard send(to, Array(bytes), count, Int32(MSG_NOSIGNAL)) == count else { return }
            }
        }
    }

    private func isStruck(by bytes: ArraySlice<UInt8>) -> Bool {
        let word = Array("COMMIT\0".utf8)
        guard bytes.count >= word.count,
            bytes.indices.dropLast(word.count - 1).contains(where: { bytes[$0...].starts(with: word) })
        else { return false }
        return state.withLock { state in
            guard state.isArmed else { return false }
            state.isArmed = false
            state.hasStruck = true
            return true
        }
    }

    private static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
