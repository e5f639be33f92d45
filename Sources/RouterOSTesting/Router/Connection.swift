import RouterOSProtocol

/// The router's side of one API connection.
struct Connection: Sendable {
    /// What a client may send before it has signed in; enough for any login.
    private static let strangerLimits = CodecLimits(wordBytes: 1 << 16, sentenceBytes: 1 << 17, words: 64)

    var decoder = SentenceDecoder(limits: Connection.strangerLimits)
    var isLoggedIn = false
    var listeners: [Listener] = []

    /// Lifts the limits of a stranger, for what has arrived behind the login too.
    mutating func logIn() {
        guard !isLoggedIn else { return }
        isLoggedIn = true
        decoder.limits = CodecLimits()
    }
}

/// Bytes for a client, and whether the connection ends after them.
struct Transmission: Sendable {
    let connection: Int
    var bytes: [UInt8]
    var closes = false
}
