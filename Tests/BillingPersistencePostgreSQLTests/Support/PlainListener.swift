import Foundation
import Glibc
import PostgreSQLServer
import Synchronization

/// A server that knows no TLS, says so to the first who asks, and keeps what it hears.
final class PlainListener: Sendable {
    let port: Int
    private let listener: Int32
    private let pieces = Mutex<[[UInt8]]>([])
    private let end = DispatchSemaphore(value: 0)

    /// What the caller said before it went, in pieces.
    var heard: [[UInt8]] {
        _ = end.wait(timeout: .now() + 10)
        return pieces.withLock { $0 }
    }

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { [listener] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0 && listen(listener, 1) == 0
            }
        }
        guard isListening else { throw PostgreSQLServer.Failure(description: "no port of localhost is free") }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread { [self] in serve() }.start()
    }

    private func serve() {
        let client = accept(listener, nil, nil)
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let count = read(client, &buffer, buffer.count), count > 0 {
            pieces.withLock { $0.append(Array(buffer.prefix(count))) }
            _ = write(client, "N", 1)
        }
        close(client)
        close(listener)
        end.signal()
    }
}
