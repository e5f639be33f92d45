/// The symbols that codes are made of: ASCII digits and letters, of one case only, for codes are typed in any case.
public struct CodeAlphabet: Hashable, Sendable, LosslessStringConvertible {
    /// The symbols in their order, letters in upper case.
    public let symbols: [UInt8]

    /// The 31 digits and letters that are not taken for one another: without 0, 1, I, O and Q.
    public static let unambiguous = CodeAlphabet(known: "23456789ABCDEFGHJKLMNPRSTUVWXYZ")

    /// The ten digits, for keypads.
    public static let digits = CodeAlphabet(known: "0123456789")

    /// The 23 letters that are not taken for one another: without I, O and Q.
    public static let letters = CodeAlphabet(known: "ABCDEFGHJKLMNPRSTUVWXYZ")

    /// All ten digits and 26 letters, look-alikes among them.
    public static let alphanumerics = CodeAlphabet(known: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    /// Reads the symbols of a house style; `nil` unless they are 2 to 36 different digits and letters, a letter in both
    /// cases being the same.
    public init?(_ symbols: String) {
        let upper = Array(symbols.asciiUppercased.utf8)
        guard (2...36).contains(upper.count), Set(upper).count == upper.count,
            upper.allSatisfy({ Self.isDigit($0) || Self.isLetter($0) })
        else { return nil }
        self.symbols = upper
    }

    private init(known: String) { symbols = Array(known.utf8) }

    /// The number of symbols.
    public var count: Int { symbols.count }

    /// The symbols as text.
    public var description: String { String(decoding: symbols, as: UTF8.self) }

    /// Takes as many symbols from random bytes as they give, `limit` at most, each equally likely.
    ///
    /// A byte beyond the last whole multiple of the count is passed over: taking its remainder would favour some symbols.
    public func symbols(from bytes: some Sequence<UInt8>, limit: Int = .max) -> [UInt8] {
        let bound = 256 / count * count
        var drawn: [UInt8] = []
        for byte in bytes where Int(byte) < bound {
            guard drawn.count < limit else { break }
            drawn.append(symbols[Int(byte) % count])
        }
        return drawn
    }

    /// The symbol that a typed byte means: itself in upper case, or the one symbol of the alphabet that it is taken for.
    func symbol(typed byte: UInt8) -> UInt8? {
        let upper = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
        if symbols.contains(upper) { return upper }
        for group in Self.lookAlikes where group.contains(upper) {
            let meant = group.filter { symbols.contains($0) }
            if meant.count == 1 { return meant[0] }
        }
        return nil
    }

    func index(of symbol: UInt8) -> Int? { symbols.firstIndex(of: symbol) }

    private static let lookAlikes = ["0OQD", "1IL", "2Z", "5S", "8B", "6G", "UV"].map { Array($0.utf8) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
}
