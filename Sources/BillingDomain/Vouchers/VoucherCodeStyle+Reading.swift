extension VoucherCodeStyle {
    /// The code that a customer's typing means, in the form that it was generated in.
    ///
    /// Case, blanks, hyphens and dots do not matter, the prefix may be left out, and a symbol that is not of the alphabet
    /// is taken for the one that it looks like, if that is one only.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field `code`, which says whether the length,
    ///   a symbol or the check symbol is wrong; it does not repeat what was typed.
    public func code(typed text: String) throws(DomainError) -> String {
        var typed = Self.compact(text.utf8.prefix(1000))
        let expected = length + (hasCheckSymbol ? 1 : 0)
        let head = Self.compact(prefix.utf8.prefix(Self.maximumLength))
        if !head.isEmpty, typed.count > expected, typed.starts(with: head) { typed.removeFirst(head.count) }
        guard typed.count == expected else {
            let after = prefix.isEmpty ? "" : " after “\(prefix)”"
            throw DomainError(.invalidValue, field: "code", "A code has \(expected) letters and digits\(after).")
        }
        var symbols: [UInt8] = []
        for (place, byte) in typed.enumerated() {
            guard let symbol = alphabet.symbol(typed: byte) else {
                throw DomainError(
                    .invalidValue,
                    field: "code",
                    "Sign \(place + 1) of the code is none that codes are made of: \(alphabet)."
                )
            }
            symbols.append(symbol)
        }
        guard !hasCheckSymbol || CheckSymbol(alphabet).accepts(symbols) else {
            throw DomainError(.invalidValue, field: "code", "The code was mistyped; compare it sign by sign.")
        }
        return prefix + String(decoding: symbols, as: UTF8.self)
    }

    /// A code in groups that are easy to read aloud, the prefix as it is: `BIL-A7K2 M9PX 4TRW`.
    ///
    /// - Parameters:
    ///   - code: A code of this style; any other is left as it is.
    ///   - size: How many symbols a group has, 1 or more.
    /// - Returns: The groups, with blanks between them.
    public func grouped(_ code: String, by size: Int = 4) -> String {
        guard size > 0, code.hasPrefix(prefix) else { return code }
        let symbols = Array(code.utf8.dropFirst(prefix.utf8.count))
        let groups = stride(from: 0, to: symbols.count, by: size)
            .map { String(decoding: symbols[$0..<min($0 + size, symbols.count)], as: UTF8.self) }
        return prefix + groups.joined(separator: " ")
    }

    private static func compact(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.filter { ![UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), 9, 10, 13].contains($0) }
            .map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
    }
}
