import RouterOSProtocol

/// A row as it comes from a router.
func row(_ attributes: [(String, [UInt8])]) throws -> Sentence {
    var encoder = SentenceEncoder()
    encoder.append(Reply(.row) { for (name, value) in attributes { $0.set(name, bytes: value) } })
    return try sentence(encoder.take())
}

/// The first sentence of some bytes.
func sentence(_ bytes: [UInt8]) throws -> Sentence {
    var decoder = SentenceDecoder()
    decoder.feed(bytes)
    guard let sentence = try decoder.next() else { throw Unexpected() }
    return sentence
}

/// Something happened that no test expects.
struct Unexpected: Error {}
