import RouterOSProtocol
import Testing

@Suite("Typed rows")
struct RowTests {
    private func sentence(_ build: (inout Attributes) -> Void) throws -> Sentence {
        var encoder = SentenceEncoder()
        encoder.append(Reply(.row, build))
        return try #require(try Delivery.whole.decode(encoder.bytes).first)
    }

    @Test("a hotspot user is read from what a router sends")
    func hotspotUser() throws {
        let user = try HotspotUser(
            sentence {
                $0[".id"] = "*1A"
                $0["name"] = "00042"
                $0["mac-address"] = "AA:BB:CC:00:11:22"
                $0["limit-uptime"] = "3h"
                $0["limit-bytes-total"] = "1610612736"
                $0["uptime"] = "01:00:00"
                $0["bytes-in"] = "5000000000"
                $0["disabled"] = "false"
            }
        )
        #expect(user.id == ItemID("*1A") && user.name == "00042")
        #expect(user.macAddress == MACAddress(0xAABB_CC00_1122))
        #expect(user.limitUptime == .seconds(10_800) && user.limitBytesTotal == ByteCount(1_610_612_736))
        #expect(user.uptime == .seconds(3_600) && user.bytesIn == 5_000_000_000 && user.bytesOut == 0)
        #expect(user.disabled == false && user.comment == nil && user.profile == nil)
    }

    @Test(
        "an attribute of another shape is an error that names it",
        arguments: [("bytes-in", "-1"), ("bytes-in", "many"), ("uptime", "3x"), ("disabled", "perhaps")]
    )
    func malformed(name: String, value: String) throws {
        let row = try sentence {
            $0["name"] = "x"
            $0[name] = value
        }
        let error = #expect(throws: RouterOSError.self) { try HotspotUser(row) }
        #expect(error?.code == .malformedRow)
        #expect(error?.message.contains(name) == true)
    }

    @Test("a user without a name is no user")
    func missing() throws {
        let row = try sentence { $0["profile"] = "x" }
        #expect(throws: RouterOSError.self) { try HotspotUser(row) }
    }

