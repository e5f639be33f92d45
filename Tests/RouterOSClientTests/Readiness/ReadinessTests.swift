import RouterOSProtocol
import Synchronization
import Testing

@testable import RouterOSClient

@Suite("Readiness")
struct ReadinessTests {
    /// A router on which everything is as it should be.
    private static let ready: [String: [FakeRouter.Row]] = [
        "/system/resource": [["uptime": "1d", "version": "7.18.2 (stable)", "total-memory": "268435456"]],
        "/system/clock": [["date": "2026-02-01", "time": "13:00:00", "gmt-offset": "+03:00"]],
        "/ip/service": [
            [".id": "*1", "name": "api", "port": "8728", "disabled": "false", "address": "10.10.0.0/24"],
            [".id": "*2", "name": "api-ssl", "port": "8729", "disabled": "false", "address": "10.10.0.0/24"],
        ],
        "/user": [[".id": "*3", "name": "api", "group": "billing"]],
        "/user/group": [[".id": "*4", "name": "billing", "policy": "api,read,write,policy,test,!ftp,!ssh"]],
        "/ip/hotspot": [[".id": "*5", "name": "hs1", "disabled": "false", "invalid": "false"]],
        "/ip/hotspot/walled-garden": [],
        "/ip/hotspot/walled-garden/ip": [[".id": "*6", "action": "accept", "dst-host": "*.lake.example"]],
    ]
    /// 2026-02-01 10:00:00 UTC, which the router's clock shows as 13:00.
    private static let requirements = ReadinessRequirements(
        user: "api",
        security: .tls(.systemRoots),
        billingDomain: "billing.lake.example",
        now: 1_769_940_000
    )

    private func checks(
        _ changes: [String: [FakeRouter.Row]] = [:],
        without missing: [String] = [],
        _ requirements: ReadinessRequirements = Self.requirements
    ) async throws -> [ReadinessCheck] {
        let tables = Self.ready.merging(changes) { $1 }
        return try await FakeRouter(tables.filter { !missing.contains($0.key) }).readiness(requirements)
    }

    @Test("a router that is ready passes every check, and needs nothing")
    func ready() async throws {
        let checks = try await checks()
        #expect(checks.map(\.subject) == ReadinessCheck.Subject.allCases)
        #expect(checks.allSatisfy { $0.outcome == .passed && $0.remedy == nil }, "\(checks)")
    }

    @Test(
        "what is amiss is found, with the line to type",
        arguments: [
            (
                .apiService, .failed, "/ip/service", ["name": "api-ssl", "disabled": "true"],
                "/ip service enable api-ssl"
            ),
            (.apiService, .failed, "/ip/service", ["name": "www"], "/ip service print"),
            (
                .apiService, .warning, "/ip/service", ["name": "api-ssl", "port": "9000"],
                "/ip service set api-ssl port=8729"
            ),
            (
                .policies, .failed, "/user/group", ["name": "billing", "policy": "ssh,api,read,!write,!ftp,test"],
                "policy=ssh,api,read,test,write,policy"
            ),
            (
                .policies, .warning, "/user/group",
                ["name": "billing", "policy": "api,read,write,policy,test,reboot,ftp,sensitive"], "/user group add"
            ),
            (.addressRestriction, .warning, "/ip/service", ["name": "api-ssl"], "address="),
            (.hotspotServer, .failed, "/ip/hotspot", ["name": "hs 1", "disabled": "true"], "/ip hotspot enable"),
            (
                .walledGarden, .failed, "/ip/hotspot/walled-garden/ip", ["dst-host": "other.example"],
                "walled-garden ip add"
            ),
            (
                .walledGarden, .failed, "/ip/hotspot/walled-garden/ip",
                ["dst-host": "billing.lake.example", "action": "drop"], "walled-garden ip add"
            ),
            (.clock, .failed, "/system/clock", ["date": "jan/02/1970", "time": "00:01:00"], "/system ntp client"),
            (.clock, .failed, "/system/clock", ["date": "2026-02-01", "time": "13:00:00"], "/system ntp client"),
            (.version, .failed, "/system/resource", ["version": "6.39.3 (bugfix)"], "/system package update"),
            (.version, .unknown, "/system/resource", ["version": "seven"], "/system resource"),
            (.memory, .failed, "/system/resource", ["version": "7.18", "total-memory": "33554432"], "memory"),
            (.memory, .warning, "/system/resource", ["version": "7.18", "total-memory": "67108864"], "memory"),
        ] as [(ReadinessCheck.Subject, ReadinessCheck.Outcome, String, FakeRouter.Row, String)]
    )
    func amiss(
        subject: ReadinessCheck.Subject,
        outcome: ReadinessCheck.Outcome,
        menu: String,
        row: FakeRouter.Row,
        remedy: String
    ) async throws {
        let check = try #require(try await checks([menu: [row]]).first { $0.subject == subject })
        #expect(check.outcome == outcome, "\(check)")
        #expect(check.remedy?.contains(remedy) == true, "\(check)")
    }

