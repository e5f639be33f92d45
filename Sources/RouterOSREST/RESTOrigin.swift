import RouterOSProtocol

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where requests go.
struct RESTOrigin {
    /// `host:port`, an IPv6 address in brackets.
    let endpoint: String
    /// Scheme, host and port as they begin an address.
    let url: String

    /// - Throws: ``RouterOSError`` with `invalidCommand` for a host that would be read as something else in an address.
    init(_ host: String, _ port: UInt16?, isSecure: Bool) throws(RouterOSError) {
        let port = port ?? (isSecure ? 443 : 80)
        let scheme = isSecure ? "https://" : "http://"
        if Self.isName(host) {
            endpoint = "\(host):\(port)"
            url = scheme + endpoint
            return
        }
        let parts = host.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        var address = in6_addr()
        guard let first = parts.first, !host.utf8.contains(0), inet_pton(AF_INET6, String(first), &address) == 1,
            parts.count == 1 || Self.isName(parts[1])
        else { throw .notHost }
        endpoint = "[\(host)]:\(port)"
        // A zone follows a percent sign, which is written as such.
        url = scheme + "[" + parts.joined(separator: "%25") + "]:\(port)"
    }

    /// Names, IPv4 addresses and the zones of IPv6 addresses.
    private static func isName(_ text: some StringProtocol) -> Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return !text.isEmpty
            && text.utf8.allSatisfy { letters.contains($0 | 0x20) || digits.contains($0) || "-_.".utf8.contains($0) }
    }
}
