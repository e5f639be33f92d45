extension RouterOSValue where Self: FixedWidthInteger {
    /// Reads decimal digits, for signed types with a minus before them.
    ///
    /// Only the one spelling a router prints is a number: no plus, no blank, no `-0`, and no zeros in front, so that
    /// `00042`, which may well be a voucher's name, never turns into 42. A number the type cannot hold is nil.
    @inlinable
    public init?(routerOS bytes: Span<UInt8>) {
        if let number = Self.isSigned ? bytes.negativeNumber : nil {
            self.init(exactly: number)
        } else if let number = bytes.naturalNumber {
            self.init(exactly: number)
        } else {
            return nil
        }
    }

    /// Appends the number in decimal.
    @inlinable
    public func writeRouterOS(to bytes: inout [UInt8]) {
        bytes.append(decimal: UInt64(truncatingIfNeeded: magnitude), isNegative: self < 0)
    }
}

extension Int: RouterOSValue {}
extension Int8: RouterOSValue {}
extension Int16: RouterOSValue {}
extension Int32: RouterOSValue {}
extension Int64: RouterOSValue {}
extension UInt: RouterOSValue {}
extension UInt8: RouterOSValue {}
extension UInt16: RouterOSValue {}
extension UInt32: RouterOSValue {}
extension UInt64: RouterOSValue {}

// Not generic, so that other modules need not make a copy for each type of number.
extension Span<UInt8> {
    /// The number that all bytes spell without a sign.
    @usableFromInline var naturalNumber: UInt64? {
        var index = 0
        guard let value = canonicalNumber(at: &index, as: UInt64.self), index == count else { return nil }
        return value
    }

    /// The number that all bytes spell with a minus.
    @usableFromInline var negativeNumber: Int64? {
        var index = 0
        guard skip(UInt8(ascii: "-"), at: &index), let magnitude = canonicalNumber(at: &index, as: UInt64.self),
            index == count, magnitude > 0, magnitude <= Int64.min.magnitude
        else { return nil }
        return 0 &- Int64(truncatingIfNeeded: magnitude)
    }
}

extension [UInt8] {
    /// Appends a number in decimal, a minus before it if it is negative.
    @usableFromInline
    mutating func append(decimal magnitude: UInt64, isNegative: Bool) {
        if isNegative { append(UInt8(ascii: "-")) }
        append(decimal: magnitude)
    }
}
