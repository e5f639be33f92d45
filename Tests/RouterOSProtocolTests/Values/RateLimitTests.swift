import RouterOSProtocol
import TestSupport
import Testing

@Suite("Rate limits")
struct RateLimitTests {
    @Test(
        "are written in full groups, whatever was left off in reading",
        arguments: [
            ("", ""), ("  ", ""), ("512k/1M", "512k/1M"), ("512k", "512k/512k"), ("512000/1000000", "512k/1M"),
            ("0/0", "0/0"),
            ("1M 2M", "1M/1M 2M/2M"), ("1M/2M 2M/4M 1M", "1M/2M 2M/4M 1M/1M"),
            ("1M 2M 1M 16", "1M/1M 2M/2M 1M/1M 16s/16s"),
            ("1M/2M 2M/4M 1M/2M 10s/20s 5", "1M/2M 2M/4M 1M/2M 10s/20s 5"),
            ("1M/2M 2M/4M 1M/2M 10/20 5 256k", "1M/2M 2M/4M 1M/2M 10s/20s 5 256k/256k"),
            ("1M/2M 2M/4M 1M/2M 10/20 256k/512k", "1M/2M 2M/4M 1M/2M 10s/20s 8 256k/512k"),
            ("10M/10M 0/0 0/0 0/0 5 1M/1M", "10M/10M 0/0 0/0 0s/0s 5 1M/1M"), (" 1M   2M ", "1M/1M 2M/2M"),
        ]
    )
    func canonical(text: String, written: String) {
        #expect(RateLimit(routerOS: text)?.routerOSText == written)
    }

    @Test(
        "are refused when a part is none, or there are too many",
        arguments: [
            "x", "1M/", "/1M", "1M/2M/3M", "1M 2M 1M x", "1M 2M 1M 1s 9", "1M 2M 1M 1s 0", "1M 2M 1M 1s 5 1M 1M",
            "1M 2M 1M 1s 5 5 5",
            "1M\t2M", "1M,2M", "unlimited", "1M/1M 2M/", "18446744073709551616",
        ]
    )
    func refuses(text: String) {
        #expect(RateLimit(routerOS: text) == nil)
    }

    @Test("the empty text is no limit, and no limit is the empty text")
    func unlimited() {
        #expect(RateLimit(routerOS: "") == .unlimited && RateLimit.unlimited.routerOSText.isEmpty)
        #expect(RateLimit.unlimited.rate == nil && RateLimit.unlimited.resolved == .unlimited)
    }

    @Test("what was left off is resolved as the manual says, when asked for")
    func resolved() throws {
        let limit = try #require(RateLimit(routerOS: "512k/1M 1M/2M"))
        #expect(limit.burstThreshold == nil && limit.burstTime == nil && limit.priority == nil && limit.minimum == nil)
        #expect(limit.resolved.routerOSText == "512k/1M 1M/2M 512k/1M 1s/1s 8 512k/1M")
        #expect(RateLimit(routerOS: "512k/1M")?.resolved.routerOSText == "512k/1M 0/0 0/0 1s/1s 8 512k/1M")
    }

    @Test("what stands before a later part is there")
    func gaps() {
        let rate = RxTxPair(rx: BitRate.megabits(1), tx: BitRate.megabits(2))
        #expect(RateLimit(rate: rate, priority: 3).routerOSText == "1M/2M 0/0 0/0 1s/1s 3")
        #expect(
            RateLimit(rate: rate, burst: rate, burstTime: RxTxPair(both: .seconds(4))).routerOSText
                == "1M/2M 1M/2M 1M/2M 4s/4s"
        )
        #expect(RateLimit(rate: rate, burstThreshold: rate).routerOSText == "1M/2M 0/0 1M/2M")
        #expect(RateLimit(rate: rate, minimum: rate).routerOSText == "1M/2M 0/0 0/0 1s/1s 8 1M/2M")
        #expect(RateLimit(rate: rate, priority: 0).priority == 1 && RateLimit(rate: rate, priority: 9).priority == 8)
    }

    @Test(
        "of server profiles may have the priority behind an incomplete burst",
        arguments: [
            ("512k/1M 5", "512k/1M 0/0 0/0 1s/1s 5"), ("512k/1M 5 256k", "512k/1M 0/0 0/0 1s/1s 5 256k/256k"),
            ("512k/1M 1M/2M 5", "512k/1M 1M/2M 512k/1M 1s/1s 5"),
            ("512k/1M 1M/2M 1M/1M 4", "512k/1M 1M/2M 1M/1M 4s/4s"),
            ("512k/1M 1M/2M 1M/1M 4 4 1k", "512k/1M 1M/2M 1M/1M 4s/4s 4 1k/1k"), ("", ""),
        ]
    )
    func serverProfile(text: String, written: String) {
        #expect(RateLimit(routerOS: Array(text.utf8).span, grammar: .serverProfile)?.routerOSText == written)
    }

    @Test("read back what they write, in either grammar", arguments: RateLimit.Grammar.allCases)
    func roundTrip(grammar: RateLimit.Grammar) {
        var generator = SplitMix64(seed: 31)
        func some<Value>(_ value: @autoclosure () -> Value) -> Value? { generator.next() % 2 == 0 ? value() : nil }
        func rates() -> RxTxPair<BitRate> {
            RxTxPair(rx: BitRate(generator.next() >> (generator.next() % 64)), tx: BitRate(generator.next() % 9))
        }
        func span() -> Duration { .nanoseconds(Int64(truncatingIfNeeded: generator.next() >> (generator.next() % 64))) }
        for _ in 0..<3_000 {
            let limit = RateLimit(
                rate: rates(),
                burst: some(rates()),
                burstThreshold: some(rates()),
                burstTime: some(RxTxPair(rx: span(), tx: span())),
                priority: some(UInt8(truncatingIfNeeded: generator.next())),
                minimum: some(rates())
            )
            expectRoundTrip(limit)
            #expect(RateLimit(routerOS: Array(limit.routerOSText.utf8).span, grammar: grammar) == limit)
            #expect(limit.resolved.resolved == limit.resolved)
        }
        let extreme = RxTxPair(
            rx: Duration(secondsComponent: .max, attosecondsComponent: 0),
            tx: Duration(secondsComponent: 1, attosecondsComponent: 1)
        )
        expectRoundTrip(RateLimit(rate: rates(), burstTime: extreme))
        expectSafe(RateLimit.self)
    }
}
