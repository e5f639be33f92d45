import Glibc

/// A port of this machine that swallows every attempt to connect, as a firewall does that drops packets: it listens, nobody
/// accepts, and its queue is full.
public final class DeafPort: Sendable {
    /// It could not be made.
    public struct Failure: Error {}

    /// The sockets, closed when nobody has them any more, a port that could not be made among them.
    private final class Sockets {
        var all: [Int32] = []

        deinit { for descriptor in all { close(descriptor) } }

        func open(_ options: Int32 = 0) -> Int32 {
            all.append(socket(AF_INET, Int32(SOCK_STREAM.rawValue) | options, 0))
            return all[all.count - 1]
        }
    }

    /// The port.
    public let port: UInt16
    private let descriptors: [Int32]

    /// How many sockets it has.
    public var sockets: Int { descriptors.count }

    /// Makes one at an IPv4 address of this machine.
    public init(address text: String = "127.0.0.1") throws {
        let sockets = Sockets()
        let listener = sockets.open()
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        func with(_ body: (UnsafeMutablePointer<sockaddr>) -> Int32) -> Int32 {
            withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0) }
            }
        }
        guard inet_pton(AF_INET, text, &address.sin_addr) == 1, with({ bind(listener, $0, size) }) == 0,
            listen(listener, 0) == 0
        else { throw Failure() }
        var length = size
        guard with({ getsockname(listener, $0, &length) }) == 0 else { throw Failure() }
        size = length
        var isFull = false
        while !isFull, sockets.all.count < 64 {
            let descriptor = sockets.open(Int32(SOCK_NONBLOCK.rawValue))
            var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            // Over the loopback who is let in is let in within the call; the time is for one who is not.
            isFull = with { connect(descriptor, $0, size) } != 0 && poll(&watched, 1, 100) == 0
        }
        guard isFull else { throw Failure() }
        port = UInt16(bigEndian: address.sin_port)
        descriptors = sockets.all
        sockets.all = []
    }

    deinit { for descriptor in descriptors { close(descriptor) } }
}
