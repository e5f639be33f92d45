/// Symbols that people can read aloud and type, each equally likely.
struct SymbolSource {
    /// Digits and upper-case letters without those taken for one another: 0, 1, I, O, Q.
    static let alphabet = Array("23456789ABCDEFGHJKLMNPRSTUVWXYZ".utf8)

    private let environment: BillingEnvironment

    init(_ environment: BillingEnvironment) {
        self.environment = environment
    }

    /// `count` symbols.
    func draw(_ count: Int) throws -> [UInt8] {
        // Bytes beyond the last whole multiple of 31 are drawn again: taking the remainder would favour some symbols.
        let limit = 256 / Self.alphabet.count * Self.alphabet.count
        var symbols: [UInt8] = []
        symbols.reserveCapacity(count)
        var rounds = 0
        while symbols.count < count {
            let missing = count - symbols.count
            for byte in try environment.randomBytes(missing + missing / 16 + 4)
            where byte < limit && symbols.count < count {
                symbols.append(Self.alphabet[Int(byte) % Self.alphabet.count])
            }
            rounds += 1
            guard rounds < 1_000 else {
                throw BillingError(.unavailable, "The source of randomness gives nothing usable. Nothing was made.")
            }
        }
        return symbols
    }
}
