extension RouterOSError {
    static func reserved(_ byte: UInt8) -> RouterOSError {
        RouterOSError(
            .protocolViolation,
            "byte 0x\(String(byte, radix: 16, uppercase: true)) stands where a word length must be. "
                + "Check that the port is the plain API service (/ip service print)."
        )
    }

    static func tooLong(word length: Int, _ limits: CodecLimits) -> RouterOSError {
        RouterOSError(
            .limitExceeded,
            "a word of \(length) bytes is announced, \(limits.wordBytes) are allowed. "
                + "Check that the peer is a RouterOS API service, or raise CodecLimits.wordBytes."
        )
    }

    static func tooLong(sentence limits: CodecLimits) -> RouterOSError {
        RouterOSError(
            .limitExceeded,
            "a sentence is longer than \(limits.sentenceBytes) bytes. Ask for fewer properties, or raise CodecLimits.sentenceBytes."
        )
    }

    static func tooMany(words limits: CodecLimits) -> RouterOSError {
        RouterOSError(
            .limitExceeded,
            "a sentence has more than \(limits.words) words. Ask for fewer properties, or raise CodecLimits.words."
        )
    }

    /// Names what answers instead of a RouterOS API service, from the first bytes it sent; nil when nothing speaks against it.
    static func foreignPeer(_ bytes: ArraySlice<UInt8>) -> RouterOSError? {
        let head = Array(bytes.prefix(5))
        guard head.count >= 2 else { return nil }
        if head[0] == 0x15, head[1] == 0x03 {
            return RouterOSError(
                .notRouterOS,
                "the port speaks TLS. Use the plain API port (8728, /ip service print) or switch TLS on.",
                isSafeToRetry: true
            )
        }
        if head.starts(with: "HTTP".utf8) || head.starts(with: "SSH-".utf8) {
            let name = head[0] == UInt8(ascii: "H") ? "HTTP" : "SSH"
            return RouterOSError(
                .notRouterOS,
                "the port speaks \(name). Check the API port (/ip service print).",
                isSafeToRetry: true
            )
        }
        // Every reply begins with a short word, and that word with "!".
        guard head[0] == 0 || (head[0] < 0x80 && head[1] == UInt8(ascii: "!")) else {
            return RouterOSError(
                .notRouterOS,
                "the peer answers, but not with RouterOS API replies. Check address and API port (/ip service print).",
                isSafeToRetry: true
            )
        }
        return nil
    }
}
