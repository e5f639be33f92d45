import CRouterOSMicroHTTPD
import Glibc
import Synchronization

/// The one owner of a connection of the C library, from its accept to its close.
///
/// The library keeps the pointer valid between those two, and a suspended connection cannot be closed, so resuming is
/// safe for whoever the machine told to do it.
final class Connection: Sendable {
    private let address: UInt
    private let socket: Int32
    private let machine: Mutex<ConnectionMachine>

    init(_ pointer: OpaquePointer, now: ContinuousClock.Instant) {
        address = UInt(bitPattern: pointer)
        socket = routeros_http_socket(pointer)
        machine = Mutex(ConnectionMachine(now: now))
    }

    /// Moves the machine.
    ///
    /// Never calls the library: that may wait for its thread, and its thread may wait for us.
    func move<R: Sendable>(_ body: (inout ConnectionMachine) -> R) -> R {
        machine.withLock { body(&$0) }
    }

    /// Answers a request and lets the connection go on; a second or a late answer is dropped.
    func answer(_ response: HTTPResponse, to request: Int) {
        guard move({ $0.answer(response, to: request, now: .now) }) else { return }
        MHD_resume_connection(OpaquePointer(bitPattern: address))
    }

    /// Ends the connection from outside; the library notices and closes it.
    func hangUp() {
        move { $0.hungUp() }
        _ = shutdown(socket, Int32(SHUT_RDWR))
    }
}
