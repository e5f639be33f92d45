import RouterOSProtocol

/// What must not take more memory than it has to: one huge value, and a table that never ends.
public enum MemoryWorkloads {
    /// All of them, in the order they are reported.
    public static let all = [value, print(1_000_000)]

    /// How many bytes the huge value has.
    public static let valueBytes = 64 << 20

    /// How many bytes come in one read from a socket.
    private static let piece = 64 << 10

    /// Decodes one row with a value of 64 MiB, which comes in pieces of 64 KiB.
    public static let value = Workload("memory.value", operations: 1, bytesPerOperation: valueBytes) {
        let attribute = Array("=contents=".utf8)
        let length = valueBytes + attribute.count
        let prefix = [
            0xE0 | UInt8(length >> 24), UInt8(length >> 16 & 0xFF), UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF),
        ]
        var decoder = SentenceDecoder(limits: CodecLimits(wordBytes: 65 << 20, sentenceBytes: 66 << 20))
        decoder.feed([3] + Array("!re".utf8) + prefix + attribute)
        let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: piece)
        for _ in 0..<valueBytes / piece {
            guard try decoder.next() == nil else { return -1 }
            decoder.feed(bytes)
        }
        decoder.feed([0])
        return try decoder.next()?.bytes("contents")?.count ?? -1
    }

    /// Decodes a print of so many rows of which no two neighbours are alike, which comes in pieces of 64 KiB.
    public static func print(_ rows: Int) -> Workload {
        let table = CodecWorkloads.variedWire
        let count = table.count / CodecWorkloads.rows
        return Workload("memory.print", operations: rows, bytesPerOperation: count) {
            var decoder = SentenceDecoder()
            var (found, at) = (0, 0)
            while found < rows {
                // The table again and again: what a router sends is made while it is read.
                decoder.feed(table[at..<min(at + piece, table.count)])
                at = at + piece < table.count ? at + piece : 0
                while found < rows, let sentence = try decoder.next() { found += sentence.wordCount > 0 ? 1 : 0 }
            }
            return found
        }
    }
}
