internal import CRouterOSSystem
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A TCP port of this machine that accepts connections on an event loop.
package final class ListeningSocket: Sendable {
    /// The port that was bound, chosen by the system when 0 was asked for.
    package let port: UInt16

    private let loop: EventLoop
    private let state: Mutex<(descriptor: Int32, registration: EventLoop.Registration?)>

    /// Listens on a loopback or other local IPv4 address; `accept` gets each new connection's descriptor, which it owns,
    /// on the loop's thread.
    ///
    /// - Throws: ``SocketError``, `EADDRINUSE` when the port is taken.
    package init(
        address: String = "127.0.0.1",
        port: UInt16,
        on loop: EventLoop,
        accept: @escaping @Sendable (Int32) -> Void
    ) throws(SocketError) {
        guard let target = SocketAddress.numeric(address, port: port) else {
            throw SocketError(EADDRNOTAVAIL)
        }
        let descriptor = routeros_socket(target.family)
        guard descriptor >= 0 else { throw SocketError(errno) }
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        guard target.withSocketAddress({ bind(descriptor, $0, $1) }) == 0, listen(descriptor, 1_024) == 0 else {
            let error = SocketError(errno)
            closeDescriptor(descriptor)
            throw error
        }
        self.port = ListeningSocket.boundPort(descriptor)
        self.loop = loop
        state = Mutex((descriptor, nil))
        do throws(SocketError) {
            // Under the lock: who comes meanwhile waits for it on the loop, so that closing finds the registration.
            try state.withLock { state throws(SocketError) in
                state.registration = try loop.register(descriptor, for: .read) { [weak self] _ in
                    while let connection = self?.next() { accept(connection) }
                }
            }
        } catch {
            close()
            throw error
        }
    }

    deinit { close() }

    /// Stops listening; connections that were accepted go on.
    package func close() {
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            if let registration = state.registration { loop.unregister(registration, descriptor: state.descriptor) }
            closeDescriptor(state.descriptor)
            state = (-1, nil)
        }
    }

    /// The next connection that waits; accepted under the lock, since another thread may be closing the descriptor and
    /// the next socket may get its number.
    private func next() -> Int32? {
        state.withLock { state in
            guard state.descriptor >= 0, case let connection = routeros_accept(state.descriptor), connection >= 0 else {
                return nil
            }
            return connection
        }
    }

    private static func boundPort(_ descriptor: Int32) -> UInt16 {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &size) }
            // The port stands at the same place in the addresses of both families.
            return storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                UInt16(bigEndian: $0.pointee.sin_port)
            }
        }
    }
}
