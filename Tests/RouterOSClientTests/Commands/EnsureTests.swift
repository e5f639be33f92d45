import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("Ensure")
struct EnsureTests {
    private static let secret = PPPSecret(name: "amina", password: "canary", profile: "10M", comment: "ours")
    private static let row = [
        ".id": "*1", "name": "amina", "password": "canary", "profile": "10M", "comment": "ours", "disabled": "false",
    ]

    @Test(
        "a row is added, left, put right, or left to whom it belongs",
        arguments: [
            ([:], "created"), (["comment": "ours"], "unchanged"), (["profile": "5M"], "updated profile"),
            (["comment": "theirs"], "conflict"), (["comment": "theirs", "profile": "5M"], "conflict"),
        ]
    )
    func outcomes(changes: [String: String], expected: String) async throws {
        let rows = changes.isEmpty ? [] : [Self.row.merging(changes) { $1 }]
        let router = FakeRouter(["/ppp/secret": rows])
        let ensured = try await router.ensure(Self.secret, isOurs: { $0.comment == "ours" })
        #expect(outcome(ensured) == expected)
        #expect(router.changes.count == (["unchanged", "conflict"].contains(expected) ? 0 : 1))
        if expected != "conflict" {
            let again = try await router.ensure(Self.secret, isOurs: { $0.comment == "ours" })
            #expect(outcome(again) == "unchanged")
        }
    }

    @Test("a foreign row is adopted when told to: it gets our mark and our values")
    func adoption() async throws {
        let router = FakeRouter(["/ppp/secret": [Self.row.merging(["comment": "theirs", "profile": "5M"]) { $1 }]])
        let ensured = try await router.ensure(Self.secret, isOurs: { $0.comment == "ours" }, adoptsForeign: true)
        #expect(outcome(ensured) == "updated profile,comment")
        #expect(router.rows("/ppp/secret").map { $0["comment"] } == ["ours"])
    }

    @Test("values are compared by what they mean, not by how they are written")
    func meaning() async throws {
        let router = FakeRouter([
            HotspotUser.menu: [[".id": "*1", "name": "A7K2", "limit-uptime": "01:00:00"]],
            HotspotUserProfile.menu: [
                [".id": "*2", "name": "3h", "rate-limit": "2000000/4000000", "session-timeout": "3600"]
            ],
            PPPSecret.menu: [[".id": "*3", "name": "amina", "caller-id": "AA:BB:CC:00:11:22"]],
            SimpleQueue.menu: [[".id": "*4", "name": "office", "max-limit": "10000000/2000000"]],
        ])
        let user = HotspotUser(
            name: "A7K2",
            password: "hidden from us",
            server: "all",
            limitUptime: .hours(1),
            limitBytesTotal: ByteCount(0),
            comment: ""
        )
        #expect(outcome(try await router.ensure(user)) == "unchanged")
        let profile = HotspotUserProfile(name: "3h", rateLimit: "2M/4M", sessionTimeout: .value(.hours(1)))
        #expect(outcome(try await router.ensure(profile)) == "unchanged")
        let secret = PPPSecret(name: "amina", callerID: "aa-bb-cc-00-11-22", disabled: false)
        #expect(outcome(try await router.ensure(secret)) == "unchanged")
        let queue = SimpleQueue {
            $0.name = "office"
            $0.maxLimit = RxTxPair(rx: .megabits(10), tx: .megabits(2))
        }
        #expect(outcome(try await router.ensure(queue)) == "unchanged")
        #expect(router.changes == [])
        let faster = HotspotUserProfile(name: "3h", rateLimit: "2M/5M")
        #expect(outcome(try await router.ensure(faster)) == "updated rate-limit")
    }

    @Test("what a router stores in its own order and spelling is settled", arguments: StoredSetting.all)
    func settles(setting: StoredSetting) async throws {
        let stored = FakeRouter([setting.menu: [setting.row]])
        #expect(try await setting.ensure(stored) == [])
        #expect(stored.changes == [])
        let other = FakeRouter([setting.menu: [setting.row.merging([setting.attribute: setting.other]) { $1 }]])
        #expect(try await setting.ensure(other) == [setting.attribute])
        #expect(try await setting.ensure(other) == [])
    }

