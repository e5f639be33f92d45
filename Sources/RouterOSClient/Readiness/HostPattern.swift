/// A host name as walled-garden rules write it, `*` for any characters and `?` for one; regular expressions (`:…`)
/// match nothing here.
struct HostPattern {
    private let pattern: [UInt8]

    init(_ text: String) { pattern = Array(text.lowercased().utf8) }

    func matches(_ host: String) -> Bool {
        let host = Array(host.lowercased().utf8)
        guard pattern.first != UInt8(ascii: ":") else { return false }
        var (at, next) = (0, 0)
        // Where to go on when what follows the last `*` does not fit: that `*` takes one more.
        var retry: (pattern: Int, host: Int)?
        while at < host.count {
            if next < pattern.count, pattern[next] == UInt8(ascii: "*") {
                retry = (next, at)
                next += 1
            } else if next < pattern.count, pattern[next] == host[at] || pattern[next] == UInt8(ascii: "?") {
                at += 1
                next += 1
            } else if let last = retry {
                retry = (last.pattern, last.host + 1)
                (next, at) = (last.pattern + 1, last.host + 1)
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
