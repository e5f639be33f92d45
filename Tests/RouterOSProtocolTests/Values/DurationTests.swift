import RouterOSProtocol
import TestSupport
import Testing

@Suite("Time spans")
struct DurationTests {
    @Test(
        "are read in every shape routers write",
        arguments: [
            ("0s", .zero), ("3h", .seconds(10_800)), ("1w2d3h4m5s", .seconds(788_645)), ("10ms", .milliseconds(10)),
            ("453us", .microseconds(453)), ("7ns", .nanoseconds(7)), ("1ms453us", .microseconds(1_453)),
            ("1s500ms", .milliseconds(1_500)), ("5m3ms", .milliseconds(300_003)), ("01:22:53", .seconds(4_973)),
            ("4d10:20:30", .seconds(382_830)), ("1w1d00:00:01", .seconds(691_201)), ("1d 00:00:00", .seconds(86_400)),
            ("1d 2h", .seconds(93_600)), ("00:00:00.200", .milliseconds(200)),
            ("00:00:01.000000001", .nanoseconds(1_000_000_001)),
            ("100:00:00", .seconds(360_000)), ("90", .seconds(90)), ("0", .zero), ("05m", .seconds(300)),
            ("1d", .seconds(86_400)),
            ("9223372036s854775807ns", .nanoseconds(Int64.max)),
        ] as [(String, Duration)]
    )
    func reads(text: String, span: Duration) {
        #expect(Duration(routerOS: text) == span)
    }

    @Test(
        "are refused when they are none",
        arguments: [
            "", " ", "1d ", " 1d", "none", "never", "3x", "h", "1:2", "1d3", "0s90", "1s1s", "5s1h", "1ms2s",
            "1h10:20:30", "-5s", "+5s",
            "00:61:00", "00:00:60", "99999999999999999999", "9999999999999w", "9223372036s854775808ns", "1.5s",
            "00:00:00.",
            "00:00:00.1234567890", "00:00:00.1 ", "1u", "1n", "2000000:00:00", "1d  2h", "3h\u{0}", "１h",
        ]
    )
    func refuses(text: String) {
        #expect(Duration(routerOS: text) == nil)
    }

    @Test(
        "are written as routers do",
        arguments: [
            (.seconds(10_800), "3h"), (.seconds(788_645), "1w2d3h4m5s"), (.milliseconds(1_500), "1s500ms"),
            (.zero, "0s"),
            (.seconds(-5), "0s"), (.microseconds(10), "10us"),
            (Duration(secondsComponent: 0, attosecondsComponent: 1), "0s"),
            (Duration(secondsComponent: .min, attosecondsComponent: 0), "0s"),
        ] as [(Duration, String)]
    )
    func writes(span: Duration, text: String) {
        #expect(span.routerOSText == text)
    }

    @Test("read back what they write")
    func roundTrip() {
        var generator = SplitMix64(seed: 7)
        for shift in 0..<63 {
            for _ in 0..<50 {
                expectRoundTrip(Duration.nanoseconds(Int64.random(in: 0...Int64.max, using: &generator) >> shift))
            }
        }
        expectSafe(Duration.self)
    }
}
