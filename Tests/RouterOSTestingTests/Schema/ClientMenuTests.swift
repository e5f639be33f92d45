import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// The typed menus of the client against the simulated ones.
@Suite struct ClientMenuTests {
    /// A type of the client, and what asks a router for its rows.
    struct TypedMenu: Sendable, CustomTestStringConvertible {
        let path: String
        let print: @Sendable (RouterOSConnection) async throws -> Int
        var testDescription: String { path }

        static func rows<Row: RouterOSRow>(_: Row.Type) -> TypedMenu {
            TypedMenu(path: Row.menu) { router in
                var count = 0
                for try await _ in router.print(Row.self) { count += 1 }
                return count
            }
        }
    }

    static let typed: [TypedMenu] = [
        .rows(HotspotServer.self), .rows(HotspotServerProfile.self), .rows(HotspotUser.self),
        .rows(HotspotUserProfile.self),
        .rows(HotspotActive.self), .rows(HotspotHost.self), .rows(HotspotCookie.self), .rows(HotspotIPBinding.self),
        .rows(HotspotWalledGardenRule.self), .rows(HotspotWalledGardenIPRule.self), .rows(PPPSecret.self),
        .rows(PPPProfile.self),
        .rows(PPPActive.self), .rows(PPPoEServer.self), .rows(NetworkInterface.self), .rows(SimpleQueue.self),
        .rows(SystemScript.self),
        .rows(SystemScriptJob.self), .rows(SystemScheduler.self), .rows(SystemPackage.self), .rows(RouterFile.self),
        .rows(LogEntry.self),
        .rows(IPService.self), .rows(IPPool.self), .rows(IPPoolAddress.self), .rows(RADIUSServer.self),
        .rows(RouterUser.self),
        .rows(RouterUserGroup.self), .rows(RouterUserSession.self),
    ]

    @Test(
        "Every typed menu is printed without an error on every release",
        arguments: MenuLibraryTests.releases.filter { $0 > .v6_42 }
    )
    func everyMenu(of release: RouterOSVersion) async throws {
        let simulator = RouterOSSimulator(release, credentials: .user("api", password: "secret"))
        try Self.fill(simulator)
        try await simulator.connect { router in
            for menu in Self.typed {
                do {
                    let count = try await menu.print(router)
                    // Being asked is news for these two.
                    if !["/user/active", "/log"].contains(menu.path) {
                        #expect(count == simulator.rows(menu.path).count, "\(menu.path)")
                    }
                    #expect(count > 0, "\(menu.path) has no row to read")
                } catch {
                    Issue.record(error, "\(menu.path) on \(release)")
                }
            }
        }
    }

    /// Puts a row into every menu that has none.
    private static func fill(_ simulator: RouterOSSimulator) throws {
        try simulator.run("/ip/hotspot/profile/set", [".id": "hsprof1", "login-by": "http-chap,mac-cookie"])
        try simulator.run("/ip/hotspot/user/add", ["name": "ana", "limit-uptime": "3h"])
        try simulator.logIn("ana", address: "10.5.50.9", macAddress: "AA:BB:CC:00:11:22")
        try simulator.run("/ip/hotspot/ip-binding/add", ["address": "10.5.50.7", "type": "blocked"])
        try simulator.run("/ip/hotspot/walled-garden/add", ["dst-host": "*.example"])
        try simulator.run("/ip/hotspot/walled-garden/ip/add", ["dst-address": "192.0.2.1", "action": "accept"])
        try simulator.run("/ip/pool/add", ["name": "homes", "ranges": "10.9.0.2-10.9.0.9"])
        try simulator.run("/ppp/profile/add", ["name": "home", "remote-address": "homes", "rate-limit": "1M/2M"])
        try simulator.run("/ppp/secret/add", ["name": "bo", "profile": "home"])
        try simulator.dial("bo", password: "", macAddress: "AA:BB:CC:00:11:23")
        try simulator.run("/interface/pppoe-server/server/add", ["service-name": "isp", "interface": "bridge"])
        try simulator.run("/system/script/add", ["name": "long", "source": ":delay 1h"])
        try simulator.run("/system/script/run", [".id": "long"])
        try simulator.run("/system/scheduler/add", ["name": "daily", "interval": "1d"])
        try simulator.run("/radius/add", ["address": "192.0.2.9", "service": "hotspot", "secret": "s"])
    }
}