    @Test(
        "what the API user may not see is unknown, not wrong",
        arguments: [
            ("/ip/service", .apiService), ("/user/group", .policies), ("/ip/hotspot", .hotspotServer),
            ("/system/clock", .clock),
        ] as [(String, ReadinessCheck.Subject)]
    )
    func hidden(menu: String, subject: ReadinessCheck.Subject) async throws {
        let check = try #require(try await checks(without: [menu]).first { $0.subject == subject })
        #expect(check.outcome == .unknown && check.remedy != nil)
    }

    @Test(
        "a user that the router does not have is RADIUS's where that is asked, and missing where it is not",
        arguments: [
            ([["use-radius": "true"]], .unknown, "RADIUS"),
            ([["use-radius": "false"]], .failed, #"/user add name="api" group=billing"#),
            (nil, .unknown, "/user aaa print"), ([[:]], .unknown, "/user aaa print"),
        ] as [([FakeRouter.Row]?, ReadinessCheck.Outcome, String)]
    )
    func missingUser(aaa: [FakeRouter.Row]?, outcome: ReadinessCheck.Outcome, remedy: String) async throws {
        var changes = ["/user": [["name": "other", "group": "billing"]]]
        changes["/user/aaa"] = aaa
        let check = try #require(try await checks(changes).first { $0.subject == .policies })
        #expect(check.outcome == outcome && check.finding.contains("\"api\""), "\(check)")
        #expect(check.remedy?.contains(remedy) == true, "\(check)")
    }

    @Test("a clock is right within the tolerance, to the second", arguments: [(120, true), (121, false), (-120, true)])
    func drift(seconds: Int64, isRight: Bool) async throws {
        var requirements = Self.requirements
        requirements.now = requirements.now.map { $0 + seconds }
        let check = try #require(try await checks([:], requirements).first { $0.subject == .clock })
        #expect((check.outcome == .passed) == isRight, "\(check)")
    }

    @Test("without TLS, a domain or a clock there is a warning, and less to check")
    func plain() async throws {
        let checks = try await checks([:], ReadinessRequirements(user: "api"))
        #expect(checks.first { $0.subject == .encryption }?.outcome == .warning)
        #expect(!checks.contains { [.walledGarden, .clock].contains($0.subject) })
    }

    @Test(
        "the walled garden's patterns are matched as the router does, HTTP rules being half of it",
        arguments: [
            ("*", .warning), ("*.example", .warning), ("BILLING.lake.example", .warning),
            ("billing.*.exampl?", .warning),
            ("!other.example", .warning), ("lake.example", .failed), ("*lake", .failed), (":.*", .failed),
        ] as [(String, ReadinessCheck.Outcome)]
    )
    func patterns(pattern: String, outcome: ReadinessCheck.Outcome) async throws {
        let checks = try await checks([
            "/ip/hotspot/walled-garden/ip": [],
            "/ip/hotspot/walled-garden": [
                ["action": "deny", "dst-host": "*", "disabled": "true"], ["action": "allow", "dst-host": pattern],
            ],
        ])
        #expect(checks.first { $0.subject == .walledGarden }?.outcome == outcome)
    }

    @Test(
        "a rule for some clients, servers or ports only does not open the site for everybody, and may close it",
        arguments: [
            ("ip", ["action": "accept", "dst-port": "443"], .failed),
            ("ip", ["action": "accept", "src-address": "10.5.50.0/25"], .failed),
            ("ip", ["action": "accept", "server": "hs2"], .failed),
            ("ip", ["action": "accept", "server": "all"], .passed),
            ("ip", ["action": "accept", "server": "hs1"], .passed),
            ("ip", ["action": "accept"], .passed),
            ("", ["action": "allow", "path": "/pay*"], .failed), ("", ["action": "allow", "method": "GET"], .failed),
            ("", ["action": "allow"], .warning),
        ] as [(String, FakeRouter.Row, ReadinessCheck.Outcome)]
    )
    func limitedRules(menu: String, rule: FakeRouter.Row, outcome: ReadinessCheck.Outcome) async throws {
        let (http, ip) = ("/ip/hotspot/walled-garden", "/ip/hotspot/walled-garden/ip")
        let rule = rule.merging(["dst-host": "*.lake.example"]) { $1 }
        let rules = [http: menu == "" ? [rule] : [], ip: menu == "ip" ? [rule] : []]
        #expect(try await checks(rules).first { $0.subject == .walledGarden }?.outcome == outcome)
        guard outcome == .passed else { return }
        let closing = ["action": "drop", "src-address": "10.5.50.7", "dst-host": "billing.lake.example"]
        let closed = try await checks([http: [], ip: [closing, rule]])
        #expect(closed.first { $0.subject == .walledGarden }?.outcome == .failed)
    }

    @Test(
        "a connection is safe when nobody else can read it or pass for the router",
        arguments: [
            (.plaintext, .warning), (.tls(.anonymous), .warning), (.tls(.systemRoots), .passed),
        ] as [(ConnectionSecurity, ReadinessCheck.Outcome)]
    )
    func encryption(security: ConnectionSecurity, outcome: ReadinessCheck.Outcome) async throws {
        let checks = try await checks([:], ReadinessRequirements(user: "api", security: security))
        #expect(checks.first { $0.subject == .encryption }?.outcome == outcome)
        #expect(checks.first { $0.subject == .apiService }?.outcome == .passed, "the port is the usual one")
    }

    @Test("the connection test has a time in all, whatever each command may take")
    func timeInAll() async throws {
        let left = Mutex(Duration.seconds(5))
        let sent = Recorder<Duration?>()
        let router = TimedCommands(Timekeeper(sent: sent), each: .seconds(2)) {
            left.withLock { left in
                defer { left -= .seconds(1.5) }
                return left
            }
        }
        let test = await ConnectionTest.run(
            on: router,
            as: RouterEndpoint("router.test", as: .user("api", password: "x"))
        )
        #expect(sent.all == [.seconds(2), .seconds(2), .seconds(2), .seconds(0.5)])
        #expect(test.failure?.error.code == .deadlineExceeded && test.failure?.step == .systemInformation)
    }

    /// A router that notes how long each command may take.
    private struct Timekeeper: RouterOSCommands {
        let endpoint = "router.test:8728"
        let sent: Recorder<Duration?>

        func run(_ command: Command, deadline: Duration?) async throws -> Answer {
            sent.note(deadline)
            return Answer(rows: [], returned: "0")
        }

        nonisolated func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
            AnswerStream { CollectedRows(try await run(command, deadline: deadline).rows) }
        }
    }