    @Test("only what is set is written, as a router writes it")
    func writing() {
        var attributes = Attributes()
        HotspotUser(name: "A", limitUptime: .seconds(10_800), limitBytesTotal: ByteCount(5), disabled: true).write(
            to: &attributes
        )
        #expect(
            attributes.all.map { "\($0.name)=\($0.value)" } == [
                "name=A", "limit-uptime=3h", "limit-bytes-total=5", "disabled=yes",
            ]
        )
    }

    /// A row of somebody else's, which does nothing about its secrets.
    struct Peer: WritableRouterOSRow, Hashable {
        static let menu = "/interface/wireguard/peers"
        static let key = "name"
        static let properties = ["name", "preshared-key"]
        var id: ItemID?
        var name = "a"
        var presharedKey = "canary-7"

        init() {}
        init(_ row: inout RowReader) throws(RouterOSError) {
            name = try row.required("name")
            presharedKey = try row.required("preshared-key")
        }
        func write(to attributes: inout Attributes) {
            attributes["name"] = name
            attributes["preshared-key"] = presharedKey
        }
    }

    private static func shown<Row: WritableRouterOSRow>(_ row: Row) -> [String] {
        var dumps = ["", "", ""]
        var printed = ""
        dump(row, to: &dumps[0])
        dump([row], to: &dumps[1])
        dump(["row": Optional(row)], to: &dumps[2])
        print(row, [row], to: &printed)
        let optional = Optional(row)
        return dumps + [
            printed, "\(row)", "\([row])", "\(optional, default: "nil")", String(describing: optional),
            String(reflecting: row), String(reflecting: [row]), String(reflecting: optional),
            String(describing: Mirror(reflecting: row).children.map(\.value)),
        ]
    }

    @Test(
        "a row shows what it writes, and no secret however it is shown",
        arguments: [
            shown(HotspotUser(name: "a", password: "canary-7")), shown(PPPSecret(name: "a", password: "canary-7")),
            shown(Peer()),
        ]
    )
    func canary(shown: [String]) {
        #expect(shown.filter { $0.contains("canary") } == [])
        #expect(shown.filter { !$0.contains("=name=a") } == [])
    }

    @Test("a row's description has its menu, id and counters")
    func description() throws {
        var user = HotspotUser(name: "a", password: "secret", disabled: true)
        user.id = ItemID("*1A")
        user.bytesIn = 7
        let line = "=.id=*1A =name=a =password=‹hidden› =disabled=yes =uptime=0s =bytes-in=7 =bytes-out=0"
        #expect("\(user)" == "/ip/hotspot/user " + line)
        let profile = HotspotUserProfile(name: "p", sharedUsers: .value(3))
        #expect("\(profile)" == "/ip/hotspot/user/profile =name=p =shared-users=3")
        let secret = try PPPSecret(
            sentence {
                $0["name"] = "a"
                $0["last-caller-id"] = "10.0.0.1"
            }
        )
        #expect("\(secret)" == "/ppp/secret =name=a =last-caller-id=10.0.0.1")
    }

    @Test("text in a code page is read in it, whatever value holds it")
    func codePage() throws {
        let bytes: [UInt8] = [0xCF, 0xF0, 0xE8]
        let row = try sentence { attributes in
            for name in ["text", "list", "setting", "matcher", "pair", "generic"] { attributes.set(name, bytes: bytes) }
            attributes.set("list", bytes: bytes + [0x2C] + bytes)
            attributes.set("matcher", bytes: [0x21] + bytes)
            attributes.set("pair", bytes: bytes + [0x2F] + bytes)
            attributes.set("lost", bytes: [0x98])
            attributes["unicode"] = "é"
            attributes.set("script", bytes: [0x22, 0xCF, 0x22])
        }
        func generic<Value: RouterOSValue>(_ reader: inout RowReader, _: Value.Type) throws -> Value? {
            try reader.value("generic")
        }
        var reader = RowReader(row, encoding: .windows1251)
        #expect(try reader.value("text") == "При")
        #expect(try reader.value("list") == RouterOSList(["При", "При"]))
        #expect(try reader.value("setting") == Setting.value("При"))
        #expect(try reader.value("matcher") == Matcher("При", isNegated: true))
        #expect(try reader.value("pair") == RxTxPair(both: "При"))
        #expect(try generic(&reader, String.self) == "При")
        #expect(try generic(&reader, Setting<RouterOSList<String>>.self) == .value(["При"]))
        #expect(try reader.value("unicode") == RouterOSList(["é"]))
        #expect(try reader.value("script") == ScriptString(bytes: [0xCF]))
        #expect(!reader.isLossy)
        #expect(try reader.value("lost") == Setting.value("\u{FFFD}"))
        #expect(reader.isLossy)

        var usual = RowReader(row)
        #expect(try usual.value("list") == RouterOSList(["Ïðè", "Ïðè"]))
        #expect(!usual.isLossy)
    }

    @Test(
        "a typed row's reader tells whether text was lost",
        arguments: [(0x98, true), (0xCF, false)] as [(UInt8, Bool)]
    )
    func lossy(byte: UInt8, isLossy: Bool) throws {
        let row = try sentence {
            $0["name"] = "a"
            $0.set("comment", bytes: [byte])
        }
        var reader = RowReader(row, encoding: .windows1251)
        #expect(try HotspotUser(&reader).name == "a")
        #expect(reader.isLossy == isLossy)
    }

    @Test("an address with a zone does not spoil a row")
    func zone() throws {
        let row = try sentence {
            $0["name"] = "a"
            $0["address"] = "fe80::1%<pppoe-a>"
        }
        #expect(try PPPActive(row).address?.zone == "<pppoe-a>")
    }

    @Test("a hotspot session is read from what a router sends")
    func hotspotActive() throws {
        let session = try HotspotActive(
            sentence {
                $0[".id"] = "*A32A8C0"
                $0["server"] = "hotspot1"
                $0["user"] = "A7K2"
                $0["address"] = "10.5.50.2"
                $0["mac-address"] = "02:00:0A:00:00:01"
                $0["login-by"] = "http-chap"
                $0["uptime"] = "1d2h"
                $0["session-time-left"] = "22h"
                $0["bytes-in"] = "18446744073709551615"
            }
        )
        #expect(session.id == ItemID("*A32A8C0") && session.user == "A7K2" && session.server == "hotspot1")
        #expect(session.address == IPAddress(routerOS: "10.5.50.2") && session.loginBy == "http-chap")
        #expect(session.macAddress == MACAddress(routerOS: "02:00:0A:00:00:01"))
        #expect(session.uptime == .seconds(93_600) && session.sessionTimeLeft == .seconds(79_200))
        #expect(session.bytesIn == .max && session.bytesOut == 0)
    }

    @Test("a secret is read, what the router alone knows included, and written without that")
    func pppSecret() throws {
        var secret = try PPPSecret(
            sentence {
                $0[".id"] = "*2"
                $0["name"] = "house-7"
                $0["service"] = "pppoe"
                $0["caller-id"] = ""
                $0["password"] = "p=w"
                $0["profile"] = "10M"
                $0["remote-address"] = "pool1"
                $0["limit-bytes-in"] = "0"
                $0["last-logged-out"] = "2026-11-20 23:05:00"
                $0["last-disconnect-reason"] = "peer-request"
                $0["disabled"] = "false"
            }
        )
        #expect(secret.callerID?.isEmpty == true && secret.localAddress == nil && secret.remoteAddress == "pool1")
        #expect(secret.lastLoggedOut == LocalDateTime(routerOS: "2026-11-20 23:05:00"))
        #expect(secret.lastDisconnectReason == "peer-request" && secret.limitBytesIn == ByteCount(0))
        secret.disabled = true
        var attributes = Attributes()
        secret.write(to: &attributes)
        #expect(
            attributes.all.map { "\($0.name)=\($0.value)" } == [
                "name=house-7", "password=p=w", "service=pppoe", "profile=10M", "caller-id=", "remote-address=pool1",
                "limit-bytes-in=0", "disabled=yes",
            ]
        )
    }

    @Test("a PPP session that never logged out before, and one by RADIUS, are read")
    func pppActive() throws {
        let session = try PPPActive(
            sentence {
                $0[".id"] = "*80000007"
                $0["name"] = "house-7"
                $0["service"] = "pppoe"
                $0["caller-id"] = "02:00:0A:00:00:01"
                $0["address"] = "100.64.0.9"
                $0["uptime"] = "4d10:20:30"
                $0["encoding"] = ""
                $0["session-id"] = "0x81700001"
                $0["limit-bytes-in"] = "0"
                $0["limit-bytes-out"] = "5000000000"
                $0["radius"] = "true"
            }
        )
        #expect(session.name == "house-7" && session.callerID == "02:00:0A:00:00:01" && session.radius == true)
        #expect(session.uptime == .seconds(4 * 86_400 + 37_230) && session.encoding?.isEmpty == true)
        #expect(session.limitBytesIn == ByteCount(0) && session.limitBytesOut == ByteCount(5_000_000_000))
        #expect(
            try PPPSecret(
                sentence {
                    $0["name"] = "new"
                    $0["last-logged-out"] = "jan/01/1970 00:00:00"
                }
            ).lastLoggedOut != nil
        )
    }

    @Test("what the router is and how it fares is read, on boards that do not say everything too")
    func systemResource() throws {
        let resource = try SystemResource(
            sentence {
                $0["uptime"] = "2w3d"
                $0["version"] = "7.18.2 (stable)"
                $0["free-memory"] = "805306368"
                $0["cpu-count"] = "4"
                $0["cpu-load"] = "7"
                $0["architecture-name"] = "arm64"
            }
        )
        #expect(resource.uptime == .seconds(17 * 86_400) && resource.version == "7.18.2 (stable)")
        #expect(resource.freeMemory == 805_306_368 && resource.cpuCount == 4 && resource.cpuLoad == 7)
        #expect(resource.architectureName == "arm64" && resource.cpuFrequency == nil && resource.boardName == nil)
        #expect(throws: RouterOSError.self) { try SystemResource(sentence { $0["uptime"] = "1s" }) }
    }
}
