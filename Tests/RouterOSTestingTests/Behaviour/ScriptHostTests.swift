import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

struct ScriptHostTests {
    private func router(_ release: RouterOSVersion = .v7_18) -> RouterOSSimulator {
        RouterOSSimulator(release, credentials: .user("api", password: "secret"))
    }

    private func run(_ source: String, on router: RouterOSSimulator) throws -> ScriptRecord {
        try router.run("/execute", ["script": source])
        return try #require(router.scriptRuns.last)
    }

    @Test func aScriptReadsTheTables() throws {
        let router = router()
        for name in ["ana", "bo"] {
            try router.run("/ip/hotspot/user/add", ["name": name, "limit-uptime": "1h", "limit-bytes-total": "5000"])
        }
        let source = """
            :put [:len [/ip hotspot user find]]
            :put [/ip hotspot user get [find name=bo] limit-uptime]
            :put [:typeof [/ip hotspot user get ana limit-bytes-total]]
            :put [:typeof [/ip hotspot user get ana disabled]]
            :put [/ip hotspot user get ana profile]
            :put [/system identity get name]
            :put [/ip hotspot user find name=cy]
            :foreach i in=[/ip hotspot user find where name~"a"] do={ :put [/ip hotspot user get $i name] }
            """
        let record = try run(source, on: router)
        #expect(record.outcome == .finished(""))
        #expect(record.output == ["2", "01:00:00", "num", "bool", "default", "MikroTik", "", "ana"])
    }

    @Test func aScriptChangesTheTables() throws {
        let router = router()
        let source = """
            :local id [/ip hotspot user add name=ana comment="a b"]
            /ip hotspot user set $id limit-uptime=2h
            /ip hotspot user add name=bo
            /ip hotspot user disable [find name=bo]
            /ip hotspot user remove [find name=nobody]
            /ip hotspot user set [find name=ana] !limit-uptime email=x
            :put $id
            """
        let record = try run(source, on: router)
        #expect(record.outcome == .finished(""))
        #expect(record.output == [router.rows("/ip/hotspot/user")[0][".id"]])
        #expect(router.rows("/ip/hotspot/user").map { $0["disabled"] } == ["false", "true"])
        #expect(router.rows("/ip/hotspot/user").first?["limit-uptime"] == nil)
        #expect(router.rows("/ip/hotspot/user").first?["comment"] == "a b")
    }

    @Test func whatARouterRefusesEndsAScriptUnlessItMinds() throws {
        let router = router()
        let failed = try run("/ip hotspot user add name=ana; /ip hotspot user add name=ana; :put never", on: router)
        guard case .failed(let reason) = failed.outcome else { throw SimulatorError(.refused, "\(failed.outcome)") }
        #expect(reason.hasPrefix("failure: already have user with this name for this server (line 1"))
        #expect(failed.output.isEmpty)
        #expect(router.rows("/log").last?["topics"] == "script,error")
        let minded = try run(":do { /ip hotspot user add name=ana } on-error={ :put caught }", on: router)
        #expect(minded.output == ["caught"])
    }

    @Test func aTextThatIsNoScriptDoesNothing() throws {
        let router = router()
        let record = try run("/ip hotspot user add name=ana; :if (", on: router)
        guard case .failed = record.outcome else { throw SimulatorError(.refused, "\(record.outcome)") }
        #expect(router.rows("/ip/hotspot/user").isEmpty)
        #expect(record.ends != nil)
    }

    @Test func aDelayTakesTheTimeOfTheSimulator() throws {
        let router = router()
        let record = try run(":put one; :delay 90s; :put two; :return done", on: router)
        #expect(record.outcome == .running)
        #expect(record.output == ["one"])
        #expect(router.rows("/system/script/job").count == 1)
        router.advance(by: .seconds(89))
        #expect(router.scriptRuns.last?.output == ["one"])
        router.advance(by: .seconds(1))
        #expect(router.scriptRuns.last?.output == ["one", "two"])
        #expect(router.scriptRuns.last?.outcome == .finished("done"))
        #expect(router.scriptRuns.last?.ends == .seconds(90))
        #expect(router.rows("/system/script/job").isEmpty)
    }

    @Test func globalVariablesStayUntilTheRouterStops() throws {
        let router = router()
        _ = try run(":global count 5", on: router)
        #expect(try run(":global count; :set count ($count + 1); :put $count", on: router).output == ["6"])
        #expect(router.rows("/system/script/environment").map { $0["value"] } == ["6"])
        router.inject(.powerCut)
        #expect(router.rows("/system/script/environment").isEmpty)
    }

    @Test func aScriptRunsAnotherAndWaitsForIt() throws {
        let router = router()
        try router.run("/system/script/add", ["name": "inner", "source": ":log info a; :delay 10s; :log info b"])
        try router.run("/system/script/add", ["name": "outer", "source": "/system script run inner; :log info c"])
        try router.run("/system/script/run", [".id": "outer"])
        router.advance(by: .seconds(9))
        #expect(router.rows("/system/script/job").map { $0["script"] } == ["outer", "inner"])
        router.advance(by: .seconds(1))
        let messages = router.rows("/log").filter { $0["topics"] == "script,info" }.map { $0["message"] }
        #expect(messages == ["a", "b", "c"])
        #expect(router.rows("/system/script").map { $0["run-count"] } == ["1", "1"])
    }

