/// Bytes of the wire written by hand, without the module's own encoder.
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    /// Writes a word with the shortest prefix, or with the five-byte one that readers must accept as well.
    mutating func word(_ word: [UInt8], isOverlong: Bool = false) {
        let count = word.count
        if isOverlong || count >= 0x1000_0000 {
            bytes += [0xF0, UInt8(count >> 24 & 0xFF), UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF)]
        } else if count >= 0x20_0000 {
            bytes += [0xE0 | UInt8(count >> 24), UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF)]
        } else if count >= 0x4000 {
            bytes += [0xC0 | UInt8(count >> 16), UInt8(count >> 8 & 0xFF)]
        } else if count >= 0x80 {
            bytes.append(0x80 | UInt8(count >> 8))
        }
        bytes.append(UInt8(count & 0xFF))
        bytes += word
    }

    mutating func word(_ text: String) { word(Array(text.utf8)) }

    mutating func endSentence() { bytes.append(0) }
}
