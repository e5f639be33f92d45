import Glibc

/// A bound and listening TCP socket, closed with its value.
struct ListeningSocket: ~Copyable {
    let descriptor: Int32
    /// The address asked for, with the port the system gave.
    let address: HTTPAddress

    init(_ wanted: HTTPAddress) throws {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        let answer = getaddrinfo(wanted.host, String(wanted.port), &hints, &found)
        guard answer == 0, let found else {
            let reason = String(cString: gai_strerror(answer))
            throw HTTPServerError(
                description:
                    "Cannot listen on \(wanted): \(reason). Give an address of this machine, such as 127.0.0.1."
            )
        }
        defer { freeaddrinfo(found) }
        let descriptor = socket(
            found.pointee.ai_family,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue),
            0
        )
        guard descriptor >= 0 else { throw Self.failure(wanted) }
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard
            bind(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0,
            listen(descriptor, SOMAXCONN) == 0
        else {
            let failure = Self.failure(wanted)
            Glibc.close(descriptor)
            throw failure
        }
        self.descriptor = descriptor
        address = HTTPAddress(host: wanted.host, port: Self.port(of: descriptor) ?? wanted.port)
    }

    deinit { Glibc.close(descriptor) }

    private static func failure(_ wanted: HTTPAddress) -> HTTPServerError {
        let advice =
            switch errno {
            case EADDRINUSE: "another program has that port; stop it or choose another."
            case EACCES: "ports below 1024 need privileges; choose a higher one."
            default: "\(String(cString: strerror(errno)))."
            }
        return HTTPServerError(description: "Cannot listen on \(wanted): \(advice)")
    }

    /// The port a socket is bound to.
    ///
    /// IPv4 and IPv6 keep it at the same place, in network order.
    private static func port(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let answer = withUnsafeMutableBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { getsockname(descriptor, $0.baseAddress, &length) }
        }
        return answer == 0 ? UInt16(bigEndian: address.sin6_port) : nil
    }
}
