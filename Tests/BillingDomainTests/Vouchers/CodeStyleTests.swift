import TestSupport
import Testing

@testable import BillingDomain

@Suite("Voucher codes")
struct CodeStyleTests {
    static let alphabets: [CodeAlphabet] = [.unambiguous, .digits, .letters, .alphanumerics]

    @Test(arguments: [
        // ISO/IEC 7064 MOD 11-2, as in two ORCID iDs, and MOD 37-2, as in an ISBT 128 donation number.
        (CodeAlphabet.digits, "000000021825009", "7"),
        (.digits, "000000015109370", "0"),
        (.digits, "000000021694233", "X"),
        (.alphanumerics, "G123498654321", "H"),
    ])
    func checkSymbolsAreThoseOfTheStandard(alphabet: CodeAlphabet, body: String, symbol: String) {
        let check = CheckSymbol(alphabet)
        let computed = check.symbol(after: body.utf8)
        if symbol == "X" {
            #expect(check.modulus == 11)
            #expect(computed == nil)
        } else {
            #expect(computed == symbol.utf8.first)
        }
    }

    @Test(arguments: alphabets)
    func theModulusIsPrimeAndTheRadixAPrimitiveRoot(alphabet: CodeAlphabet) {
        let check = CheckSymbol(alphabet)
        var powers: Set<Int> = []
        var power = 1
        for _ in 1..<check.modulus {
            power = power * check.radix % check.modulus
            powers.insert(power)
        }
        #expect(powers.count == check.modulus - 1)
        #expect(check.modulus >= alphabet.count)
        if alphabet == .unambiguous {
            #expect(check.modulus == 31)
            #expect(check.radix == 3)
        }
    }

    /// Every substitution and every exchange of two neighbours, at every place, of many codes; and of two symbols anywhere.
    @Test(arguments: alphabets)
    func everySingleSlipIsNoticed(alphabet: CodeAlphabet) throws {
        let check = CheckSymbol(alphabet)
        var random = SplitMix64(seed: 7)
        for length in [4, 6, 12] {
            for _ in 0..<40 {
                let body = (0..<length).map { _ in alphabet.symbols.randomElement(using: &random) ?? 0 }
                guard let last = check.symbol(after: body) else { continue }
                let code = body + [last]
                #expect(check.accepts(code))
                for place in code.indices {
                    for symbol in alphabet.symbols where symbol != code[place] {
                        var wrong = code
                        wrong[place] = symbol
                        if check.accepts(wrong) { Issue.record("\(wrong) for \(code)") }
                    }
                    for other in code.indices where other > place && code[other] != code[place] {
                        guard code.count < check.modulus || other == place + 1 else { continue }
                        var wrong = code
                        wrong.swapAt(place, other)
                        if (other - place) % (check.modulus - 1) != 0, check.accepts(wrong) {
                            Issue.record("\(wrong) for \(code)")
                        }
                    }
                }
            }
        }
    }

    /// All pairs of symbols before each check symbol: nothing is left to chance.
    @Test(arguments: alphabets)
    func everyPairOfNeighboursIsToldFromItsExchange(alphabet: CodeAlphabet) {
        let check = CheckSymbol(alphabet)
        for first in alphabet.symbols {
            for second in alphabet.symbols where second != first {
                for third in alphabet.symbols {
                    let straight = check.accepts([first, second, third])
                    #expect(!(straight && check.accepts([second, first, third])))
                    #expect(!(straight && check.accepts([first, third, second]) && second != third))
                }
            }
        }
    }

    @Test(arguments: [(false, 12), (true, 13)])
    func codesAreDrawnFromBytesAlone(hasCheckSymbol: Bool, length: Int) throws {
        let style = try VoucherCodeStyle(prefix: "BIL-", hasCheckSymbol: hasCheckSymbol)
        func draw() -> [String] {
            var random = SplitMix64(seed: 5)
            var draw = CodeDraw(style, count: 500)
            while draw.bytesWanted > 0 {
                draw.feed((0..<draw.bytesWanted).map { _ in UInt8.random(in: 0...255, using: &random) })
            }
            return draw.codes
        }
        let codes = draw()
        #expect(codes == draw())
        #expect(Set(codes).count == 500)
        for code in codes {
            #expect(code.utf8.count == 4 + length)
            #expect(code.utf8.dropFirst(4).allSatisfy(CodeAlphabet.unambiguous.symbols.contains))
            #expect(try style.code(typed: code) == code)
        }
    }

    @Test(arguments: alphabets)
    func everySymbolIsEquallyLikely(alphabet: CodeAlphabet) {
        let drawn = alphabet.symbols(from: UInt8.min...UInt8.max)
        let counts = Dictionary(grouping: drawn, by: { $0 }).mapValues(\.count)
        #expect(Set(counts.values) == [256 / alphabet.count])
        #expect(counts.count == alphabet.count)
        #expect(alphabet.symbols(from: UInt8.min...UInt8.max, limit: 3).count == 3)
    }

