import BillingDomain
import Testing

@Suite("A hotspot user that is on a router already")
struct ImportedHotspotUserTests {
    private let now = LocalDateTime("2026-03-01T12:00:00")

    private func user(_ change: (inout HotspotUserText) -> Void = { _ in }) throws -> ImportedHotspotUser {
        var row = HotspotUserText(name: "A7K2", password: "A7K2", profile: "daily")
        change(&row)
        return try ImportedHotspotUser(row)
    }

    @Test func isReadWithAllItsAttributes() throws {
        let user = try user { row in
            row.password = "other"
            row.comment = "shop"
            row.limitUptime = "1d02:00:00"
            row.limitBytesTotal = "1572864"
            row.uptime = "1h30m"
            row.bytesIn = "100"
            row.bytesOut = "200"
            row.macAddress = "AA:BB:CC:00:11:22"
            row.disabled = "yes"
        }
        #expect(user.code == "A7K2")
        #expect(user.password?.value == "other")
        #expect(user.profile == "daily")
        #expect(user.origin == .other)
        #expect(user.uptimeAllowance == .seconds(93_600))
        // 1.5 MiB, which a price list once called 1.5 GB.
        #expect(user.dataQuota == (try ByteQuota("1.5MB")))
        #expect(user.used == VoucherUsage.Counters(uptime: .seconds(5400), bytesIn: 100, bytesOut: 200))
        #expect(user.device == DeviceAddress("AABBCC001122"))
        #expect(user.isDisabled)
    }

    @Test func missingAttributesAreTheRoutersDefaults() throws {
        let user = try ImportedHotspotUser(HotspotUserText(name: "A7K2"))
        #expect(user.password == nil)
        #expect(user.profile == "default")
        #expect(user.uptimeAllowance == nil)
        #expect(user.dataQuota == nil)
        #expect(user.device == nil)
        #expect(!user.isDisabled)
        #expect(try self.user { $0.macAddress = "00:00:00:00:00:00" }.device == nil)
    }

    @Test func itsStateFollowsFromCommentLimitsAndCounters() throws {
        let now = try #require(now)
        let cases: [((inout HotspotUserText) -> Void, AccessState)] = [
            ({ _ in }, .unused),
            ({ $0.comment = "vc-345-03.01.26-shop" }, .unused),
            ({ $0.uptime = "1s" }, .active),
            ({ $0.bytesOut = "1" }, .active),
            ({ $0.comment = "2026-03-01 12:00:01 shop" }, .active),
            ({ $0.comment = "mar/01/2026 12:00:00 shop" }, .expired),
            ({ $0.limitUptime = "1s" }, .expired),
            ({ ($0.limitUptime, $0.disabled) = ("00:00:01", "true") }, .expired),
            ({ ($0.limitUptime, $0.uptime) = ("1h", "1h") }, .depleted),
            ({ ($0.limitBytesTotal, $0.bytesIn, $0.bytesOut) = ("10", "5", "5") }, .depleted),
            ({ ($0.disabled, $0.uptime) = ("true", "5m") }, .disabled),
        ]
        for (change, state) in cases {
            let user = try user(change)
            #expect(user.access(at: now) == state, "\(user.comment) \(state)")
        }
    }

    @Test(arguments: [
        ("name", ""), ("name", "default-trial"), ("name", "a b"), ("name", "a\u{0}"),
        ("name", String(repeating: "n", count: 51)), ("limit-uptime", "soon"), ("uptime", "1h1h"), ("uptime", "1s1h"),
        ("limit-bytes-total", "-1"), ("bytes-in", "9223372036854775808"), ("bytes-out", "1.5"),
        ("mac-address", "AA:BB"), ("disabled", "perhaps"), ("password", "canary secret"),
    ])
    func whatCannotBeUnderstoodIsRefusedWithItsAttribute(field: String, text: String) {
        let error = #expect(throws: DomainError.self) {
            try user { row in
                switch field {
                case "name": row.name = text
                case "limit-uptime": row.limitUptime = text
                case "uptime": row.uptime = text
                case "limit-bytes-total": row.limitBytesTotal = text
                case "bytes-in": row.bytesIn = text
                case "bytes-out": row.bytesOut = text
                case "mac-address": row.macAddress = text
                case "disabled": row.disabled = text
                default: row.password = text
                }
            }
        }
        #expect(error?.field == field)
        #expect(error?.description.contains("canary") == false)
    }

    @Test func thePasswordIsNotShown() throws {
        let row = HotspotUserText(name: "A7K2", password: "canary")
        var dumped = ""
        dump(row, to: &dumped)
        dump(try ImportedHotspotUser(row), to: &dumped)
        #expect(!"\(row)\(String(reflecting: row))\(dumped)".contains("canary"))
    }

    @Test(arguments: [
        ("1w2d3h4m5s", 788_645), ("3h30m", 12_600), ("00:30:00", 1800), ("1d02:03:04", 93_784), ("90", 90), ("0s", 0),
        ("26:00", 93_600), ("1w00:00:01", 604_801),
    ])
    func aRoutersTimeIsRead(text: String, seconds: Int) throws {
        #expect(try user { $0.uptime = text }.used.uptime == .seconds(seconds))
    }

    @Test(arguments: ["1x", "h", "1d1w", "00:60:00", "00:00:60", "1h00:30:00", "1:2:3:4", ":", "-1h", "6000w", "1h5"])
    func noOtherTimeIsRead(text: String) throws {
        #expect(throws: DomainError.self) { try user { $0.uptime = text } }
    }
}
