import Foundation
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@testable import RouterSimulator

/// Scenarios and the arguments that go with them.
@Suite struct ScenarioTests {
    private static func scenario(_ text: String) throws -> Scenario {
        let file = URL.temporaryDirectory.appending(path: "scenario-\(UUID()).json")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try Scenario.read(file.path)
    }

    @Test func groupsBecomeRouters() throws {
        let scenario = try Self.scenario(#"{"routers": [{"count": 2, "release": "6.49", "identity": "lake"}, {}]}"#)
        let planned = try scenario.planned(defaultRelease: .v7_18, firstPort: 9_000)
        #expect(planned.map(\.identity) == ["lake-1", "lake-2", "MikroTik-9002"])
        #expect(planned.map { "\($0.release)" } == ["6.49", "6.49", "7.18.2"])
    }

    @Test func aRouterGetsItsRowsCustomersAndFaults() throws {
        let scenario = try Self.scenario(
            #"""
            {"routers": [{
                "menus": ["menu /ip/arp table", "verbs add", "setting address address required"],
                "rows": ["/ip/arp address=10.0.0.1"], "users": 50,
                "customers": {"every": "20s", "staying": "5m"},
                "faults": [{"name": "refuse-login", "after": "30s", "for": "10s"}]
            }]}
            """#
        )
        let planned = try scenario.planned(defaultRelease: .v7_18, firstPort: 9_000)
        let router = RouterOSSimulator(credentials: .user("api", password: "secret"), seed: 4)
        let group = try #require(planned.first?.group)
        try router.prepare(group, withRows: true)
        try router.begin(group)
        #expect(router.rows("/ip/arp").count == 1)
        #expect(router.rows("/ip/hotspot/user").contains { $0["name"] == "user-50" })
        router.advance(by: .seconds(35))
        #expect(router.faults == [.refuseLogin])
        router.advance(by: .seconds(3_600))
        #expect(router.faults == [])
        // One in twenty seconds, each for five minutes.
        #expect((8...22).contains(router.rows("/ip/hotspot/active").count))
    }

    @Test(arguments: [
        (#"{"router": []}"#, ".router is unknown; there is routers"),
        (#"{"routers": [{}, {"cout": 2}]}"#, ".routers[1].cout is unknown; there are count, customers, faults"),
        (#"{"routers": [{"customers": {"every": "1s", "staying": "1m", "seed": 1}}]}"#, ".routers[0].customers.seed"),
        (#"{"routers": [{"faults": [{"name": "stall", "lasting": "1m"}]}]}"#, "there are after, for, name"),
        ("[]", "array"), ("{", "no JSON"), ("{}", ".routers is missing"), (#"{"routers": []}"#, "1 to 1000"),
        (#"{"routers": [{"count": 0}]}"#, "1 to 1000"),
        (#"{"routers": [{"count": 600}, {"count": 600}]}"#, "1 to 1000"),
        (#"{"routers": [{"release": "new"}]}"#, "release"), (#"{"routers": [{"users": -1}]}"#, "users"),
        (#"{"routers": [{"faults": [{"name": "flood"}]}]}"#, "no fault is called"),
        (#"{"routers": [{"faults": [{"name": "stall", "after": "soon"}]}]}"#, "after"),
        (#"{"routers": [{"customers": {"every": "often", "staying": "1m"}}]}"#, "customers.every"),
        (#"{"routers": [{"customers": {"every": "1s"}}]}"#, "staying is missing"),
    ])
    func whatIsWrongIsSaid(text: String, reason: String) throws {
        let problem = #expect(throws: Scenario.Problem.self) {
            _ = try Self.scenario(text).planned(defaultRelease: .v7_18, firstPort: 9_000)
        }
        #expect(problem?.message.contains(reason) == true, "\(problem?.message ?? "")")
    }

    @Test func anArgumentForEverything() throws {
        let arguments = [
            "--port", "9000", "--user", "api", "--password", "x", "--time-scale", "60", "--control", "9100",
        ]
        let options = try Options(arguments + ["--scenario", "a.json"]) { _ in nil }
        #expect(options.timeScale == 60)
        #expect(options.control == 9_100)
        #expect(options.scenario == "a.json")
        #expect(throws: Options.Problem.self) {
            try Options(arguments + ["--scenario", "a.json", "--count", "3"]) { _ in nil }
        }
        #expect(throws: Options.Problem.self) { try Options(arguments + ["--time-scale", "0"]) { _ in nil } }
    }
}