    @Test func aSourceThatRepeatsItselfNeverEndsTheDrawingButCountsItsPortions() {
        var draw = CodeDraw(.standard, count: 2)
        for _ in 0..<10 { draw.feed(Array(repeating: 7, count: draw.bytesWanted)) }
        #expect(draw.codes.count == 1)
        #expect(draw.portions == 10)
        draw.feed([])
        #expect(CodeDraw(.standard, count: -1).bytesWanted == 0)
    }

    @Test(arguments: [
        "BIL-A7K2M9PX4TRW", "bil a7k2 m9px 4trw", "A7K2-M9PX-4TRW", " a7k2m9px4trw\n", "bila7k2m9px4trw",
    ])
    func aTypedCodeIsReadHoweverItIsWritten(text: String) throws {
        let style = try VoucherCodeStyle(prefix: "BIL-")
        #expect(try style.code(typed: text) == "BIL-A7K2M9PX4TRW")
        #expect(style.grouped("BIL-A7K2M9PX4TRW") == "BIL-A7K2 M9PX 4TRW")
        #expect(style.grouped("BIL-A7K2M9PX4TRW", by: 0) == "BIL-A7K2M9PX4TRW")
        #expect(style.grouped("other") == "other")
    }

    @Test func lookAlikesAreTakenForTheOneSymbolThatExists() throws {
        #expect(try VoucherCodeStyle().code(typed: "1i0oqLD23456") == "LLDDDLD23456")
        #expect(try VoucherCodeStyle(alphabet: .digits, length: 8).code(typed: "olZS BG28") == "01258628")
        for typed in ["UUUUUUUU", "1234567é", "12345\u{0}78"] {
            #expect(throws: DomainError.self) { try VoucherCodeStyle(alphabet: .digits, length: 8).code(typed: typed) }
        }
    }

    @Test func aSlipIsToldFromAWrongLength() throws {
        let style = try VoucherCodeStyle(alphabet: .digits, length: 15, hasCheckSymbol: true)
        #expect(try style.code(typed: "0000-0002-1825-0097") == "0000000218250097")
        let slip = #expect(throws: DomainError.self) { try style.code(typed: "0000000218250079") }
        #expect(slip?.message.contains("mistyped") == true)
        let short = #expect(throws: DomainError.self) { try style.code(typed: "00000002182500") }
        #expect(short?.message.contains("16") == true)
        #expect(throws: DomainError.self) { try style.code(typed: "") }
        #expect(throws: DomainError.self) { try style.code(typed: String(repeating: "0", count: 100_000)) }
    }

    @Test(arguments: [
        // 50 n² ≤ N: of a million codes of six digits, 141 may live.
        (6, 141, 0, true), (6, 142, 0, false), (6, 100, 41, true), (6, 100, 42, false), (6, 0, 0, true),
        (8, 1414, 0, true), (8, 1415, 0, false), (12, 10_000, 100_000, true), (4, 15, 0, false),
    ])
    func aStyleThatIsTooWeakForSoManyCodesIsRefused(length: Int, new: Int, stock: Int, isStrong: Bool) throws {
        let style = try VoucherCodeStyle(alphabet: .digits, length: length, prefix: "ABCDEFGH")
        if isStrong {
            try style.requireStrength(generating: new, inStock: stock)
        } else {
            let error = #expect(throws: DomainError.self) { try style.requireStrength(generating: new, inStock: stock) }
            #expect(error?.field == "codeLength")
            #expect(error?.message.contains("1 in ") == true)
        }
    }

    @Test func theStandardStyleIsStrongAndTheErrorSaysWhatWouldDo() throws {
        #expect(VoucherCodeStyle.standard.space == 787_662_783_788_549_761)
        try VoucherCodeStyle.standard.requireStrength(generating: 10_000, inStock: 100_000_000)
        let error = #expect(throws: DomainError.self) {
            try VoucherCodeStyle(alphabet: .digits, length: 6).requireStrength(generating: 10_000)
        }
        #expect(error?.message.contains("sure to be the same") == true)
        #expect(error?.message.contains("1 guess in 100 hits") == true)
        #expect(error?.message.contains("Use 10 symbols") == true)
        #expect(throws: DomainError.self) {
            try VoucherCodeStyle.standard.requireStrength(generating: .max, inStock: .max)
        }
    }

    @Test func stylesLieInTheirRange() {
        for (length, prefix) in [(3, ""), (39, ""), (12, String(repeating: "A", count: 39)), (12, "a b"), (12, "é")] {
            #expect(throws: DomainError.self) { try VoucherCodeStyle(length: length, prefix: prefix) }
        }
        for symbols in ["", "A", "AA", "Aa", "A-", "AÉ", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0"] {
            #expect(CodeAlphabet(symbols) == nil)
        }
        #expect(CodeAlphabet("abc")?.description == "ABC")
    }
}
