import RouterOSProtocol
import TestSupport
import Testing

@Suite("Time spans")
struct DurationTests {
    @Test(
        "are read in every shape routers write",
        arguments: [
            ("0s", .zero), ("3h", .seconds(10_800)), ("1w2d3h4m5s", .seconds(788_645)), ("10ms", .milliseconds(10)),
            ("453us", .microseconds(453)), ("1s500ms", .milliseconds(1_500)), ("01:22:53", .seconds(4_973)),
            ("4d10:20:30", .seconds(382_830)), ("1d 00:00:00", .seconds(86_400)), ("00:00:00.200", .milliseconds(200)),
            ("90", .seconds(90)), ("1d", .seconds(86_400)),
        ] as [(String, Duration)]
    )
    func reads(text: String, span: Duration) {
        #expect(Duration(routerOS: text) == span)
    }

    @Test(
        "are refused when they are none",
        arguments: [
            "", "none", "never", "3x", "h", "1:2", "1d3", "-5s", "00:61:00", "99999999999999999999", "9999999999999w",
            "1.5s",
            "00:00:00.", "00:00:00.1234567890",
        ]
    )
    func refuses(text: String) {
        #expect(Duration(routerOS: text) == nil)
    }

    @Test("are written as routers do and read back")
    func roundTrip() {
        #expect(Duration.seconds(10_800).routerOSText == "3h")
        #expect(Duration.seconds(788_645).routerOSText == "1w2d3h4m5s")
        #expect(Duration.milliseconds(1_500).routerOSText == "1s500ms")
        #expect(Duration.zero.routerOSText == "0s")
        #expect(Duration.seconds(-5).routerOSText == "0s")
        var generator = SplitMix64(seed: 7)
        for _ in 0..<1_000 {
            let span = Duration.nanoseconds(Int64.random(in: 0...Int64.max / 2, using: &generator))
            #expect(Duration(routerOS: span.routerOSText) == span)
        }
    }
}
