import RouterOSClient
import RouterOSProtocol
import Testing

@Suite("Ensure beside others")
struct EnsureBesideOthersTests {
    private static let twoServers = [
        [".id": "*1", "name": "A", "server": "hs1", "disabled": "false"],
        [".id": "*2", "name": "A", "server": "hs2", "disabled": "false"],
    ]

    @Test("a row that somebody removes between the reading and the writing is added anew")
    func vanishing() async throws {
        let router = FakeRouter([HotspotUser.menu: [[".id": "*1", "name": "A", "profile": "1h"]]]) {
            $0.path.hasSuffix("/set") ? .preceded(byRemovalOf: "*1") : .ordinary
        }
        #expect(outcome(try await router.ensure(HotspotUser(name: "A", profile: "3h"))) == "created")
        #expect(router.rows(HotspotUser.menu).map { $0["profile"] } == ["3h"])
    }

    @Test("who is always overtaken gives up after three times", arguments: [RouterOSError.Code.noSuchItem, .duplicate])
    func givingUp(code: RouterOSError.Code) async throws {
        let rows = code == .duplicate ? [] : [[".id": "*1", "name": "A", "profile": "1h"]]
        let router = FakeRouter([HotspotUser.menu: rows]) { $0.path.hasSuffix("/print") ? .ordinary : .refused(code) }
        let error = await #expect(throws: RouterOSError.self) {
            try await router.ensure(HotspotUser(name: "A", profile: "3h"))
        }
        #expect(error?.code == code && router.changes.count == 3)
    }

    @Test("a refusal that nobody else caused is not tried again")
    func refusal() async throws {
        let router = FakeRouter([HotspotUser.menu: []]) {
            $0.path.hasSuffix("/add") ? .refused(.invalidValue) : .ordinary
        }
        let error = await #expect(throws: RouterOSError.self) { try await router.ensure(HotspotUser(name: "A")) }
        #expect(error?.code == .invalidValue && router.changes.count == 1)
    }

    @Test("the rows that are left are disabled when somebody removes another of that name meanwhile")
    func disablingWhatIsLeft() async throws {
        let router = FakeRouter([HotspotUser.menu: Self.twoServers, HotspotCookie.menu: [], HotspotActive.menu: []]) {
            $0.attributes[".id"] == "*1,*2" ? .preceded(byRemovalOf: "*1") : .ordinary
        }
        let disabled = try await router.ensureDisabled(HotspotUser.self, "A")
        #expect(outcome(disabled) == "updated disabled")
        #expect(router.rows(HotspotUser.menu).map { $0["disabled"] } == ["true"])
    }

    @Test("a row that is gone by the time it is disabled is no such item, and is looked for no more")
    func disablingTheGone() async throws {
        let router = FakeRouter([PPPSecret.menu: [[".id": "*1", "name": "amina"]], PPPActive.menu: []]) {
            $0.path.hasSuffix("/disable") ? .preceded(byRemovalOf: "*1") : .ordinary
        }
        let error = await #expect(throws: RouterOSError.self) {
            try await router.ensureDisabled(PPPSecret.self, "amina")
        }
        #expect(error?.code == .noSuchItem && error?.endpoint == router.endpoint)
        #expect(router.changes == ["/ppp/secret/disable .id=*1"])
    }

    @Test("a switch without an answer is read back, and no session ends before it is known to be off")
    func unansweredSwitch() async throws {
        let tables = [
            PPPSecret.menu: [[".id": "*1", "name": "amina", "disabled": "false"]],
            PPPActive.menu: [[".id": "*8", "name": "amina"]],
        ]
        let done = FakeRouter(tables) { $0.path.hasSuffix("/disable") ? .unanswered : .ordinary }
        let disabled = try await done.ensureDisabled(PPPSecret.self, "amina")
        #expect(outcome(disabled) == "updated disabled" && done.rows(PPPActive.menu).isEmpty)

        let lost = FakeRouter(tables) { $0.path.hasSuffix("/disable") ? .lost : .ordinary }
        let error = await #expect(throws: RouterOSError.self) {
            try await lost.ensureDisabled(PPPSecret.self, "amina")
        }
        #expect(error?.code == .deadlineExceeded && lost.rows(PPPActive.menu).count == 1)

        let stays = FakeRouter(tables) { $0.path.hasSuffix("/secret/remove") ? .lost : .ordinary }
        await #expect(throws: RouterOSError.self) { try await stays.ensureAbsent(PPPSecret.self, "amina") }
        #expect(stays.rows(PPPActive.menu).count == 1)
    }

    @Test("sessions that were left over are ended when the row is off or gone already", arguments: [true, false])
    func leftOverSessions(isThere: Bool) async throws {
        let router = FakeRouter([
            HotspotUser.menu: isThere ? [[".id": "*1", "name": "A", "disabled": "true"]] : [],
            HotspotCookie.menu: [[".id": "*2", "user": "A"]],
            HotspotActive.menu: [[".id": "*3", "user": "A"]],
        ])
        if isThere {
            #expect(outcome(try await router.ensureDisabled(HotspotUser.self, "A")) == "unchanged")
        } else {
            guard case .absent = try await router.ensureAbsent(HotspotUser.self, "A") else {
                Issue.record("something was removed")
                return
            }
        }
        #expect(router.changes == ["/ip/hotspot/cookie/remove .id=*2", "/ip/hotspot/active/remove .id=*3"])
    }

    @Test("of several rows with the key one of ours is meant, the one that differs least")
    func severalRows() async throws {
        let router = FakeRouter([HotspotUser.menu: Self.twoServers])
        let ensured = try await router.ensure(HotspotUser(name: "A", server: "hs2"))
        guard case .unchanged(ItemID("*2")) = ensured else {
            Issue.record("the row of the other server was taken")
            return
        }
        let ours = try await router.ensure(HotspotUser(name: "A", server: "hs2"), isOurs: { $0.server == "hs1" })
        guard case .updated(ItemID("*1"), ["server"]) = ours else {
            Issue.record("somebody else's row was taken")
            return
        }
    }

    @Test("a user of all servers is found where the router leaves that out", arguments: [["server": "all"], [:]])
    func allServers(stored: FakeRouter.Row) async throws {
        let router = FakeRouter([HotspotUser.menu: [stored.merging([".id": "*1", "name": "A"]) { $1 }]])
        let user = HotspotUser(name: "A", server: "all")
        #expect(outcome(try await router.ensure(user, by: ["name", "server"])) == "unchanged")
        let bound = HotspotUser(name: "A", server: "hs1")
        #expect(outcome(try await router.ensure(bound, by: ["name", "server"])) == "created")
    }

    @Test("rows without an id are neither gone nor switched")
    func withoutID() async throws {
        let router = FakeRouter([PPPSecret.menu: [["name": "amina"]], PPPActive.menu: []])
        let absence = await #expect(throws: RouterOSError.self) {
            try await router.ensureAbsent(PPPSecret.self, "amina")
        }
        let switching = await #expect(throws: RouterOSError.self) {
            try await router.ensureEnabled(PPPSecret.self, "amina")
        }
        #expect(absence?.code == .malformedRow && switching?.code == .malformedRow && router.changes == [])
    }
}
