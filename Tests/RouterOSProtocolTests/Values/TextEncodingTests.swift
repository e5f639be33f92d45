import RouterOSProtocol
import TestSupport
import Testing

@Suite("Text")
struct TextEncodingTests {
    /// Every page with the FNV-1a of the 128 scalars of its upper half as Python's codecs have them (two bytes each,
    /// the higher first), how many of them stand for nothing, and a sample.
    static let pages: [(TextEncoding, digest: UInt64, undefined: Int, sample: ([UInt8], String))] = [
        (
            .windows874, 0x973E_EFA2_8F58_AC0A, 31,
            ([0xCA, 0xC7, 0xD1, 0xCA, 0xB4, 0xD5], "\u{E2A}\u{E27}\u{E31}\u{E2A}\u{E14}\u{E35}")
        ),
        (.windows1250, 0x6BC3_4E70_6158_4BD0, 5, ([0x8E, 0x6C, 0x75, 0x9D], "\u{17D}lu\u{165}")),
        (
            .windows1251, 0x4338_EA2D_827A_52F3, 1,
            ([0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2], "\u{41F}\u{440}\u{438}\u{432}\u{435}\u{442}")
        ),
        (.windows1252, 0xEBBA_6D9B_1568_ABB0, 5, ([0x80, 0xE9, 0xFF], "\u{20AC}\u{E9}\u{FF}")),
        (.windows1253, 0x0C2F_EEB4_284C_0412, 17, ([0xC3, 0xE5, 0xE9, 0xDC], "\u{393}\u{3B5}\u{3B9}\u{3AC}")),
        (.windows1254, 0x8C57_7EA9_5799_3C3E, 7, ([0xFD, 0xF0, 0xFE], "\u{131}\u{11F}\u{15F}")),
        (.windows1255, 0x26AD_EA6F_02BC_24B3, 23, ([0xF9, 0xEC, 0xE5, 0xED], "\u{5E9}\u{5DC}\u{5D5}\u{5DD}")),
        (.windows1256, 0x5280_E0E2_C001_8566, 0, ([0xD3, 0xE1, 0xC7, 0xE3], "\u{633}\u{644}\u{627}\u{645}")),
        (.windows1257, 0x2324_B4E7_CF50_2D9E, 12, ([0xE0, 0xE8, 0xE6], "\u{105}\u{10D}\u{119}")),
        (.windows1258, 0x1750_400E_5EC0_C2D2, 9, ([0x56, 0x69, 0xF5], "Vi\u{1A1}")),
        (
            .koi8R, 0x9D2A_F325_7524_C02C, 0,
            ([0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4], "\u{41F}\u{440}\u{438}\u{432}\u{435}\u{442}")
        ),
        (.latin1, 0x5785_5402_4AEE_5E25, 0, ([0x80, 0xE9], "\u{80}\u{E9}")),
    ]

    @Test("a code page is the one its standard describes", arguments: pages)
    func tables(encoding: TextEncoding, digest: UInt64, undefined: Int, sample: ([UInt8], String)) {
        let scalars = (0x80...0xFF).map { byte in
            // A second byte that makes the whole invalid as UTF-8.
            encoding.decode([UInt8(byte), 0x41].span).text.unicodeScalars.first?.value ?? 0
        }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for scalar in scalars {
            for byte in [scalar >> 8, scalar & 0xFF] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        #expect(hash == digest)
        #expect(scalars.count { $0 == 0xFFFD } == undefined)
        #expect(encoding.decode(sample.0.span) == (sample.1, false))
    }

    @Test("every byte of a page comes back as it was, unless it stands for nothing", arguments: pages.map(\.0))
    func roundTrip(encoding: TextEncoding) {
        for byte in UInt8.min...UInt8.max {
            let (text, isLossy) = encoding.decode([byte].span)
            let written = encoding.encode(text)
            #expect(isLossy == (text == "\u{FFFD}"))
            #expect(written.bytes == (isLossy ? [0x3F] : [byte]))
            #expect(written.missing == (isLossy ? ["\u{FFFD}"] : []))
            #expect(!written.isAmbiguous)
        }
    }

    @Test("valid UTF-8 wins over any page", arguments: pages.map(\.0))
    func unicodeFirst(encoding: TextEncoding) {
        for text in ["", "abc", "é", "Ж", "日本", "🙂", "\u{0}"] {
            #expect(encoding.decode(Array(text.utf8).span) == (text, false))
        }
    }

    @Test("a byte that stands for nothing is replaced and told")
    func lossy() {
        #expect(TextEncoding.windows1252.decode([0x41, 0x81, 0x42].span) == ("A\u{FFFD}B", true))
        #expect(TextEncoding.latin1.decode([0x41, 0x81, 0x42].span) == ("A\u{81}B", false))
        // Half a character of UTF-8, and a surrogate in it, are no UTF-8.
        #expect(TextEncoding.windows1252.decode([0xC3].span) == ("Ã", false))
        #expect(TextEncoding.windows1252.decode([0xED, 0xA0, 0x80].span) == ("í\u{A0}€", false))
    }

    @Test("what a page cannot write is reported, and so is what would be read back as something else")
    func encoding() {
        let russian = TextEncoding.windows1251.encode("Жук 日本")
        #expect(russian.bytes == [0xC6, 0xF3, 0xEA, 0x20, 0x3F, 0x3F])
        #expect(russian.missing == ["日", "本"] && !russian.isAmbiguous)
        let ambiguous = TextEncoding.windows1252.encode("Ã©")
        #expect(ambiguous.bytes == [0xC3, 0xA9] && ambiguous.isAmbiguous)
        #expect(!TextEncoding.windows1252.encode("plain").isAmbiguous)
    }

    @Test("a page of one's own has 128 characters, none beyond U+FFFF")
    func custom() throws {
        var table: [Unicode.Scalar?] = (0x80...0xFF).map { Unicode.Scalar(UInt32($0) + 0x400) }
        table[1] = nil
        let encoding = try #require(TextEncoding(upperHalf: table))
        #expect(encoding.decode([0x80, 0x81].span) == ("\u{480}\u{FFFD}", true))
        #expect(encoding == TextEncoding(upperHalf: table))
        #expect(TextEncoding(upperHalf: table.dropLast()) == nil)
        table[0] = "🙂"
        #expect(TextEncoding(upperHalf: table) == nil)
    }

    @Test("any bytes are text")
    func safe() {
        var generator = SplitMix64(seed: 3)
        for seed in HostileBytes.seeds { #expect(String(routerOS: seed.span) != nil) }
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let (text, isLossy) = TextEncoding.windows1256.decode(bytes.span)
            #expect(!isLossy && TextEncoding.windows1256.decode(Array(text.utf8).span) == (text, false))
        }
        for text in ["", "00042", "é", "a=b\r\n"] { expectRoundTrip(text) }
    }
}
