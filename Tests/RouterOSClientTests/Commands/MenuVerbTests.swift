import RouterOSClient
import RouterOSProtocol
import Testing

@Suite("Menu verbs")
struct MenuVerbTests {
    private let ids = [ItemID("*1"), ItemID("*2")]

    @Test("several rows go in one command, none in no command")
    func lists() async throws {
        let router = FakeRouter { _ in .answered([]) }
        try await router.enable(ids, of: HotspotUser.self)
        try await router.disable(ids, of: HotspotUser.self)
        try await router.remove(ids, of: HotspotUser.self)
        try await router.resetCounters(of: ids, in: HotspotUser.self)
        try await router.move(ids, before: ItemID("*9"), of: HotspotIPBinding.self)
        try await router.move([ItemID("*1")], before: nil, of: HotspotIPBinding.self)
        try await router.enable([], of: HotspotUser.self)
        try await router.move([], before: nil, of: HotspotUser.self)
        #expect(
            router.commands == [
                "/ip/hotspot/user/enable .id=*1,*2", "/ip/hotspot/user/disable .id=*1,*2",
                "/ip/hotspot/user/remove .id=*1,*2", "/ip/hotspot/user/reset-counters .id=*1,*2",
                "/ip/hotspot/ip-binding/move numbers=*1,*2 destination=*9", "/ip/hotspot/ip-binding/move numbers=*1",
            ]
        )
    }

    @Test("rows of which one is gone are removed one by one")
    func removal() async throws {
        let router = FakeRouter([HotspotCookie.menu: [[".id": "*2", "user": "A"]]])
        try await router.remove(ids, of: HotspotCookie.self)
        #expect(router.rows(HotspotCookie.menu).isEmpty)
    }

    @Test("settings are written as a whole, without an id, and read again")
    func settings() async throws {
        let router = FakeRouter([SystemIdentity.menu: [["name": "MikroTik"]], PPPAAA.menu: [["use-radius": "false"]]])
        try await router.update(SystemIdentity(name: "Shop"))
        #expect(try await router.get(SystemIdentity.self).name == "Shop")
        try await router.update(PPPAAA { $0.useRADIUS = true })
        #expect(try await router.get(PPPAAA.self).useRADIUS == true)
        #expect(router.changes == ["/system/identity/set name=Shop", "/ppp/aaa/set use-radius=yes"])
    }

    @Test("an attribute is unset where there is a verb for it, and emptied where there is none")
    func unset() async throws {
        let router = FakeRouter { _ in .answered([]) }
        try await router.unset("rate-limit", of: ids[0], in: PPPProfile.self)
        #expect(router.commands == ["/ppp/profile/unset .id=*1 value-name=rate-limit"])
        let old = FakeRouter { $0.path.hasSuffix("/unset") ? .refused(.noSuchCommand) : .answered([]) }
        try await old.unset("email", of: ids[0], in: HotspotUser.self)
        #expect(old.commands.last == "/ip/hotspot/user/set email= .id=*1")
        let error = await #expect(throws: RouterOSError.self) {
            try await router.unset("a=b", of: ids[0], in: HotspotUser.self)
        }
        #expect(error?.code == .invalidCommand)
    }

    @Test("sensors read in the shape of RouterOS 6 and of RouterOS 7, and as none where there are none")
    func health() async throws {
        let new = FakeRouter { _ in .answered([["name": "voltage", "value": "23.9", "type": "V", ".id": "*D"]]) }
        #expect(try await new.health().map { "\($0.name) \($0.value) \($0.unit ?? "")" } == ["voltage 23.9 V"])
        let old = FakeRouter { _ in .answered([["voltage": "23.9V", "temperature": "41", "state": "enabled"]]) }
        #expect(Set(try await old.health().map { "\($0.name) \($0.value)" }) == ["voltage 23.9V", "temperature 41"])
        #expect(try await FakeRouter().health() == [])
    }

    @Test("a file is read in pieces, or out of its attribute where the router cannot")
    func files() async throws {
        let whole = String(repeating: "x", count: 32_768) + "end"
        let pieces = FakeRouter { command in
            guard command.path == "/file/read" else {
                return .answered([["name": "log.txt", "size": "\(whole.utf8.count)"]])
            }
            let offset = command.attributes["offset"].flatMap { Int($0) } ?? 0
            return .answered([["data": String(whole.dropFirst(offset).prefix(32_768))]])
        }
        #expect(try await pieces.contents(of: "log.txt") == Array(whole.utf8))
        #expect(pieces.changes.count == 2)
        let error = await #expect(throws: RouterOSError.self) { try await pieces.contents(of: "log.txt", limit: 100) }
        #expect(error?.code == .limitExceeded)

        let old = FakeRouter([RouterFile.menu: [[".id": "*1", "name": "a.txt", "size": "5", "contents": "Hello"]]])
        #expect(try await old.contents(of: "a.txt") == Array("Hello".utf8))
        let missing = await #expect(throws: RouterOSError.self) { try await old.contents(of: "b.txt") }
        #expect(missing?.code == .noSuchItem)
        let long = FakeRouter([RouterFile.menu: [[".id": "*1", "name": "a.txt", "size": "90000", "contents": ""]]])
        let short = await #expect(throws: RouterOSError.self) { try await long.contents(of: "a.txt") }
        #expect(short?.code == .trap)
    }

    @Test("a session on the router is ended by the verb that its version has")
    func sessions() async throws {
        let router = FakeRouter { _ in .answered([]) }
        try await router.endSession(ids[0])
        #expect(router.commands == ["/user/active/remove .id=*1"])
        let old = FakeRouter { $0.path.hasSuffix("/remove") ? .refused(.noSuchCommand) : .refused(.noSuchItem) }
        try await old.endSession(ids[0])
        #expect(old.commands.last == "/user/active/request-logout .id=*1")
    }

    @Test("watching the traffic of nothing sends nothing and says so")
    func noTraffic() async throws {
        let router = FakeRouter()
        let error = await #expect(throws: RouterOSError.self) { try await router.watchTraffic(of: []).collect() }
        #expect(error?.code == .invalidCommand && error?.endpoint == router.endpoint && router.commands == [])
    }

    @Test("a measurement reads whole")
    func measurement() throws {
        let measured = try InterfaceTraffic(
            .row([
                ("name", "ether1"), ("rx-packets-per-second", "1"), ("rx-bits-per-second", "10000000"),
                ("rx-drops-per-second", "3"), ("rx-errors-per-second", "4"), ("tx-packets-per-second", "5"),
                ("tx-bits-per-second", "6M"), ("tx-drops-per-second", "7"), ("tx-queue-drops-per-second", "8"),
                ("tx-errors-per-second", "9"),
            ])
        )
        #expect(measured.name == "ether1" && measured.rxBitsPerSecond == .megabits(10))
        #expect(measured.txBitsPerSecond == .megabits(6))
        let counts = [
            measured.rxPacketsPerSecond, measured.rxDropsPerSecond, measured.rxErrorsPerSecond,
            measured.txPacketsPerSecond, measured.txDropsPerSecond, measured.txQueueDropsPerSecond,
            measured.txErrorsPerSecond,
        ]
        #expect(counts == [1, 3, 4, 5, 7, 8, 9])
    }

    @Test("any command's rows come as they come, and a name that cannot be one is refused with the endpoint")
    func anyCommand() async throws {
        let router = FakeRouter { _ in .answered([["tx": "1500"]]) }
        var rows: [String] = []
        for try await row in router.stream("/tool/torch", ["interface": "ether1", "duration": "5s"]) {
            rows.append(row["tx"] ?? "")
        }
        #expect(rows == ["1500"] && router.commands == ["/tool/torch interface=ether1 duration=5s"])
        let streamed = await #expect(throws: RouterOSError.self) {
            for try await _ in router.stream("/tool/torch", ["inter=face": "ether1"]) {}
        }
        let run = await #expect(throws: RouterOSError.self) { try await router.run("/tool/torch", ["": "ether1"]) }
        for error in [streamed, run] {
            #expect(error?.code == .invalidCommand && error?.endpoint == router.endpoint)
        }
        #expect(router.commands.count == 1)
    }

    @Test("traffic is measured once, or row by row")
    func traffic() async throws {
        let router = FakeRouter { _ in .answered([["name": "ether1", "rx-bits-per-second": "1500"]]) }
        #expect(try await router.traffic(of: ["ether1", "ether2"]).map(\.rxBitsPerSecond) == [BitRate(1_500)])
        #expect(try await router.traffic(of: []).isEmpty)
        var rows = 0
        for try await row in router.watchTraffic(of: ["ether1"], every: .milliseconds(500)) {
            #expect(row.name == "ether1")
            rows += 1
        }
        #expect(rows == 1)
        #expect(
            router.commands == [
                "/interface/monitor-traffic interface=ether1,ether2 once=",
                "/interface/monitor-traffic interface=ether1 interval=500ms",
            ]
        )
    }

    @Test("hotspot, backup, script and log verbs send what routers take")
    func verbs() async throws {
        let router = FakeRouter { _ in .answered([]) }
        let address = try #require(IPAddress(routerOS: "10.5.50.23"))
        try await router.logIn(
            hotspotUser: "A",
            password: "p",
            address: address,
            macAddress: MACAddress(0x48A9_8A01_0203)
        )
        try await router.makeBinding(of: ids[0], type: "bypassed", comment: "printer")
        try await router.saveBackup("night", password: nil)
        try await router.saveBackup("night", password: "p")
        try await router.runScript("nightly")
        try await router.log("sold", severity: .warning)
        #expect(
            router.commands == [
                "/ip/hotspot/active/login user=A password=p ip=10.5.50.23 mac-address=48:A9:8A:01:02:03",
                "/ip/hotspot/host/make-binding .id=*1 type=bypassed comment=printer",
                "/system/backup/save name=night dont-encrypt=yes", "/system/backup/save name=night password=p",
                "/system/script/run number=nightly", "/log/warning message=sold",
            ]
        )
    }

    @Test("extra attributes are asked for beside the usual ones")
    func including() async throws {
        let router = FakeRouter([SystemScript.menu: [[".id": "*1", "name": "a", "source": "/quit"]]])
        let scripts = try await router.print(SystemScript.self, including: ["source"], where: .name == "a").collect()
        #expect(scripts.map(\.source) == ["/quit"])
    }
}
