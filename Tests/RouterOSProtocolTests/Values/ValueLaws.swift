import RouterOSProtocol
import TestSupport
import Testing

/// What holds for every value: reading what was written gives it back, and what is written is the one spelling of it.
func expectRoundTrip<Value: RouterOSValue>(_ value: Value, _ location: SourceLocation = #_sourceLocation) {
    var bytes: [UInt8] = [0x2A]
    value.writeRouterOS(to: &bytes)
    #expect(bytes.first == 0x2A, "writing appends", sourceLocation: location)
    let written = Array(bytes.dropFirst())
    let read = Value(routerOS: written.span)
    #expect(read == value, "\(value) was written as \(bytes)", sourceLocation: location)
    #expect(read?.routerOSText == value.routerOSText, sourceLocation: location)
}

/// That no bytes make a type trap, and that what it reads it writes so that it reads it again.
func expectSafe<Value: RouterOSValue>(_ type: Value.Type, _ location: SourceLocation = #_sourceLocation) {
    var generator = SplitMix64(seed: 0x5AFE)
    for seed in HostileBytes.seeds { probe(type, seed, location) }
    for _ in 0..<4_000 { probe(type, HostileBytes.random(using: &generator), location) }
}

private func probe<Value: RouterOSValue>(_: Value.Type, _ bytes: [UInt8], _ location: SourceLocation) {
    guard let value = Value(routerOS: bytes.span) else { return }
    #expect(Value(routerOS: value.routerOSText) == value, "\(bytes)", sourceLocation: location)
}

/// Bytes that parsers trip over.
enum HostileBytes {
    static let seeds: [[UInt8]] =
        [
            "", " ", "-", "+", ".", ":", "/", "//", "*", "!", "!!", ",", ",,", ";", "0", "-0", "00", "007", "+1", "1 ",
            " 1", "1.", ".5",
            "18446744073709551615", "18446744073709551616", "9223372036854775808", "-9223372036854775809", "1e9",
            "0x10", "１２",
            "none", "yes\u{0}", "1/2/3", "1M/", "/1M", "1::2::3", ":::", "1:2:3:4:5:6:7:8:9", "256.1.1.1", "1.2.3.4/33",
            "0000-00-00",
            "feb/30/2024", "9999-12-31 23:59:60", "+24:00", "-00:00",
        ].map { Array($0.utf8) } + [
            [0], [0xFF], [0x31, 0x00], [0x31, 0xFF], [UInt8](repeating: 0x39, count: 1 << 20),
            [UInt8](repeating: 0x20, count: 1 << 20),
        ]

    /// Short strings out of the characters values are made of, and now and then any byte.
    static func random(using generator: inout SplitMix64) -> [UInt8] {
        let alphabet = Array("0123456789wdhmsunkMGKibps:./-+ *,;!abfABFyesno".utf8)
        return (0..<Int.random(in: 0...14, using: &generator)).map { _ in
            if Int.random(in: 0..<40, using: &generator) == 0 { return UInt8.random(in: 0...255, using: &generator) }
            return alphabet.randomElement(using: &generator) ?? 0
        }
    }
}
