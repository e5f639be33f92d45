import RouterOSProtocol

/// The codec's workloads: what a server does with each row it reads from a router and each command it writes.
public enum CodecWorkloads {
    /// All of them, in the order they are reported.
    public static let all = [decodeFrame, decodeRead4, decodeTyped, encode]

    /// Finds every word of every sentence.
    public static let decodeFrame = decode("frame") { sentence in sentence.wordCount }

    /// Finds the words and reads four values as strings.
    public static let decodeRead4 = decode("read4") { sentence in
        var length = 0
        for key in ["name", "comment", "limit-uptime", "profile"] { length += sentence[key]?.utf8.count ?? 0 }
        return length
    }

    /// Reads a whole typed row.
    public static let decodeTyped = decode("typed") { sentence in
        let user = try HotspotUser(sentence)
        return user.name.utf8.count + Int(user.bytesIn)
    }

    /// Writes one tagged command, many of them into one buffer.
    public static let encode = Workload("codec.encode", operations: rows, bytesPerOperation: encodedUser().count) {
        var encoder = SentenceEncoder(reserving: 1 << 20)
        for _ in 0..<rows { append(to: &encoder) }
        return encoder.bytes.count
    }

    /// How many sentences one pass handles.
    static let rows = 1_000

    /// What a router answers for one voucher in `/ip/hotspot/user/print`.
    public static let row = [
        "!re", ".tag=17", "=.id=*1A2B", "=server=hotspot1", "=name=VOUCHER123456", "=password=VOUCHER123456",
        "=profile=default", "=limit-uptime=3h", "=limit-bytes-total=1610612736", "=uptime=0s", "=bytes-in=0",
        "=bytes-out=0", "=packets-in=0", "=packets-out=0", "=dynamic=false", "=disabled=false",
        "=comment=VOUCHER_SYSTEM|2.50|1700000000|1700010800",
    ]

    /// The row as bytes of the wire.
    ///
    /// Every word is shorter than 128 bytes, so each length is one byte.
    public static let encodedRow: [UInt8] = row.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]

    /// The command of the encoding workload as bytes of the wire.
    public static func encodedUser() -> [UInt8] {
        var encoder = SentenceEncoder()
        append(to: &encoder)
        return encoder.bytes
    }

    private static func append(to encoder: inout SentenceEncoder) {
        encoder.append(
            Command("/ip/hotspot/user/add", tag: 17) {
                $0["name"] = "VOUCHER123456"
                $0["password"] = "VOUCHER123456"
                $0["profile"] = "default"
                $0["limit-uptime"] = "3h"
                $0["limit-bytes-total"] = "1610612736"
                $0["comment"] = "VOUCHER_SYSTEM|2.50|1700000000|1700010800"
            }
        )
    }

    private static func decode(
        _ depth: String,
        _ use: @escaping @Sendable (Sentence) throws -> Int
    ) -> Workload {
        let wire = Array(repeatElement(encodedRow, count: rows).joined())
        return Workload("codec.decode.\(depth)", operations: rows, bytesPerOperation: encodedRow.count) {
            var decoder = SentenceDecoder()
            decoder.feed(wire)
            var checksum = 0
            while let sentence = try decoder.next() { checksum += try use(sentence) }
            return checksum
        }
    }
}
