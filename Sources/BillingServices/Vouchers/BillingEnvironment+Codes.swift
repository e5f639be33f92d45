import BillingDomain

extension BillingEnvironment {
    /// `count` different codes.
    func codes(_ count: Int, _ style: VoucherCodeStyle) throws -> [String] {
        var draw = CodeDraw(style, count: count)
        while draw.bytesWanted > 0 {
            guard draw.portions < 1_000 else {
                throw BillingError(.unavailable, "The source of randomness repeats itself. No voucher was made.")
            }
            draw.feed(try randomBytes(draw.bytesWanted))
        }
        return draw.codes
    }

    /// `count` symbols that people can read aloud and type, each equally likely.
    func symbols(_ count: Int) throws -> [UInt8] {
        var symbols: [UInt8] = []
        var rounds = 0
        while symbols.count < count {
            let missing = count - symbols.count
            let bytes = try randomBytes(missing + missing / 16 + 4)
            symbols += CodeAlphabet.unambiguous.symbols(from: bytes, limit: missing)
            rounds += 1
            guard rounds < 1_000 else {
                throw BillingError(.unavailable, "The source of randomness gives nothing usable. Nothing was made.")
            }
        }
        return symbols
    }
}
