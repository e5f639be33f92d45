/// The challenge of a router before RouterOS 6.43, and the only thing that answers it.
///
/// Source: RouterOS manual, "API", section "Initial login" of versions before 6.43.
package struct LegacyChallenge {
    /// What the router made up for this login.
    let bytes: [UInt8]

    /// Takes the 16 bytes a challenge has; used for any number so that the digest can be tested by itself.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a challenge as it comes, 32 hexadecimal digits; nil for anything else.
    init?(hexadecimal digits: ArraySlice<UInt8>) {
        guard digits.count == 32 else { return nil }
        var bytes: [UInt8] = []
        var half: UInt8?
        for digit in digits {
            guard let value = digit.hexadecimalValue else { return nil }
            if let high = half {
                bytes.append(high << 4 | value)
                half = nil
            } else {
                half = value
            }
        }
        self.bytes = bytes
    }

    /// What proves that whoever answers knows `password`: `00` and the digest of a zero byte, password and challenge.
    package func response(to password: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return MD5.digest([0] + password + bytes).reduce(into: "00") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }
}
