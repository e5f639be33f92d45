public import RouterOSProtocol

/// The codec's workloads: what a server does with each row it reads from a router and each command it writes.
public enum CodecWorkloads {
    /// All of them, in the order they are reported.
    public static let all =
        [decodeFrame, decodeRead4, decodeTyped] + decodeVaried + decodePieces + [encode, encodeCommand, encodeReply]

    /// Finds every word of every sentence.
    public static let decodeFrame = decode("frame", wire, CodecLimit.frame(wire), readFrame)

    /// Finds the words and reads four values as strings.
    public static let decodeRead4 = decode("read4", wire, CodecLimit.read4(wire), readFour)

    /// Reads a whole typed row; C has no such thing and finds the words.
    public static let decodeTyped = decode("typed", wire, CodecLimit.frame(wire), readTyped)

    /// The three on rows of which no two are alike.
    public static let decodeVaried = [
        decode("varied.frame", variedWire, CodecLimit.frame(variedWire), readFrame),
        decode("varied.read4", variedWire, CodecLimit.read4(variedWire), readFour),
        decode("varied.typed", variedWire, CodecLimit.frame(variedWire), readTyped),
    ]

    /// Finds every word when the bytes come in pieces: reads of 64 KiB, segments of TCP, one sentence each.
    ///
    /// C has them all at once.
    public static let decodePieces = [
        decode("frame.64KiB", wire, pieces: 64 << 10, CodecLimit.frame(wire), readFrame),
        decode("frame.segment", wire, pieces: 1_460, CodecLimit.frame(wire), readFrame),
        decode("frame.sentence", wire, pieces: encodedRow.count, CodecLimit.frame(wire), readFrame),
    ]

    /// Writes one tagged command, many of them into one buffer.
    public static let encode = encode("", command) { appendUser(to: &$0) }

    /// Makes a value of the command and writes that.
    public static let encodeCommand = encode(".command", command) { appendUserAsValue(to: &$0) }

    /// Makes a value of a row, as a router does, and writes that.
    public static let encodeReply = encode(".reply", row) { appendRowAsValue(to: &$0) }

    /// How many sentences one pass handles.
    static let rows = 1_000

    /// What a router answers for one voucher in `/ip/hotspot/user/print`.
    public static let row = [
        "!re", ".tag=17", "=.id=*1A2B", "=server=hotspot1", "=name=VOUCHER123456", "=password=VOUCHER123456",
        "=profile=default", "=limit-uptime=3h", "=limit-bytes-total=1610612736", "=uptime=0s", "=bytes-in=0",
        "=bytes-out=0", "=packets-in=0", "=packets-out=0", "=dynamic=false", "=disabled=false",
        "=comment=VOUCHER_SYSTEM|2.50|1700000000|1700010800",
    ]

    /// What ``encode`` writes.
    public static let command = [
        "/ip/hotspot/user/add", ".tag=17", "=name=VOUCHER123456", "=password=VOUCHER123456", "=profile=default",
        "=limit-uptime=3h", "=limit-bytes-total=1610612736", "=comment=VOUCHER_SYSTEM|2.50|1700000000|1700010800",
    ]

    /// The row as bytes of the wire.
    public static let encodedRow = encoded(row)

    /// A thousand of these rows.
    public static let wire = Array(repeatElement(encodedRow, count: rows).joined())

    /// A thousand rows of which no two are alike.
    public static let variedWire = VariedTable.wire(rows)

    /// Words as a sentence on the wire; every word must be shorter than 128 bytes, so that each length is one byte.
    static func encoded(_ words: [String]) -> [UInt8] {
        words.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }

    /// Writes the command of the encoding workload.
    public static func appendUser(to encoder: inout SentenceEncoder) {
        encoder.append("/ip/hotspot/user/add", tag: 17) { setUser(&$0) }
    }

    /// Makes a value of that command and writes it.
    public static func appendUserAsValue(to encoder: inout SentenceEncoder) {
        encoder.append(Command("/ip/hotspot/user/add", tag: 17) { setUser(&$0) })
    }

    /// Makes a value of the row of the decoding workloads and writes it.
    public static func appendRowAsValue(to encoder: inout SentenceEncoder) {
        let row = Reply(.row, tag: Array("17".utf8)) { attributes in
            for (name, value) in rowAttributes { attributes[name] = value }
        }
        encoder.append(row)
    }

    @inline(__always)
    private static func setUser(_ attributes: inout Attributes) {
        attributes["name"] = "VOUCHER123456"
        attributes["password"] = "VOUCHER123456"
        attributes["profile"] = "default"
        attributes["limit-uptime"] = "3h"
        attributes["limit-bytes-total"] = "1610612736"
        attributes["comment"] = "VOUCHER_SYSTEM|2.50|1700000000|1700010800"
    }

    private static let rowAttributes: [(name: String, value: String)] = row.dropFirst(2).map { word in
        let parts = word.split(separator: "=", maxSplits: 1)
        return (String(parts[0]), String(parts[1]))
    }

    /// Takes every sentence there is and counts its words.
    public static let readFrame: Reading = { decoder in
        var checksum = 0
        while let sentence = try decoder.next() { checksum += sentence.wordCount }
        return checksum
    }

    /// Takes every sentence there is and reads four values as strings.
    public static let readFour: Reading = { decoder in
        var checksum = 0
        while let sentence = try decoder.next() {
            checksum += sentence["name"]?.utf8.count ?? 0
            checksum += sentence["comment"]?.utf8.count ?? 0
            checksum += sentence["limit-uptime"]?.utf8.count ?? 0
            checksum += sentence["profile"]?.utf8.count ?? 0
        }
        return checksum
    }

    /// Takes every sentence there is as a typed row.
    public static let readTyped: Reading = { decoder in
        var checksum = 0
        while let sentence = try decoder.next() {
            let user = try HotspotUser(sentence)
            checksum += user.name.utf8.count + Int(user.bytesIn)
        }
        return checksum
    }

    /// Reads whatever a decoder has and returns a checksum of it.
    public typealias Reading = @Sendable (inout SentenceDecoder) throws -> Int

    private static func decode(
        _ depth: String,
        _ wire: [UInt8],
        pieces: Int? = nil,
        _ limit: @escaping Workload.Pass,
        _ read: @escaping Reading
    ) -> Workload {
        Workload("codec.decode.\(depth)", operations: rows, bytesPerOperation: wire.count / rows, limit: limit) {
            var decoder = SentenceDecoder()
            guard let pieces else {
                decoder.feed(wire)
                return try read(&decoder)
            }
            var checksum = 0
            for start in stride(from: 0, to: wire.count, by: pieces) {
                decoder.feed(wire[start..<min(start + pieces, wire.count)])
                checksum += try read(&decoder)
            }
            return checksum
        }
    }

    private static func encode(
        _ suffix: String,
        _ words: [String],
        _ append: @escaping @Sendable (inout SentenceEncoder) -> Void
    ) -> Workload {
        let count = encoded(words).count
        // What one write to a socket takes; the encoder keeps its memory, as a connection's does.
        let batch = 100
        let sentences = 10 * rows
        let limit = CodecLimit.encode(words, sentences: sentences, room: batch * count + 6)
        return Workload("codec.encode\(suffix)", operations: sentences, bytesPerOperation: count, limit: limit) {
            var encoder = SentenceEncoder()
            var written = 0
            for sentence in 1...sentences {
                append(&encoder)
                guard sentence.isMultiple(of: batch) else { continue }
                written += encoder.count
                encoder.removeAll()
            }
            return written
        }
    }
}
