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
        try await simulator.connect { router in
            for menu in Self.typed {
                do {
                    let count = try await menu.print(router)
                    if !["/user/active", "/log"].contains(menu.path) {
                        #expect(count == simulator.rows(menu.path).count, "\(menu.path)")
                    }
                } catch {
                    Issue.record(error, "\(menu.path) on \(release)")
                }
            }
        }
    }
}
