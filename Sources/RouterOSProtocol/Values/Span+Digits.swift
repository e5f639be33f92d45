extension Span<UInt8> {
    /// The byte at `index`, or nil behind the end.
    @inlinable
    func at(_ index: Int) -> UInt8? { indices.contains(index) ? self[index] : nil }

    /// Steps over `byte` when it stands at `index`.
    @inlinable
    func skip(_ byte: UInt8, at index: inout Int) -> Bool {
        guard at(index) == byte else { return false }
        index += 1
        return true
    }

    /// Whether these are the bytes of `text`.
    @inline(__always)
    func equals(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { text in
            var index = 0
            while index < text.count, self[index] == text[index] { index &+= 1 }
            return index == text.count
        }
    }

    /// Where `byte` stands first at or behind `start`.
    @inlinable
    func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        var index = start
        while index < count {
            if self[index] == byte { return index }
            index += 1
        }
        return nil
    }

    /// Where `byte` stands last.
    func lastIndex(of byte: UInt8) -> Int? {
        indices.reversed().first { self[$0] == byte }
    }

    /// The decimal digits at `index` as a number; nil when there is none or it is too large for `Value`.
    @inline(__always)
    func number<Value: FixedWidthInteger>(at index: inout Int, as: Value.Type = Value.self) -> Value? {
        let start = index
        var value: Value = 0
        while index < count, case let digit = self[index] &- 0x30, digit < 10 {
            let (shifted, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, out) = shifted.addingReportingOverflow(Value(truncatingIfNeeded: digit))
            guard !over, !out else { return nil }
            value = sum
            index += 1
        }
        return index > start ? value : nil
    }

    /// A number without needless zeros in front, so that writing it gives the same digits.
    @inline(__always)
    func canonicalNumber<Value: FixedWidthInteger>(at index: inout Int, as: Value.Type = Value.self) -> Value? {
        if at(index) == UInt8(ascii: "0"), let next = at(index + 1), next &- 0x30 < 10 { return nil }
        return number(at: &index)
    }

    /// A number of exactly `width` digits.
    func number(width: Int, at index: inout Int) -> Int? {
        let start = index
        guard width <= count - start else { return nil }
        guard let value = extracting(start..<(start + width)).wholeNumber() else { return nil }
        index = start + width
        return value
    }

    private func wholeNumber() -> Int? {
        var index = 0
        guard let value = number(at: &index, as: Int.self), index == count else { return nil }
        return value
    }
}

extension UInt8 {
    /// What the byte stands for as a hexadecimal digit.
    var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
