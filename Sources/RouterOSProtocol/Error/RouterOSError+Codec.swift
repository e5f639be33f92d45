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
}