    /// An attribute as it is asked for and as a router stores it.
    struct StoredSetting: Sendable, CustomTestStringConvertible {
        let menu: String
        let row: FakeRouter.Row
        let attribute: String
        /// Another value.
        let other: String
        let ensure: @Sendable (FakeRouter) async throws -> [String]
        var testDescription: String { "\(menu) \(attribute)=\(row[attribute] ?? "")" }

        init<Row: WritableMappedRow>(
            _ attribute: String,
            stored: String,
            other: String,
            _ row: @escaping @Sendable (inout Row) -> Void
        ) {
            menu = Row.menu
            self.row = [".id": "*1", "name": "x", attribute: stored].merging([Row.key: "x"]) { $1 }
            self.attribute = attribute
            self.other = other
            ensure = { router in
                let outcome = try await router.ensure(Row { row(&$0) })
                if case .updated(_, let changed) = outcome { return changed }
                return []
            }
        }

        static let all = [
            StoredSetting("login-by", stored: "cookie,http-chap,mac", other: "cookie") {
                (row: inout HotspotServerProfile) in
                row.name = "x"
                row.loginBy = ["mac", "cookie", "http-chap"]
            },
            StoredSetting("authentication", stored: "pap,chap,mschap1,mschap2", other: "pap") {
                (row: inout PPPoEServer) in
                row.serviceName = "x"
                row.authentication = ["mschap2", "mschap1", "chap", "pap"]
            },
            StoredSetting(
                "policy",
                stored: "read,write,policy,test,api,!local,!ftp,!sensitive",
                other: "read,!write,!policy,test,api"
            ) { (row: inout RouterUserGroup) in
                row.name = "x"
                row.policy = ["api", "read", "write", "policy", "test", "!ftp"]
            },
            StoredSetting("service", stored: "ppp,hotspot", other: "ppp") { (row: inout RADIUSServer) in
                row.address = "x"
                row.service = ["hotspot", "ppp"]
            },
            StoredSetting("target", stored: "10.0.0.5/32,10.9.0.0/24,fd00::/64", other: "10.0.0.6/32") {
                (row: inout SimpleQueue) in
                row.name = "x"
                row.target = ["fd00::7/64", "10.0.0.5", "10.9.0.77/24"]
            },
            StoredSetting("address", stored: "10.0.0.5/32,10.9.0.0/24", other: "10.0.0.0/8") {
                (row: inout RouterUser) in
                row.name = "x"
                row.address = RouterOSList(["10.9.0.0/24", "10.0.0.5"].compactMap { IPPrefix(routerOS: $0) })
            },
            // Asked for on request only.
            StoredSetting("on-event", stored: ":log info a", other: ":log info b") { (row: inout SystemScheduler) in
                row.name = "x"
                row.onEvent = ":log info a"
            },
        ]
    }

    @Test("a row without an id cannot be changed, which is no conflict")
    func withoutID() async throws {
        let router = FakeRouter(["/ppp/secret": [["name": "amina", "profile": "5M"]]])
        let error = await #expect(throws: RouterOSError.self) { try await router.ensure(Self.secret) }
        #expect(error?.code == .malformedRow && error?.message.contains(".id") == true)
        #expect(error?.endpoint == router.endpoint && router.changes == [])
    }

    @Test("a flag is found in the spellings of all versions", arguments: ["true", "yes", "false", "no"])
    func flags(spelling: String) async throws {
        let router = FakeRouter([
            HotspotUser.menu: [[".id": "*1", "name": "A", "disabled": spelling]],
            HotspotActive.menu: [[".id": "*2", "user": "A", "radius": spelling]],
        ])
        let isOn = ["true", "yes"].contains(spelling)
        #expect(try await router.count(HotspotUser.self, where: .disabled == true) == (isOn ? 1 : 0))
        #expect(try await router.count(HotspotUser.self, where: .disabled == false) == (isOn ? 0 : 1))
        #expect(try await router.count(HotspotUser.self, where: .disabled != true) == (isOn ? 0 : 1))
        #expect(try await router.count(HotspotUser.self, where: .value(of: .disabled, isIn: [true])) == (isOn ? 1 : 0))
        let disabled = try await router.ensureDisabled(HotspotUser.self, "A")
        #expect(outcome(disabled) == (isOn ? "unchanged" : "updated disabled"))
        #expect(router.rows(HotspotActive.menu).count == (isOn ? 1 : 0), "a RADIUS server's session goes on")
    }

