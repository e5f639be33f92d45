import Glibc
import Testing

/// The TCP sockets of this machine as the system lists them.
enum SystemSockets {
    /// How many sockets that somebody still holds have this port at either end.
    static func count(ofPort port: UInt16) throws -> Int {
        let file = try #require(fopen("/proc/net/tcp", "r"))
        defer { fclose(file) }
        var found = 0
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, 512, file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            let columns = text.split(separator: " ")
            // Addresses are `hex:hex`; a socket that nobody holds, waiting for late packets, has no inode.
            guard columns.count > 9, columns[9] != "0" else { continue }
            let ports = columns[1...2].map { UInt16($0.split(separator: ":").last ?? "", radix: 16) }
            if ports.contains(port) { found += 1 }
        }
        return found
    }
}
