/// How the bytes of values are read as text: as UTF-8 if they are valid UTF-8, else in one single-byte code page.
///
/// RouterOS stores bytes as they come. Winbox 3 sends the Windows code page of the computer it runs on, Winbox 4 and
/// WebFig UTF-8, so one table can hold both. Bytes 0x00…0x7F are ASCII in every page. Chinese, Japanese and Korean
/// pages take several bytes a character and are not covered: text in them comes out lossy, its bytes are still at
/// ``Sentence/bytes(_:)``.
public struct TextEncoding: Sendable, Hashable {
    /// What the bytes 0x80…0xFF stand for; U+FFFD where the page has nothing.
    let upperHalf: [UInt16]

    init(_ upperHalf: [UInt16]) { self.upperHalf = upperHalf }

    /// Makes an encoding of a page of one's own; nil unless it has 128 entries, none beyond U+FFFF.
    ///
    /// - Parameter upperHalf: What the bytes 0x80…0xFF stand for, nil for those that stand for nothing.
    public init?(upperHalf: [Unicode.Scalar?]) {
        guard upperHalf.count == 128, upperHalf.allSatisfy({ $0.map { $0.value <= 0xFFFF } ?? true }) else {
            return nil
        }
        self.upperHalf = upperHalf.map { $0.map { UInt16(truncatingIfNeeded: $0.value) } ?? TextEncoding.replacement }
    }

    /// Reads text; never fails.
    ///
    /// - Returns: The text, and whether a byte in it stood for nothing in the code page and was replaced by U+FFFD.
    public func decode(_ bytes: Span<UInt8>) -> (text: String, isLossy: Bool) {
        bytes.withUnsafeBufferPointer { bytes in
            if let text = TextEncoding.unicode(bytes) { return (text, false) }
            var isLossy = false
            // A page's characters are below U+10000: three bytes each at most.
            let (capacity, overflow) = bytes.count.multipliedReportingOverflow(by: 3)
            let text = String(unsafeUninitializedCapacity: overflow ? 0 : capacity) { utf8 in
                var end = 0
                for byte in bytes {
                    let scalar = self[byte]
                    isLossy = isLossy || scalar.value == TextEncoding.replacement
                    for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter where end < utf8.count {
                        utf8[end] = unit
                        end += 1
                    }
                }
                return end
            }
            return (text, isLossy)
        }
    }

    /// Writes text in the code page.
    ///
    /// A character the page lacks is written as `?`. Bytes that happen to be valid UTF-8 will be read back as such by
    /// whoever tries UTF-8 first, as ``decode(_:)`` does; `isAmbiguous` tells.
    ///
    /// - Returns: The bytes, the characters the page lacks in the order they came in, and whether the bytes read as
    ///   other text.
    public func encode(_ text: String) -> (bytes: [UInt8], missing: [Unicode.Scalar], isAmbiguous: Bool) {
        var bytes: [UInt8] = []
        var missing: [Unicode.Scalar] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if let byte = byte(of: scalar) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "?"))
                missing.append(scalar)
            }
        }
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        return (bytes, missing, !isASCII && String(validating: bytes, as: UTF8.self) != nil)
    }

    /// The text of bytes that are UTF-8, nil for others.
    @inline(__always)
    static func unicode(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        isASCII(bytes) ? String(decoding: bytes, as: UTF8.self) : validated(bytes)
    }

    @inline(never)
    private static func validated(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        String(validating: bytes, as: UTF8.self)
    }

    /// Whether no byte has its high bit set; eight at a time, since most values are a few dozen bytes long.
    @inline(__always)
    static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var bits: UInt64 = 0
        var index = 0
        while index &+ 8 <= raw.count {
            bits |= raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        if raw.count & 4 != 0 {
            bits |= UInt64(raw.loadUnaligned(fromByteOffset: index, as: UInt32.self))
            index &+= 4
        }
        while index < raw.count {
            bits |= UInt64(raw[index])
            index &+= 1
        }
        return bits & 0x8080_8080_8080_8080 == 0
    }

    static let replacement: UInt16 = 0xFFFD

    private subscript(_ byte: UInt8) -> Unicode.Scalar {
        guard byte >= 0x80 else { return Unicode.Scalar(byte) }
        return Unicode.Scalar(upperHalf[Int(byte & 0x7F)]) ?? "\u{FFFD}"
    }

    private func byte(of scalar: Unicode.Scalar) -> UInt8? {
        guard scalar.value >= 0x80 else { return UInt8(truncatingIfNeeded: scalar.value) }
        guard let unit = UInt16(exactly: scalar.value), unit != TextEncoding.replacement else { return nil }
        return upperHalf.firstIndex(of: unit).map { UInt8(truncatingIfNeeded: $0) | 0x80 }
    }
}
