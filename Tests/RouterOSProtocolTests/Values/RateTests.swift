import RouterOSProtocol
import TestSupport
import Testing

@Suite("Byte counts and speeds")
struct RateTests {
    @Test(
        "byte counts are digits or whole binary units",
        arguments: [
            ("0", 0), ("18446744073709551615", .max), ("512KiB", 524_288), ("15Mi", 15_728_640),
            ("1GiB", 1_073_741_824),
            ("2TiB", 2_199_023_255_552), ("0KiB", 0),
        ] as [(String, UInt64)]
    )
    func readsBytes(text: String, bytes: UInt64) {
        #expect(ByteCount(routerOS: text) == ByteCount(bytes))
    }

    @Test(
        "a decimal unit, which some take for a binary one, is no byte count",
        arguments: [
            "", "1G", "1M", "1k", "1GB", "1.5GiB", "01", "-1", "18446744073709551616", "17179869184GiB", "1KiBB",
            "1kiB", "KiB",
        ]
    )
    func refusesBytes(text: String) {
        #expect(ByteCount(routerOS: text) == nil)
    }

    @Test("units count without overflow")
    func units() {
        #expect(ByteCount.gibibytes(.max).bytes == 4_294_967_295 << 30)
        #expect(ByteCount.gibibytes(1).routerOSText == "1073741824")
        #expect(ByteCount.mebibytes(3).bytes == 3_145_728 && ByteCount.kibibytes(3).bytes == 3_072)
        #expect(BitRate.gigabits(.max).bitsPerSecond == 4_294_967_295_000_000_000)
        #expect(BitRate.megabits(2) > BitRate.kilobits(1_999) && ByteCount(1) < ByteCount(2))
    }

    @Test(
        "speeds are read in every spelling, units decimal",
        arguments: [
            ("0", 0), ("10000000", 10_000_000), ("10M", 10_000_000), ("512k", 512_000), ("512K", 512_000),
            ("1G", 1_000_000_000),
            ("1.2Mbps", 1_200_000), ("34.5kbps", 34_500), ("0bps", 0), ("0.5M", 500_000), ("1.0", 1),
            ("1.234567890G", 1_234_567_890),
            ("18446744073709551615", .max), ("18446744073709551.615k", .max),
        ] as [(String, UInt64)]
    )
    func readsRates(text: String, rate: UInt64) {
        #expect(BitRate(routerOS: text) == BitRate(rate))
    }

    @Test(
        "anything else is no speed",
        arguments: [
            "", "k", "1m", "1T", "01M", "1.", ".5M", "1.5", "1.2345k", "1.M", "1.0000000000M", "-1", "1 M", "1Mb",
            "1Mbpss", "1kM",
            "18446744073709551616", "18446744073709551.616k", "99999999999999999999G",
        ]
    )
    func refusesRates(text: String) {
        #expect(BitRate(routerOS: text) == nil)
    }

    @Test(
        "speeds are written exactly and as short as can be",
        arguments: [
            (0, "0"), (999, "999"), (512_000, "512k"), (1_500_000, "1500k"), (10_000_000, "10M"),
            (2_000_000_000, "2000M"),
            (1_234_567, "1234567"), (.max, "18446744073709551615"),
        ] as [(UInt64, String)]
    )
    func writes(rate: UInt64, text: String) {
        #expect(BitRate(rate).routerOSText == text && BitRate(rate).description == text)
    }

    @Test("pairs are named as the router sees them, and PPP counters stand the other way round")
    func pairs() {
        let pair = RxTxPair<BitRate>(routerOS: "512k/1M")
        #expect(pair == RxTxPair(rx: .kilobits(512), tx: .megabits(1)))
        #expect(
            RxTxPair<ByteCount>(transmittedFirst: Array("900/100".utf8).span)
                == RxTxPair(rx: ByteCount(100), tx: ByteCount(900))
        )
        #expect(RxTxPair<UInt8>(routerOS: "8/8") == RxTxPair(both: 8))
        #expect(RxTxPair<String>(routerOS: "default-small/") == RxTxPair(rx: "default-small", tx: ""))
        #expect(
            ["", "1", "1/", "/1", "1/2/3", "1 /2", "a/b"].map { RxTxPair<UInt8>(routerOS: $0) }
                == Array(repeating: nil, count: 7)
        )
    }

    @Test("read back what they write")
    func roundTrip() {
        var generator = SplitMix64(seed: 21)
        for shift in 0..<64 {
            let number = generator.next() >> shift
            expectRoundTrip(ByteCount(number))
            expectRoundTrip(BitRate(number))
            expectRoundTrip(BitRate(number / 1_000_000 * 1_000))
            expectRoundTrip(RxTxPair(rx: BitRate(number), tx: BitRate(generator.next())))
        }
        expectSafe(ByteCount.self)
        expectSafe(BitRate.self)
        expectSafe(RxTxPair<Duration>.self)
    }

    @Test(
        "a fraction of a bit is no speed",
        arguments: ["1.05", "0.07", "1.5", "1.00005k", "1.0001k", "0.0000001M", "1.01bps"]
    )
    func fraction(text: String) {
        #expect(BitRate(routerOS: text) == nil)
    }

    @Test(
        "zeros behind the last whole bit change nothing",
        arguments: [("1.0", 1), ("1.00", 1), ("1.0010k", 1_001), ("0.000001M", 1), ("1.123000000k", 1_123)]
            as [(String, UInt64)]
    )
    func needlessZeros(text: String, bits: UInt64) {
        #expect(BitRate(routerOS: text) == BitRate(bits))
    }
}
