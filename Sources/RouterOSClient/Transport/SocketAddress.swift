package import Glibc

/// An IPv4 or IPv6 address with a port, in the system's own form.
package struct SocketAddress: Sendable {
    private let bytes: [UInt8]
    /// `AF_INET` or `AF_INET6`.
    package let family: Int32

    private init?(_ info: addrinfo) {
        guard let address = info.ai_addr, info.ai_addrlen > 0 else { return nil }
        family = info.ai_family
        bytes = Array(UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen)))
    }

    /// Hands the address to a system call.
    package func withSocketAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result? {
        bytes.withUnsafeBytes { raw in
            raw.baseAddress.map { body($0.assumingMemoryBound(to: sockaddr.self), socklen_t(raw.count)) }
        }
    }

    /// The addresses of a host.
    ///
    /// Blocks while names are looked up, unless `numericOnly`, which takes addresses written in digits alone.
    static func look(up host: String, port: UInt16, numericOnly: Bool) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = numericOnly ? AI_NUMERICHOST : AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let info = next?.pointee {
            if let address = SocketAddress(info) { addresses.append(address) }
            next = info.ai_next
        }
        return addresses
    }

    /// Finds the addresses of a host and hands them over on the loop.
    ///
    /// Names are looked up on a thread of their own, so that nothing else waits for the name service.
    static func resolve(
        _ host: String,
        port: UInt16,
        on loop: EventLoop,
        _ found: @escaping @Sendable ([SocketAddress]) -> Void
    ) {
        let numeric = look(up: host, port: port, numericOnly: true)
        guard numeric.isEmpty else { return loop.execute { found(numeric) } }
        DetachedThread.run {
            let addresses = look(up: host, port: port, numericOnly: false)
            loop.execute { found(addresses) }
        }
    }
}