    @Test func aClientThatRunsAScriptHearsWhenItHasEnded() {
        var dialogue = Dialogue()
        dialogue.say("/system/script/add", "=name=s", "=source=:delay 5s")
        dialogue.say("/system/script/add", "=name=bad", "=source=:error \"no luck\"")
        #expect(dialogue.say("/system/script/run", "=.id=s", ".tag=7") == [])
        dialogue.advance(by: .seconds(5))
        #expect(dialogue.hear() == [["!done", ".tag=7"]])
        #expect(dialogue.trap(["/system/script/run", "=number=bad"])?.hasPrefix("no luck") == true)
        dialogue.say("/system/script/run", "=.id=s", ".tag=8")
        let job = dialogue.values(".id", "/system/script/job/print").first ?? nil
        #expect(dialogue.say("/system/script/job/remove", "=.id=\(job ?? "")").contains(["!done", ".tag=8"]))
        #expect(dialogue.router.scripting.records.last?.outcome == .failed("interrupted"))
    }

    @Test func runningAScriptNeedsItsRights() {
        var dialogue = Dialogue()
        dialogue.say("/user/group/add", "=name=small", "=policy=read,api,test")
        dialogue.say("/user/add", "=name=eve", "=group=small", "=password=x")
        dialogue.say("/system/script/add", "=name=s", "=policy=read,write", "=source=:put 1")
        dialogue.say(
            "/system/script/add",
            "=name=free",
            "=policy=read,write",
            "=dont-require-permissions=yes",
            "=source=:put 1"
        )
        let eve = dialogue.router.open()
        dialogue.router.receive(Dialogue.encode(["/login", "=name=eve", "=password=x"]), on: eve)
        dialogue.router.receive(Dialogue.encode(["/system/script/run", "=.id=s"]), on: eve)
        dialogue.router.receive(Dialogue.encode(["/system/script/run", "=.id=free"]), on: eve)
        let heard = Dialogue.decode(dialogue.router.takeOutgoing().filter { $0.connection == eve }.flatMap(\.bytes))
        #expect(heard.map(\.first) == ["!done", "!trap", "!done", "!done"])
        #expect(heard[1].contains("=message=not enough permissions (9)"))
    }

    @Test func executeGivesAJobOrWhatWasPutOut() throws {
        var dialogue = Dialogue()
        let answer = dialogue.say("/execute", "=script=:put hello")
        #expect(answer == [["!done", "=ret=*1"]])
        #expect(
            dialogue.say("/execute", "=script=:put hello; :put you", "=as-string=") == [["!done", "=ret=hello\nyou"]]
        )
        var old = Dialogue(.v6_49)
        #expect(old.trap(["/execute", "=script=:put 1", "=as-string="]) == "unknown parameter as-string")
    }

    @Test(arguments: [
        ":global f do={ :execute \":global f; [\\$f]\" }; [$f]",
        ":while (true) do={ :local x 1 }",
        ":execute \"/system script run loop\"",
    ])
    func aScriptThatWouldNeverEndIsEnded(source: String) throws {
        let router = router()
        router.process { $0.scripting.limits.steps = 50_000 }
        try router.run("/system/script/add", ["name": "loop", "source": "/system script run loop"])
        _ = try run(source, on: router)
        router.advance(by: .seconds(1))
        #expect(router.scriptRuns.count < 25_000)
        #expect(try run(":put fine", on: router).output == ["fine"])
    }

    @Test func aCustomerWhoComesAndGoesRunsTheScriptsOfTheProfile() throws {
        let router = router()
        try router.run(
            "/ip/hotspot/user/profile/set",
            [
                ".id": "default",
                "on-login":
                    ":put ($user . \" \" . $username . \" \" . $address . \" \" . $\"mac-address\" . \" \" . $interface)",
                "on-logout":
                    ":put \"$cause $[:tonum $\"uptime-secs\"]\"; :put (\"$\"bytes-in\" $\"bytes-out\" $\"bytes-total\"\")",
            ]
        )
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        try router.logIn("ana", address: "10.5.50.9", macAddress: "AA:BB:CC:00:11:22")
        router.advance(by: .seconds(61))
        try router.addTraffic(user: "ana", in: 10, out: 32)
        router.logOut(address: "10.5.50.9")
        #expect(router.scriptRuns.map(\.origin) == [.hotspotLogin, .hotspotLogout])
        #expect(router.scriptRuns.map(\.name) == ["ana", "ana"])
        #expect(router.scriptRuns.first?.output == ["ana ana 10.5.50.9 AA:BB:CC:00:11:22 bridge"])
        #expect(router.scriptRuns.last?.output == ["user request 61", "10 32 42"])
    }

    @Test func whatAFetchComesToIsForTheTestToSay() throws {
        let router = router()
        router.answerWebRequests { request in
            request.url.hasSuffix("/ok")
                ? .body("fine") : request.url.hasSuffix("/no") ? .status(404) : .failure("timeout")
        }
        let source = """
            :put ([/tool fetch url="http://192.0.2.1/ok" output=user as-value]->"data")
            :do { /tool fetch url="http://192.0.2.1/no" } on-error={ :put "refused" }
            /tool fetch url="http://192.0.2.1/never" http-method=post http-data="a=1" keep-result=no
            """
        let record = try run(source, on: router)
        #expect(record.output == ["fine", "refused"])
        guard case .failed(let reason) = record.outcome else { throw SimulatorError(.refused, "\(record.outcome)") }
        #expect(reason.hasPrefix("failure: timeout"))
        #expect(router.webRequests.map(\.method) == ["get", "get", "post"])
        #expect(router.webRequests.last?.body == "a=1")
    }
}
