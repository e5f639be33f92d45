import RouterOSProtocol
import Testing

@testable import RouterOSClient

/// Whole rows in the words of routers of two generations, with the attributes that no type asks for.
@Suite("Replies of routers")
struct RouterRepliesTests {
    private func row(_ text: String) throws -> Sentence {
        try .row(
            text.split(separator: "|", omittingEmptySubsequences: false).map { word in
                let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
            }
        )
    }

    @Test(
        "a hotspot user",
        arguments: [
            // 6.49
            ".id=*1B|server=hotspot1|name=A7K2|password=x1|address=0.0.0.0|mac-address=00:00:00:00:00:00|profile=default"
                + "|limit-uptime=3h|limit-bytes-in=0|limit-bytes-out=0|limit-bytes-total=1073741824|uptime=1h2m3s"
                + "|bytes-in=1048576|bytes-out=20971520|packets-in=900|packets-out=1800|dynamic=false|disabled=false"
                + "|comment=desk",
            // 7.18
            ".id=*1B|server=hotspot1|name=A7K2|password=x1|profile=default|limit-uptime=3h|limit-bytes-total=1073741824"
                + "|uptime=1h2m3s|bytes-in=1048576|bytes-out=20971520|packets-in=900|packets-out=1800|dynamic=false"
                + "|disabled=false|comment=desk",
            ".id=*0|name=default-trial|uptime=1h2m3s|bytes-in=1048576|bytes-out=20971520|packets-in=900"
                + "|packets-out=1800|default=true|dynamic=true|disabled=false|comment=counters and limits for trial users",
        ]
    )
    func user(text: String) throws {
        let user = try HotspotUser(row(text))
        #expect(user.uptime == .seconds(3_723) && user.bytesOut == 20_971_520)
        #expect(user.disabled == false)
    }

    @Test(
        "a user profile",
        arguments: [
            // 6.49
            ".id=*0|name=default|idle-timeout=none|keepalive-timeout=2m|status-autorefresh=1m|shared-users=1"
                + "|add-mac-cookie=yes|mac-cookie-timeout=3d|address-list=|transparent-proxy=no|default=true",
            // 7.18
            ".id=*0|name=default|idle-timeout=none|keepalive-timeout=2m|status-autorefresh=1m|shared-users=1"
                + "|add-mac-cookie=true|mac-cookie-timeout=3d|address-list=|insert-queue-before=bottom|parent-queue=none"
                + "|queue-type=default-small|transparent-proxy=false|open-status-page=always|default=true",
        ]
    )
    func profile(text: String) throws {
        let profile = try HotspotUserProfile(row(text))
        #expect(profile.idleTimeout == .keyword(.none) && profile.keepaliveTimeout == .value(.minutes(2)))
        #expect(profile.sharedUsers == .value(1) && profile.addMACCookie == true && profile.isDefault == true)
    }

    @Test(
        "a hotspot session",
        arguments: [
            // 6.49
            ".id=*32320A0A|server=hotspot1|user=A7K2|address=10.5.50.50|mac-address=48:A9:8A:01:02:03"
                + "|login-by=http-chap|uptime=5m12s|session-time-left=2h54m48s|idle-time=2s|keepalive-timeout=2m"
                + "|bytes-in=1000|bytes-out=2000|packets-in=10|packets-out=20|radius=false",
            // 7.18
            ".id=*32320A0A|server=hotspot1|user=A7K2|address=10.5.50.50|mac-address=48:A9:8A:01:02:03"
                + "|login-by=mac-cookie|uptime=5m12s|session-time-left=2h54m48s|idle-time=2s|idle-timeout=none"
                + "|keepalive-timeout=2m|bytes-in=1000|bytes-out=2000|packets-in=10|packets-out=20"
                + "|limit-bytes-total=1073741824|radius=false|comment=desk",
        ]
    )
    func session(text: String) throws {
        let session = try HotspotActive(row(text))
        #expect(session.uptime == .seconds(312) && session.idleTime == .seconds(2) && session.idleTimeout == nil)
        #expect(session.keepaliveTimeout == .minutes(2) && session.radius == false && session.packetsOut == 20)
    }

    @Test(
        "a PPP secret and its session",
        arguments: [
            // 6.49
            (
                ".id=*3|name=house-7|service=pppoe|caller-id=|password=p|profile=10M|remote-address=10.9.0.7|routes="
                    + "|limit-bytes-in=0|limit-bytes-out=0|last-logged-out=nov/20/2021 23:05:00|disabled=false",
                ".id=*80000001|name=house-7|service=pppoe|caller-id=02:00:0A:00:00:01|address=10.9.0.7"
                    + "|uptime=1w2d3h4m5s|encoding=|session-id=0x81700001|limit-bytes-in=0|limit-bytes-out=0|radius=false"
            ),
            // 7.18
            (
                ".id=*3|name=house-7|service=any|caller-id=|password=p|profile=10M|remote-address=10.9.0.7|routes="
                    + "|ipv6-routes=|limit-bytes-in=0|limit-bytes-out=0|last-logged-out=2021-11-20 23:05:00"
                    + "|last-caller-id=02:00:0A:00:00:01|last-disconnect-reason=peer-request|disabled=false|comment=east",
                ".id=*80000001|name=house-7|service=pppoe|caller-id=02:00:0A:00:00:01|address=10.9.0.7"
                    + "|uptime=1w2d3h4m5s|encoding=MPPE128 stateless|session-id=0x81700001|limit-bytes-in=0"
                    + "|limit-bytes-out=0|radius=false"
            ),
        ]
    )
    func ppp(secret: String, session: String) throws {
        let secret = try PPPSecret(row(secret))
        #expect(secret.lastLoggedOut == LocalDateTime(routerOS: "2021-11-20 23:05:00"))
        #expect(secret.remoteAddress == "10.9.0.7" && secret.routes?.isEmpty == true && secret.disabled == false)
        let session = try PPPActive(row(session))
        #expect(session.uptime == .seconds(788_645) && session.limitBytesIn == ByteCount(0))
    }

