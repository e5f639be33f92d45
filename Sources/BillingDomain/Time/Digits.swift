extension Int {
    /// Reads one to nine ASCII digits; anything else is `nil`.
    init?(decimalDigits digits: some Collection<UInt8>) {
        guard (1...9).contains(digits.count) else { return nil }
        var value = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        self = value
    }
}

extension UnsignedInteger {
    /// The decimal digits with zeros in front up to a width; a longer number keeps all its digits.
    func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}
