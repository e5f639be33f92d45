/// Text out of bytes that carry no word about their encoding, read as ``TextEncoding/windows1252`` does.
enum RouterOSText {
    /// Reads valid UTF-8 as such and anything else as Windows-1252; never fails.
    @inline(__always)
    static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { decode($0) }
    }

    /// As above.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        if let text = TextEncoding.unicode(bytes) { return text }
        return TextEncoding.windows1252.decode(bytes.span).text
    }
}
