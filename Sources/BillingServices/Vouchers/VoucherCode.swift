/// The making of voucher codes.
///
/// 12 symbols of 31 give 59 bits: with a million live codes and a guess every second it takes some 25 000 years on
/// average to hit one. A prefix tells batches apart and is no part of that strength.
enum VoucherCode {
    static let symbolCount = 12
    /// What a code may have in all, prefix included: the width of the documents' column.
    static let maximumLength = 50

    /// `count` different codes.
    static func draw(_ count: Int, prefix: String, environment: BillingEnvironment) throws -> [String] {
        let source = SymbolSource(environment)
        var codes: Set<String> = []
        var rounds = 0
        while codes.count < count {
            let symbols = try source.draw((count - codes.count) * symbolCount)
            for start in stride(from: 0, to: symbols.count, by: symbolCount) {
                codes.insert(prefix + String(decoding: symbols[start..<(start + symbolCount)], as: UTF8.self))
            }
            rounds += 1
            guard rounds < 100 else {
                throw BillingError(.unavailable, "The source of randomness repeats itself. No voucher was made.")
            }
        }
        return codes.sorted()
    }
}
