import Testing

@testable import RouterOSTesting

struct ScriptSampleTests {
    @Test(arguments: [
        ("03:04:00", "jan/02/2024 03:04:00"), ("jan/03 03:04:00", "jan/03/2024 03:04:00"),
        ("2024-01-03 03:04:00", "2024-01-03 03:04:00"),
    ])
    func theFirstLogInOfAVoucherSetsWhenItEnds(nextRun: String, comment: String) throws {
        var bench = ScriptSamples.bench(nextRun: nextRun)
        _ = try bench.run(ScriptSamples.onLogin, variables: ScriptSamples.variables)
        #expect(bench.column(ScriptBench.user, "comment") == [comment, "jan/01/2024 23:59:00", "jan/02/2024 03:04:05"])
        #expect(bench.column(ScriptBench.user, "mac-address") == ["AA:BB:CC:00:11:22", "-", "-"])
        #expect(bench.output == [",keep,5000,1d,6000,,Lock,"])
        #expect(bench.delays == [.seconds(5), .seconds(5)])
        #expect(bench.tables[ScriptBench.scheduler]?.isEmpty == true)
        #expect(bench.commands.first == "/system/scheduler add name=v1 disabled=no start-date=jan/02/2024 interval=1d")
        #expect(
            bench.column(ScriptBench.script, "name")
                == ["jan/02/2024-|-03:04:05-|-v1-|-5000-|-10.0.0.9-|-AA:BB:CC:00:11:22-|-1d"]
        )
    }

    @Test func aLaterLogInChangesNothing() throws {
        var bench = ScriptSamples.bench()
        _ = try bench.run(ScriptSamples.onLogin, variables: ["user": .text("v2")])
        #expect(bench.commands.isEmpty)
        #expect(bench.delays.isEmpty)
    }

    @Test func theMonitorRemovesWhoseTimeIsOver() throws {
        var bench = ScriptSamples.bench()
        _ = try bench.run(ScriptSamples.monitor)
        #expect(bench.column(ScriptBench.user, "name") == ["v1", "v3"])
        #expect(bench.column(ScriptBench.active, "user") == ["v1"])
        #expect(bench.commands == ["/ip/hotspot/user remove *2", "/ip/hotspot/active remove *5"])
    }

    @Test func aLogOutIsToldCountedAndTidied() throws {
        var bench = ScriptSamples.bench()
        bench.add(ScriptBench.scheduler, [("name", .text("a"))])
        bench.add(ScriptBench.scheduler, [("name", .text("b"))])
        #expect(try bench.run(ScriptSamples.onLogout, variables: ScriptSamples.variables) == .number(2))
        #expect(bench.globals["leftCount"] == .number(1))
        #expect(bench.log == ["info: v1 left (idle) after 00:01:05, no. 1", "debug: code 5"])
        #expect(bench.output == ["b"])
        #expect(
            bench.commands == [
                "/tool fetch url=http://192.0.2.1/left?user=v1&uptime=65 keep-result=no",
                "/ip/hotspot/user set *1 comment=seen $[clock]",
                "/system/scheduler remove *6", "/system/scheduler remove *7",
            ]
        )
    }
}
