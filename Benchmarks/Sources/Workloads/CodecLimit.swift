import CCodecLimit

/// The codec's workloads in plain C: what the machine allows.
enum CodecLimit {
    /// Finds every word; the checksum is their number.
    static func frame(_ wire: [UInt8]) -> Workload.Pass {
        { wire.withUnsafeBufferPointer { Int(limit_decode_frame($0.baseAddress, $0.count)) } }
    }

    /// Finds the words and copies four values; the checksum is their length.
    static func read4(_ wire: [UInt8]) -> Workload.Pass {
        { wire.withUnsafeBufferPointer { Int(limit_decode_read4($0.baseAddress, $0.count)) } }
    }

    /// Writes a sentence of `words` again and again; the checksum is the bytes written.
    static func encode(_ words: [String], sentences: Int, room: Int) -> Workload.Pass {
        let bytes = words.flatMap { Array($0.utf8) }
        let lengths = words.map(\.utf8.count)
        return {
            bytes.withUnsafeBufferPointer { bytes in
                var start = bytes.baseAddress
                let words = lengths.map { length in
                    defer { start = start.map { $0 + length } }
                    return limit_word(start: start, length: length)
                }
                return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { buffer in
                    Int(limit_encode(words, words.count, sentences, buffer.baseAddress, buffer.count))
                }
            }
        }
    }
}
