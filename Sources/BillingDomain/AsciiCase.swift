extension String {
    /// The text with a–z folded to upper case and everything else left alone.
    ///
    /// Names that must be unique whatever their case are compared in this form, because it is the one folding that
    /// every store, router and locale agrees on.
    package var asciiUppercased: String {
        var bytes = Array(utf8)
        for index in bytes.indices where (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[index]) {
            bytes[index] -= 32
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