    @Test("a row may be found by other attributes than its name, all of which it must have")
    func naturalKeys() async throws {
        let router = FakeRouter([
            HotspotUser.menu: [
                [".id": "*1", "name": "A", "server": "hs1"], [".id": "*2", "name": "A", "server": "hs2"],
            ]
        ])
        let user = HotspotUser(name: "A", server: "hs2", comment: "ours")
        guard case .updated(ItemID("*2"), ["comment"]) = try await router.ensure(user, by: ["name", "server"]) else {
            Issue.record("the row of the other server was taken")
            return
        }
        let error = await #expect(throws: RouterOSError.self) {
            try await router.ensure(HotspotUser(name: "A"), by: ["name", "server"])
        }
        #expect(error?.code == .invalidCommand)
        let nameless = await #expect(throws: RouterOSError.self) { try await router.ensure(IPPool()) }
        #expect(nameless?.code == .invalidCommand)
    }

    @Test(
        "who loses the race to add a row makes the best of what is there",
        arguments: [
            (["comment": "ours"], "unchanged"), (["profile": "5M"], "updated profile"),
            (["comment": "theirs"], "conflict"),
        ]
    )
    func race(changes: [String: String], expected: String) async throws {
        let router = FakeRouter(["/ppp/secret": []]) { command in
            command.path.hasSuffix("/add") ? .overtaken(by: Self.row.merging(changes) { $1 }) : .ordinary
        }
        let ensured = try await router.ensure(Self.secret, isOurs: { $0.comment == "ours" })
        #expect(outcome(ensured) == expected)
    }

    @Test("a duplicate that cannot be found stays an error")
    func hiddenDuplicate() async throws {
        let router = FakeRouter(["/ppp/secret": []]) { $0.path.hasSuffix("/add") ? .refused(.duplicate) : .ordinary }
        let error = await #expect(throws: RouterOSError.self) { try await router.ensure(Self.secret) }
        #expect(error?.code == .duplicate)
    }

    @Test("a write without an answer is read back once, and nothing is sent twice")
    func unknownOutcomes() async throws {
        let added = FakeRouter(["/ppp/secret": []]) { $0.path.hasSuffix("/add") ? .unanswered : .ordinary }
        #expect(outcome(try await added.ensure(Self.secret)) == "created")
        #expect(added.changes.count == 1 && added.rows("/ppp/secret").count == 1)

        let lost = FakeRouter(["/ppp/secret": []]) { $0.path.hasSuffix("/add") ? .lost : .ordinary }
        let error = await #expect(throws: RouterOSError.self) { try await lost.ensure(Self.secret) }
        #expect(error?.code == .deadlineExceeded && error?.isSafeToRetry == false)
        #expect(lost.commands.map { $0.prefix(while: { $0 != " " }) }.filter { $0.hasSuffix("/add") }.count == 1)

        let old = Self.row.merging(["profile": "5M"]) { $1 }
        let set = FakeRouter(["/ppp/secret": [old]]) { $0.path.hasSuffix("/set") ? .unanswered : .ordinary }
        #expect(outcome(try await set.ensure(Self.secret)) == "updated profile")
        let unset = FakeRouter(["/ppp/secret": [old]]) { $0.path.hasSuffix("/set") ? .lost : .ordinary }
        await #expect(throws: RouterOSError.self) { try await unset.ensure(Self.secret) }
    }

    @Test("disabling a hotspot user ends its cookies, then its sessions, and nobody else's")
    func disablingUsers() async throws {
        let router = FakeRouter([
            HotspotUser.menu: [[".id": "*1", "name": "A", "disabled": "false"]],
            HotspotCookie.menu: [[".id": "*2", "user": "A"], [".id": "*3", "user": "B"]],
            HotspotActive.menu: [
                [".id": "*4", "user": "A", "radius": "false"], [".id": "*5", "user": "A"], [".id": "*6", "user": "B"],
                [".id": "*7", "user": "A", "radius": "true"],
            ],
        ])
        #expect(outcome(try await router.ensureDisabled(HotspotUser.self, "A")) == "updated disabled")
        #expect(
            router.changes == [
                "/ip/hotspot/user/disable .id=*1", "/ip/hotspot/cookie/remove .id=*2",
                "/ip/hotspot/active/remove .id=*4,*5",
            ]
        )
        #expect(outcome(try await router.ensureDisabled(HotspotUser.self, "A")) == "unchanged")
        #expect(outcome(try await router.ensureEnabled(HotspotUser.self, "A")) == "updated disabled")
        #expect(outcome(try await router.ensureEnabled(HotspotUser.self, "A")) == "unchanged")
        #expect(router.rows(HotspotActive.menu).map { $0[".id"] } == ["*6", "*7"])
    }

    @Test("disabling or removing a PPP secret ends its session", arguments: [true, false])
    func endingPPP(removes: Bool) async throws {
        let router = FakeRouter([
            PPPSecret.menu: [Self.row],
            PPPActive.menu: [[".id": "*8", "name": "amina"], [".id": "*9", "name": "joseph"]],
        ])
        if removes {
            guard case .removed([ItemID("*1")]) = try await router.ensureAbsent(PPPSecret.self, "amina") else {
                Issue.record("not removed")
                return
            }
            guard case .absent = try await router.ensureAbsent(PPPSecret.self, "amina") else {
                Issue.record("removed twice")
                return
            }
            #expect(router.rows(PPPSecret.menu).isEmpty)
        } else {
            try await router.ensureDisabled(PPPSecret.self, "amina")
        }
        #expect(router.rows(PPPActive.menu).map { $0["name"] } == ["joseph"])
    }

    @Test("a row that is not ours is neither removed nor switched, and its session goes on")
    func foreignRows() async throws {
        let router = FakeRouter([PPPSecret.menu: [Self.row], PPPActive.menu: [[".id": "*8", "name": "amina"]]])
        guard case .conflict = try await router.ensureAbsent(PPPSecret.self, "amina", isOurs: { _ in false }) else {
            Issue.record("removed")
            return
        }
        let disabled = try await router.ensureDisabled(PPPSecret.self, "amina", isOurs: { _ in false })
        #expect(outcome(disabled) == "conflict" && router.changes == [])
        let error = await #expect(throws: RouterOSError.self) {
            try await router.ensureDisabled(PPPSecret.self, "nobody")
        }
        #expect(error?.code == .noSuchItem)
    }

    @Test("a removal without an answer is read back")
    func unansweredRemoval() async throws {
        let router = FakeRouter([PPPSecret.menu: [Self.row], PPPActive.menu: []]) {
            $0.path.hasSuffix("/remove") ? .unanswered : .ordinary
        }
        guard case .removed = try await router.ensureAbsent(PPPSecret.self, "amina") else {
            Issue.record("not removed")
            return
        }
    }

    @Test("twenty at once who ensure the same user make one")
    func simulatedRace() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
        try await simulator.connect { router in
            let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        outcome(try await router.ensure(HotspotUser(name: "A7K2", password: "A7K2", comment: "ours")))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == "created" }.count == 1)
            #expect(outcomes.filter { $0 == "unchanged" }.count == 19)
        }
        #expect(simulator.rows(HotspotUser.self).count == 1)
    }

    @Test("a connection that dies with the answer leaves one row, which the next attempt finds")
    func simulatedDrop() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
        let user = HotspotUser(name: "A7K2", password: "A7K2", limitUptime: .hours(3))
        simulator.inject(.dropConnection(afterCommand: 2))
        try await simulator.connect { router in
            let error = await #expect(throws: RouterOSError.self) { try await router.ensure(user) }
            #expect(error?.isSafeToRetry == false)
        }
        try await simulator.connect { router in
            let again = try await router.ensure(user)
            #expect(outcome(again) == "unchanged")
            let disabled = try await router.ensureDisabled(HotspotUser.self, "A7K2")
            #expect(outcome(disabled) == "updated disabled")
        }
        #expect(simulator.rows(HotspotUser.self).map(\.disabled) == [true])
    }
}