    @Test(
        "what the router is, and its clock",
        arguments: [
            (
                "uptime=3w4d5h|version=6.49.18 (long-term)|build-time=Feb/27/2025 15:57:04|factory-software=6.44.6"
                    + "|free-memory=39661568|total-memory=67108864|cpu=MIPS 24Kc V7.4|cpu-count=1|cpu-frequency=650"
                    + "|cpu-load=12|free-hdd-space=3260416|total-hdd-space=16777216|write-sect-since-reboot=1041"
                    + "|write-sect-total=210735|bad-blocks=0|architecture-name=mipsbe|board-name=RB951Ui-2HnD"
                    + "|platform=MikroTik",
                "time=13:05:07|date=nov/20/2021|time-zone-autodetect=true|time-zone-name=Africa/Kampala|gmt-offset=+03:00"
                    + "|dst-active=false"
            ),
            (
                "uptime=3w4d5h|version=7.18.2 (stable)|build-time=2025-03-11 11:59:04|free-memory=39661568"
                    + "|total-memory=67108864|cpu=ARM|cpu-count=4|cpu-frequency=716|cpu-load=12|free-hdd-space=3260416"
                    + "|total-hdd-space=16777216|write-sect-since-reboot=1041|write-sect-total=210735|bad-blocks=0"
                    + "|architecture-name=arm|board-name=hAP ac^2|platform=MikroTik",
                "time=13:05:07|date=2021-11-20|time-zone-autodetect=true|time-zone-name=Africa/Kampala"
                    + "|gmt-offset=+03:00|dst-active=false"
            ),
        ]
    )
    func system(resource: String, clock: String) throws {
        let resource = try SystemResource(row(resource))
        #expect(resource.uptime == .seconds(2_178_000) && resource.cpuLoad == 12 && resource.totalMemory == 67_108_864)
        #expect(RouterOSVersion(routerOS: resource.version) != nil)
        let clock = try SystemClock(row(clock))
        #expect(clock.date?.routerOSText == "2021-11-20" && clock.isDaylightSaving == false)
    }

    @Test(
        "sensors",
        arguments: [
            ["voltage=23.9|temperature=41"],
            [".id=*D|name=temperature|value=41|type=C", ".id=*E|name=voltage|value=23.9|type=V"],
        ]
    )
    func health(rows: [String]) throws {
        let readings = try rows.flatMap { HealthReading.readings(in: try row($0)) }
        #expect(Set(readings.map { "\($0.name) \($0.value)" }) == ["temperature 41", "voltage 23.9"])
    }

    @Test(
        "a simple queue",
        arguments: [
            // 6.49
            ".id=*7|name=office|target=10.9.0.5/32|parent=none|packet-marks=|priority=8/8|queue=default-small/default-small"
                + "|limit-at=0/0|max-limit=2000000/10000000|burst-limit=0/0|burst-threshold=0/0|burst-time=0s/0s"
                + "|bucket-size=0.1/0.1|bytes=100/200|total-bytes=0|packets=1/2|total-packets=0|dropped=0/0"
                + "|total-dropped=0|rate=0/0|total-rate=0|packet-rate=0/0|total-packet-rate=0|queued-bytes=0/0"
                + "|total-queued-bytes=0|queued-packets=0/0|total-queued-packets=0|invalid=false|dynamic=false"
                + "|disabled=false",
            // 7.18
            ".id=*7|name=<hotspot-A7K2>|target=10.9.0.5/32|parent=none|packet-marks=|priority=8/8"
                + "|queue=hotspot-default/hotspot-default|limit-at=0/0|max-limit=2M/10M|burst-limit=0/0"
                + "|burst-threshold=0/0|burst-time=0s/0s|bucket-size=0.1/0.1|bytes=100/200|total-bytes=0|packets=1/2"
                + "|dropped=0/0|rate=0/0|packet-rate=0/0|queued-bytes=0/0|queued-packets=0/0|invalid=false|dynamic=true"
                + "|disabled=false",
        ]
    )
    func queue(text: String) throws {
        let queue = try SimpleQueue(row(text))
        #expect(queue.maxLimit == RxTxPair(rx: .megabits(2), tx: .megabits(10)))
        #expect(queue.target == ["10.9.0.5/32"] && queue.bytes == RxTxPair(rx: 100, tx: 200))
    }
}