    @Test("names in a line to type cannot become commands")
    func injection() async throws {
        let server = ["name": "a\"]; /system reset-configuration", "disabled": "true"]
        let checks = try await checks(["/ip/hotspot": [server]])
        let remedy = try #require(checks.first { $0.subject == .hotspotServer }?.remedy)
        #expect(!remedy.contains("\"];") && remedy.contains("\\22"))
    }

    @Test("a router's capabilities are found out, and what cannot be seen is nil")
    func capabilities() async throws {
        let packages: [String: [FakeRouter.Row]] = [
            "/system/package": [["name": "routeros"], ["name": "ipv6", "disabled": "true"]],
            "/ppp/secret": [], "/tool/user-manager/user": [],
        ]
        let router = FakeRouter(Self.ready.merging(packages) { $1 })
        let capabilities = try await RouterCapabilities.probe(router, user: "api")
        #expect(capabilities.version == RouterOSVersion(7, 18, 2))
        #expect(capabilities.features == [.hotspot, .ppp, .userManager])
        #expect(capabilities.packages == ["routeros"])
        #expect(capabilities.group == "billing")
        #expect(capabilities.policies == ["api", "read", "write", "policy", "test"])
        let blind = FakeRouter(["/system/resource": [["version": "6.49.18 (long-term)"]]]) { command in
            command.path == "/system/resource/print" ? .ordinary : .refused(.permissionDenied)
        }
        let little = try await RouterCapabilities.probe(blind, user: "api")
        #expect(little.packages == nil && little.policies == nil && little.group == nil)
        #expect(little.features == Set(RouterCapabilities.Feature.allCases), "a menu that may not be read is there")
    }

    @Test("the connection test fails at the permissions when the group lacks one, with the line to type")
    func permissions() async throws {
        let router = try ScriptedRouter { command in
            switch command.name {
            case "/user/print":
                [
                    Reply(.row) {
                        $0["name"] = "api"
                        $0["group"] = "few"
                    }, Reply(.done),
                ]
            case "/user/group/print":
                [
                    Reply(.row) {
                        $0["name"] = "few"
                        $0["policy"] = "api,read,!write,!policy,test"
                    }, Reply(.done),
                ]
            default: [Reply(.done) { $0["ret"] = "0" }]
            }
        }
        defer { router.stop() }
        let test = await ConnectionTest.run(
            RouterEndpoint("127.0.0.1", port: router.port, as: .user("api", password: "canary"))
        )
        #expect(test.failure?.step == .permissions && test.failure?.error.code == .permissionDenied)
        #expect(test.failure?.error.message.contains("write, policy") == true)
        let expected = "policy=api,read,test,write,policy"
        #expect(test.remedy?.hasPrefix("/user group set") == true && test.remedy?.hasSuffix(expected) == true)
    }

    @Test(
        "errors are of a few kinds, whose public words say nothing of the router",
        arguments: [
            (.connectTimeout, .timeout), (.unreachable, .timeout), (.connectionRefused, .connectionRefused),
            (.nameResolution, .timeout), (.loginTimeout, .timeout), (.deadlineExceeded, .timeout),
            (.actionTimedOut, .timeout), (.authentication, .authentication), (.permissionDenied, .accessDenied),
            (.protocolViolation, .other), (.certificateChanged, .other), (.unavailable, .other), (.trap, .other),
        ] as [(RouterOSError.Code, FailureClass)]
    )
    func failureClasses(code: RouterOSError.Code, expected: FailureClass) {
        let error = RouterOSError(code, "10.0.0.7 says no to canary", endpoint: "10.0.0.7:8728")
        #expect(error.failureClass == expected)
        #expect(!expected.publicMessage.contains("10.0.0.7") && !expected.publicMessage.contains("canary"))
    }
}
