/// What the first bytes of a peer say about what it is.
enum PeerGreeting {
    /// A RouterOS API service, as far as one can see.
    case reply
    /// More bytes are needed.
    case incomplete
    /// Something else, and what to do about it.
    case foreign(RouterOSError)

    /// Reads the first bytes, of which more may come: what they are once taken to be they stay.
    init(_ bytes: ArraySlice<UInt8>) {
        let head = bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            // Empty sentences say nothing.
            while case .word(let prefix, length: 0) = WordLength.read(bytes, at: start) { start += prefix }
            return Array(bytes[start...].prefix(WordLength.longest + 1))
        }
        self =
            switch head.withUnsafeBufferPointer({ WordLength.read($0, at: 0) }) {
            case _ where head.starts(with: [0x15, 0x03]): .foreign(.speaksTLS)
            case _ where head.starts(with: "HTTP".utf8): .foreign(.speaks("HTTP"))
            case _ where head.starts(with: "SSH-".utf8): .foreign(.speaks("SSH"))
            case _ where "HTTP".utf8.starts(with: head) || "SSH-".utf8.starts(with: head): .incomplete
            case .incomplete: .incomplete
            // Every reply begins with a short word, however long its prefix, and that word with "!".
            case .word(let prefix, let length) where length < 0x80:
                if let first = head.dropFirst(prefix).first {
                    first == UInt8(ascii: "!") ? .reply : .foreign(.speaksNoReplies)
                } else {
                    .incomplete
                }
            case .word, .reserved: .foreign(.speaksNoReplies)
            }
    }
}

extension RouterOSError {
    fileprivate static let speaksTLS = RouterOSError(
        .notRouterOS,
        "the port speaks TLS. Use the plain API port (8728, /ip service print) or switch TLS on.",
        isSafeToRetry: true
    )

    fileprivate static let speaksNoReplies = RouterOSError(
        .notRouterOS,
        "the peer answers, but not with RouterOS API replies. Check address and API port (/ip service print).",
        isSafeToRetry: true
    )

    fileprivate static func speaks(_ name: String) -> RouterOSError {
        RouterOSError(
            .notRouterOS,
            "the port speaks \(name). Check the API port (/ip service print).",
            isSafeToRetry: true
        )
    }
}
