internal import CClientLimit
import Glibc

/// What this process has in memory.
enum ResidentMemory {
    /// Bytes; 0 when the system does not tell.
    static var now: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 256, file) != nil else { return 0 }
        let words = line.prefix { $0 != 0 }.split(separator: CChar(UInt8(ascii: " ")))
        guard words.count > 1 else { return 0 }
        let pages = words[1].reduce(0) { $0 * 10 + Int($1) - 48 }
        return pages * Int(getpagesize())
    }

    /// What this process has in memory once it has given back what it no longer uses, so that what comes next counts.
    static var settled: Int {
        limit_give_back()
        return now
    }

    /// The threads of this process; 0 when the system does not tell.
    static var threads: Int {
        guard let folder = opendir("/proc/self/task") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // The folder itself and its parent are listed too.
        return max(0, count - 2)
    }
}
