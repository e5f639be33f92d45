import RouterOSProtocol
import Testing

@Suite("RouterOS versions")
struct RouterOSVersionTests {
    @Test(
        "a version reads as routers write it, and is written back",
        arguments: [
            ("7.18.2 (stable)", 7, 18, 2, .release, "stable"),
            ("6.49.18 (long-term)", 6, 49, 18, .release, "long-term"),
            ("7.24rc1", 7, 24, 0, .candidate(1), nil), ("7.1beta6 (development)", 7, 1, 0, .beta(6), "development"),
            ("7.22 (testing)", 7, 22, 0, .release, "testing"), ("7.2.1alpha12", 7, 2, 1, .alpha(12), nil),
        ] as [(String, Int, Int, Int, RouterOSVersion.Stage, String?)]
    )
    func reading(
        text: String,
        _ major: Int,
        _ minor: Int,
        _ patch: Int,
        _ stage: RouterOSVersion.Stage,
        _ channel: String?
    )
        throws
    {
        let version = try #require(RouterOSVersion(routerOS: text))
        #expect(version.major == major && version.minor == minor && version.patch == patch)
        #expect(version.stage == stage && version.channel == channel)
        #expect(version.routerOSText == text)
    }

    @Test(
        "anything else is none",
        arguments: [
            "", "7", "7.", ".7", "7.18.", "7.18 stable", "7.18 ()", "7.18rc", "7.18rc1x", "7.12345", "7.-1", "v7.1",
        ]
    )
    func refusing(text: String) {
        #expect(RouterOSVersion(routerOS: text) == nil)
    }

    @Test("versions are ordered as they were made, whatever their channel")
    func ordering() {
        let texts = [
            "6.40", "6.49.18 (long-term)", "7.1beta6", "7.1rc1", "7.1", "7.1.1", "7.2", "7.9", "7.18", "7.24rc1",
        ]
        let versions = texts.compactMap { RouterOSVersion(routerOS: $0) }
        #expect(versions.count == texts.count && versions == versions.reversed().sorted())
        #expect(RouterOSVersion(routerOS: "7.18 (stable)") == RouterOSVersion(7, 18))
        #expect(Set([RouterOSVersion(routerOS: "7.18 (stable)"), RouterOSVersion(7, 18)]).count == 1)
    }

    @Test("spans of minutes, hours and days are whole seconds, the largest too")
    func durations() {
        #expect(Duration.minutes(2) == .seconds(120) && Duration.hours(3) == .seconds(10_800))
        #expect(Duration.days(.max) == .seconds(4_294_967_295 * 86_400))
    }
}
