#if canImport(Glibc)
package import Glibc
#else
package import Darwin
#endif

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

    /// An address written in digits; nil for anything else.
    package static func numeric(_ host: String, port: UInt16) -> SocketAddress? {
        look(up: host, port: port, numericOnly: true).first
    }

    /// The addresses of a host.
    ///
    /// Blocks while names are looked up, unless `numericOnly`, which takes addresses written in digits alone.
    static func look(up host: String, port: UInt16, numericOnly: Bool) -> [SocketAddress] {
        var hints = addrinfo()
        #if canImport(Glibc)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
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
}
