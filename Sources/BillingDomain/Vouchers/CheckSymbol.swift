/// A check symbol in the manner of the pure systems of ISO/IEC 7064:2003.
///
/// Counted from the right, the check symbol being at place 0, the sum of each symbol's value times `radix` to the power of
/// its place is 1 modulo `modulus`. The modulus is the smallest prime not below the size of the alphabet and the radix its
/// smallest primitive root. For ten digits that is the standard's MOD 11-2, for digits and letters its MOD 37-2; for the
/// 31 symbols without look-alikes it is MOD 31-3, whose check symbol always is one of them.
///
/// Because the modulus is prime, every single substitution and every transposition of neighbours is noticed; because the
/// radix is a primitive root, so is every exchange of any two symbols of a code shorter than the modulus. A body whose
/// check value has no symbol in the alphabet, as the X of MOD 11-2, is not used for a code.
struct CheckSymbol: Hashable, Sendable {
    let alphabet: CodeAlphabet
    let modulus: Int
    let radix: Int

    init(_ alphabet: CodeAlphabet) {
        self.alphabet = alphabet
        var prime = max(3, alphabet.count)
        while !Self.isPrime(prime) { prime += 1 }
        modulus = prime
        var root = 2
        while Self.order(of: root, modulo: prime) < prime - 1 { root += 1 }
        radix = root
    }

    /// The symbol that follows a body; nil where the alphabet has none, or not all of the body's symbols.
    func symbol(after body: some Sequence<UInt8>) -> UInt8? {
        guard let sum = sum(of: body) else { return nil }
        let value = ((1 - sum * radix) % modulus + modulus) % modulus
        return value < alphabet.count ? alphabet.symbols[value] : nil
    }

    /// Whether the last symbol of a code follows from the rest.
    func accepts(_ code: some Sequence<UInt8>) -> Bool { sum(of: code) == 1 }

    /// The sum of the symbols, the last at place 0.
    private func sum(of symbols: some Sequence<UInt8>) -> Int? {
        var sum = 0
        for symbol in symbols {
            guard let value = alphabet.index(of: symbol) else { return nil }
            sum = (sum * radix + value) % modulus
        }
        return sum
    }

    private static func isPrime(_ number: Int) -> Bool { (2..<number).allSatisfy { number % $0 != 0 } }

    private static func order(of root: Int, modulo prime: Int) -> Int {
        var power = root % prime
        var order = 1
        while power != 1, order < prime {
            power = power * root % prime
            order += 1
        }
        return order
    }
}
