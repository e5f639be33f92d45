import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// Every event in every state of one customer's session.
struct SessionEventTests {
    enum State: String, CaseIterable, Sendable {
        case unseen, seen, online, vanished, spent, disabled, disabledOnline, blocked
    }

    enum Event: String, CaseIterable, Sendable {
        case logIn, logOut, leave, comeBack, removeSession, removeHost, disable, enable, removeUser, traffic, wait
        case block, powerCut, reboot, resetCounters
    }

    private static let (device, address) = ("AA:BB:CC:00:11:22", "10.5.50.9")

    /// A router with one customer, brought into a state.
    private func router(in state: State) throws -> RouterOSSimulator {
        let router = RouterOSSimulator(credentials: .user("api", password: "secret"))
        try router.run("/ip/hotspot/profile/set", [".id": "hsprof1", "login-by": "http-chap,mac-cookie"])
        try router.run("/ip/hotspot/user/add", ["name": "ana", "limit-uptime": "1h", "limit-bytes-total": "1000"])
        if state != .unseen { _ = try router.comeBack(macAddress: Self.device, address: Self.address) }
        if [.online, .vanished, .spent, .disabledOnline].contains(state) { try apply(.logIn, to: router) }
        switch state {
        case .vanished: router.leave(address: Self.address)
        case .spent: router.advance(by: .seconds(3_600))
        case .disabled, .disabledOnline: try router.run("/ip/hotspot/user/disable", [".id": "ana"])
        case .blocked: try apply(.block, to: router)
        case .unseen, .seen, .online: break
        }
        return router
    }

    private func apply(_ event: Event, to router: RouterOSSimulator) throws {
        switch event {
        case .logIn: try router.logIn("ana", address: Self.address, macAddress: Self.device)
        case .logOut: router.logOut(address: Self.address)
        case .leave: router.leave(address: Self.address)
        case .comeBack: _ = try router.comeBack(macAddress: Self.device, address: Self.address)
        case .removeSession:
            for row in router.rows("/ip/hotspot/active") {
                try router.run("/ip/hotspot/active/remove", [".id": row[".id"] ?? ""])
            }
        case .removeHost:
            for row in router.rows("/ip/hotspot/host") {
                try router.run("/ip/hotspot/host/remove", [".id": row[".id"] ?? ""])
            }
        case .disable: try router.run("/ip/hotspot/user/disable", [".id": "ana"])
        case .enable: try router.run("/ip/hotspot/user/enable", [".id": "ana"])
        case .removeUser: try router.run("/ip/hotspot/user/remove", [".id": "ana"])
        case .traffic: try router.addTraffic(user: "ana", in: 400, out: 599)
        case .wait: router.advance(by: .seconds(150))
        case .block: try router.run("/ip/hotspot/ip-binding/add", ["mac-address": Self.device, "type": "blocked"])
        case .powerCut: router.inject(.powerCut)
        case .reboot:
            try router.run("/system/reboot")
            router.advance(by: .seconds(2))
        case .resetCounters: try router.run("/ip/hotspot/user/reset-counters", [".id": "ana"])
        }
    }

    /// Whether the customer is online afterwards, and whether the event is refused.
    private func expectation(_ state: State, _ event: Event) -> (isOnline: Bool, isRefused: Bool) {
        let isOnline = [.online, .vanished, .disabledOnline].contains(state)
        switch event {
        case .logIn:
            switch state {
            case .unseen, .seen: return (true, false)
            case .online, .vanished, .disabledOnline: return (true, true)
            case .spent, .disabled, .blocked: return (false, true)
            }
        case .comeBack: return (isOnline, state == .spent)
        case .logOut, .removeSession, .removeHost, .block, .powerCut, .reboot: return (false, false)
        case .traffic: return (isOnline, !isOnline)
        case .wait: return (isOnline && state != .vanished, false)
        case .leave, .disable, .enable, .removeUser, .resetCounters: return (isOnline, false)
        }
    }

    @Test(arguments: State.allCases, Event.allCases)
    func everyEventInEveryStateEndsWhereItShould(state: State, event: Event) throws {
        let router = try router(in: state)
        let expected = expectation(state, event)
        var isRefused = false
        do { try apply(event, to: router) } catch { isRefused = true }
        #expect(isRefused == expected.isRefused)
        #expect(router.rows("/ip/hotspot/active").count == (expected.isOnline ? 1 : 0))
        try check(router)
        // Whatever has happened, a day later nobody is online, and each table agrees with the others.
        router.advance(by: .seconds(86_400))
        #expect(router.rows("/ip/hotspot/active").isEmpty)
        try check(router)
    }

    @Test(arguments: State.allCases, Event.allCases)
    func everyPairOfEventsLeavesTheTablesInAgreement(state: State, first: Event) throws {
        for second in Event.allCases {
            let router = try router(in: state)
            try? apply(first, to: router)
            try? apply(second, to: router)
            try check(router)
        }
    }

    /// What holds at any time.
    private func check(_ router: RouterOSSimulator) throws {
        let (active, hosts) = (router.rows("/ip/hotspot/active"), router.rows("/ip/hotspot/host"))
        // Who is logged in is in sight, and nobody is there twice.
        #expect(Set(active.compactMap { $0["address"] }).isSubset(of: hosts.compactMap { $0["address"] }))
        #expect(Set(hosts.compactMap { $0["address"] }).count == hosts.count)
        #expect(hosts.filter { $0["authorized"] == "true" }.count == active.count)
        for session in active {
            let left = try #require(session["session-time-left"].flatMap { Duration(routerOS: $0) })
            #expect(left > .zero)
            #expect(left <= .seconds(3_600))
        }
        for user in router.rows("/ip/hotspot/user") {
            let uptime = try #require(user["uptime"].flatMap { Duration(routerOS: $0) })
            #expect(uptime <= .seconds(3_600))
        }
    }
}
