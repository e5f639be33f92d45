extension [UInt8] {
    /// Appends a number in decimal, filled up with zeros to `width` digits.
    mutating func append(decimal value: UInt64, width: Int = 1) {
        var start = count
        var rest = value
        while rest > 0 || count - start < width {
            append(UInt8(truncatingIfNeeded: rest % 10) + UInt8(ascii: "0"))
            rest /= 10
        }
        // In place: reversing a slice would copy the array.
        var end = count - 1
        while start < end {
            swapAt(start, end)
            start += 1
            end -= 1
        }
    }

    /// Appends a byte as two upper-case hexadecimal digits.
    mutating func append(hexadecimal byte: UInt8) {
        append(hexadecimalDigit: byte >> 4, ten: UInt8(ascii: "A"))
        append(hexadecimalDigit: byte, ten: UInt8(ascii: "A"))
    }

    /// Appends the low four bits of a byte as a hexadecimal digit, of which `ten`, `A` or `a`, is the eleventh.
    mutating func append(hexadecimalDigit byte: UInt8, ten: UInt8) {
        let value = byte & 15
        append(value < 10 ? value + UInt8(ascii: "0") : value - 10 &+ ten)
    }
}
