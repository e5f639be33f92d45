import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("Hotspot users in detail")
struct HotspotUserDetailTests {
    private let user = HotspotUserDetail {
        $0.name = "A7K2"
        $0.password = "A7K2"
        $0.address = IPAddress(routerOS: "10.5.50.9")
        $0.macAddress = MACAddress(0x48A9_8A01_0203)
        $0.email = "guest@lake.example"
        $0.limitBytesIn = .gibibytes(1)
        $0.limitBytesOut = .gibibytes(4)
    }

    @Test("everything is written, read, counted and ensured on a router")
    func onRouter() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
        let user = user
        try await simulator.connect { router in
            #expect(outcome(try await router.ensure(user)) == "created")
            #expect(outcome(try await router.ensure(user)) == "unchanged")
            let found = try await router.print(HotspotUserDetail.self, where: .name == "A7K2" && .has(.email)).collect()
            #expect(found.map(\.address) == [user.address] && found.map(\.macAddress) == [user.macAddress])
            #expect(found.map(\.email) == [user.email] && found.map(\.limitBytesOut) == [.gibibytes(4)])
            #expect(found.map(\.packetsIn) == [0] && found.map(\.dynamic) == [false])
            #expect(try await router.count(HotspotUserDetail.self, where: .limitBytesIn > .mebibytes(1)) == 1)

            var moved = user
            moved.email = "desk@lake.example"
            moved.limitBytesIn = .gibibytes(2)
            #expect(outcome(try await router.ensure(moved)) == "updated email,limit-bytes-in")
        }
        #expect(simulator.rows(HotspotUserDetail.self).map(\.limitBytesIn) == [.gibibytes(2)])
    }

    @Test("both types of a user are the same row: one leaves alone what the other holds")
    func sameRow() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
        let user = user
        try await simulator.connect { router in
            _ = try await router.ensure(user)
            let short = HotspotUser(name: "A7K2", comment: "desk")
            #expect(outcome(try await router.ensure(short)) == "updated comment")
        }
        let rows = simulator.rows(HotspotUserDetail.self)
        #expect(rows.map(\.email) == [user.email] && rows.map(\.comment) == ["desk"])
    }

    @Test("switching one off ends its cookies and sessions too", arguments: [true, false])
    func sessions(removes: Bool) async throws {
        let router = FakeRouter([
            HotspotUser.menu: [[".id": "*1", "name": "A", "disabled": "false"]],
            HotspotCookie.menu: [[".id": "*2", "user": "A"]],
            HotspotActive.menu: [[".id": "*4", "user": "A"]],
        ])
        if removes {
            try await router.ensureAbsent(HotspotUserDetail.self, "A")
        } else {
            try await router.ensureDisabled(HotspotUserDetail.self, "A")
        }
        #expect(router.rows(HotspotCookie.menu).isEmpty && router.rows(HotspotActive.menu).isEmpty)
    }

    @Test("what RouterOS 6 writes for no address and any device is no difference")
    func zeros() async throws {
        let router = FakeRouter([
            HotspotUser.menu: [
                [".id": "*1", "name": "A", "address": "0.0.0.0", "mac-address": "00:00:00:00:00:00", "otp-secret": ""]
            ]
        ])
        let user = HotspotUserDetail {
            $0.name = "A"
            $0.address = IPAddress(routerOS: "0.0.0.0")
            $0.macAddress = MACAddress(0)
            $0.otpSecret = ""
        }
        #expect(outcome(try await router.ensure(user)) == "unchanged")
    }

    @Test("it knows what came with which version")
    func versions() {
        #expect(!HotspotUserDetail.supports("otp-secret", on: RouterOSVersion(7, 20)))
        #expect(HotspotUserDetail.supports("otp-secret", on: RouterOSVersion(7, 22)))
        #expect(HotspotUserDetail.supports("email", on: RouterOSVersion(7, 9)))
        #expect(Set(HotspotUser.properties).isSubset(of: HotspotUserDetail.properties))
    }
}
