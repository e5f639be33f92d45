import Testing

@testable import RouterOSTesting

struct ScriptRunTests {
    @Test(arguments: [
        (":if (1 < 2) do={ :put yes } else={ :put no }", ["true"]), (":if (false) do={:put a} else={:put b}", ["b"]),
        (":if (false) do={:put a}", []), (":for i from=1 to=3 do={:put $i}", ["1", "2", "3"]),
        (":for i from=3 to=1 do={:put $i}", ["3", "2", "1"]),
        (":for i from=0 to=10 step=5 do={:put $i}", ["0", "5", "10"]),
        (":for i from=5 to=1 step=-2 do={:put $i}", ["5", "3", "1"]), (":for i from=1 to=0 step=1 do={:put $i}", []),
        (
            ":for i from=9223372036854775806 to=9223372036854775807 do={:put $i}",
            ["9223372036854775806", "9223372036854775807"]
        ),
        (":foreach i in={a;b} do={:put $i}", ["a", "b"]), (":foreach i in=\"a,b\" do={:put $i}", ["a", "b"]),
        (":foreach k,v in={7;y=2;x=1} do={:put \"$k=$v\"}", ["0=7", "x=1", "y=2"]),
        (":foreach i in=$none do={:put $i}", []),
        (":local i 0; :while ($i < 3) do={ :set i ($i + 1); :put $i }", ["1", "2", "3"]),
        (":local i 5; :do { :put $i; :set i ($i - 1) } while=($i > 3)", ["5", "4"]),
        (":do { :put a; :error \"bad\"; :put b } on-error={ :put c }; :put d", ["a", "c", "d"]),
        (":do { :put [:pick \"a\" x] } on-error={ :put c }", ["c"]), (":do { :put a } on-error={ :put c }", ["a"]),
        (":do { :do { :error x } on-error={ :error y } } on-error={ :put z }", ["z"]),
        (":onerror e in={ :error \"the reason\" } do={ :put \"$e!\" }", ["the reason!"]),
        (
            ":for i from=1 to=3 do={ :do { :if ($i = 2) do={ :error x }; :put $i } on-error={ :put e } }",
            ["1", "e", "3"]
        ),
        (":put [:do { :local a 1; :local b 2; ($a + $b) }]", ["3"]),
        (":put [:time { :delay 3s; :delay 500ms }]", ["00:00:03.500"]), (":put 1; :return 5; :put 2", ["1"]),
    ])
    func controlFlows(source: String, output: [String]) throws {
        var bench = ScriptBench()
        _ = try bench.run(source)
        #expect(bench.output == output)
    }

    @Test(arguments: [
        (":local f do={ :return ($a + $b) }; :put [$f a=1 b=2]", ["3"]),
        (":local f do={ :put \"$1 $2\" }; $f x \"y z\"", ["x y z"]),
        (":local f do={ :if ($n < 2) do={ :return 1 }; :return $n }; :put [$f n=1]; :put [$f n=7]", ["1", "7"]),
        (":local outer 1; :local f do={ :return [:typeof $outer] }; :put [$f]", ["nothing"]),
        (":global g 1; :local f do={ :global g; :set g ($g + 1) }; $f; $f; :put $g", ["3"]),
        (":global g 1; :local f do={ :return [:typeof $g] }; :put [$f]", ["nothing"]),
        (
            ":global fact do={ :global fact; :if ($1 < 2) do={ :return 1 }; :return ($1 * [$fact ($1 - 1)]) }; :put [$fact 10]",
            ["3628800"]
        ),
        (":local f [:parse \":put \\\"hello \\$who\\\"\"]; $f who=you", ["hello you"]),
        (":local a 1; { :local a 2; :put $a }; :put $a", ["2", "1"]), (":local a 1; { :set a 2 }; :put $a", ["2"]),
        (":if (true) do={ :local a 1 }; :put [:typeof $a]", ["nothing"]),
        (":local \"my name\" 5; :put $\"my name\"", ["5"]),
        (":local a 1; :set a; :put [:typeof $a]", ["nothing"]), (":set $x 5; :put $x", ["5"]),
        (
            ":local a {x=1}; :set ($a->\"y\") 2; :set ($a->\"x\") 3; :put $a; :set ($a->\"x\"); :put $a",
            ["x=3;y=2", "y=2"]
        ),
        (":local a {1;2}; :set ($a->0) 5; :set ($a->9) 7; :put $a", ["5;2;7"]),
        (":local a; :set ($a->\"in\"->\"deep\") 1; :put ($a->\"in\"->\"deep\"); :put $a", ["1", "in=deep=1"]),
        (":local a {1;2}; :put ($a, 3); :put [:len $a]", ["1;2;3", "2"]),
    ])
    func variablesAndFunctionsHaveTheirScopes(source: String, output: [String]) throws {
        var bench = ScriptBench()
        _ = try bench.run(source, variables: ["x": .nothing])
        #expect(bench.output == output)
    }

    @Test func variablesOfTheHostAreThere() throws {
        var bench = ScriptBench()
        _ = try bench.run(
            ":put \"$user at $address by $\"mac-address\"\"",
            variables: ["user": "ann", "address": "10.0.0.9", "mac-address": "AA:BB:CC:00:11:22"].mapValues {
                .text($0)
            }
        )
        #expect(bench.output == ["ann at 10.0.0.9 by AA:BB:CC:00:11:22"])
    }

    @Test func globalVariablesOutliveTheirScript() throws {
        var bench = ScriptBench()
        _ = try bench.run(":global count 5; :global greet do={ :return \"hi $1\" }; :global empty")
        _ = try bench.run(":global count; :global greet; :set count ($count + 1); :put [$greet $count]")
        #expect(bench.output == ["hi 6"])
        #expect(bench.globals.sorted.map(\.name) == ["count", "empty", "greet"])
        #expect(bench.globals["count"] == .number(6))
    }

    @Test func globalVariablesOfTwoScriptsThatWaitAreTheSame() throws {
        var bench = ScriptBench()
        let script = try Script(
            ":global n; :set n ($n + 1); :delay 1s; :set n ($n * 10)".utf8,
            menus: ScriptBench.menus
        )
        bench.globals["n"] = .number(1)
        var first = ScriptRun(script)
        var second = ScriptRun(script)
        _ = first.resume(globals: &bench.globals)
        _ = second.resume(globals: &bench.globals)
        #expect(bench.globals["n"] == .number(3))
        _ = try bench.finish(&first)
        _ = try bench.finish(&second)
        #expect(bench.globals["n"] == .number(300))
    }

    @Test func aRunThatWaitsGoesOnWhereItWas() throws {
        var bench = ScriptBench()
        let source =
            ":foreach i in={1;2;3} do={ :local x ($i * 10); :delay ($i . \"s\"); :put \"$i $x\" }; :return done"
        let script = try Script(source.utf8, menus: ScriptBench.menus)
        var run = ScriptRun(script)
        var copies: [ScriptRun] = []
        steps: while true {
            copies.append(run)
            let step = run.resume(globals: &bench.globals)
            switch step {
            case .finished(let value):
                #expect(value == .text("done"))
                break steps
            default: _ = bench.answer(step)
            }
        }
        #expect(bench.output == ["1 10", "2 20", "3 30"])
        #expect(bench.delays == [.seconds(1), .seconds(2), .seconds(3)])
        // A copy from any moment has the same rest of the way.
        for place in copies.indices {
            var other = ScriptBench()
            #expect(try other.finish(&copies[place]) == .text("done"))
            #expect(other.output == Array(bench.output.suffix(other.output.count)))
        }
    }

    @Test func aRunThatHasEndedKeepsSayingHow() throws {
        var globals = ScriptVariables()
        var run = ScriptRun(try Script(":error \"over\"".utf8, menus: ScriptBench.menus))
        for _ in 0..<3 {
            guard case .failed(let error) = run.resume(globals: &globals) else {
                Issue.record("it goes on")
                return
            }
            #expect(error == ScriptError(kind: .raised, message: "over", position: SourcePosition(line: 1, column: 1)))
        }
    }

    @Test(arguments: [
        (":while (true) do={}", "script takes more than 200000 steps without a delay"),
        (":do {} while=(true)", "script takes more than 200000 steps without a delay"),
        (":while (true) do={ :delay 0s }", "script takes more than 200000 steps without a delay"),
        (":global f do={ :global f; $f }; $f", "functions are called too deeply"),
        (":local s \"0123456789\"; :while (true) do={ :set s ($s . $s) }", "value is too large"),
        (":local s \"0123456789\"; :while (true) do={ :set s \"$s$s\" }", "value is too large"),
        (":local a {1}; :while (true) do={ :set a ($a, $a) }", "value is too large"),
        (":local a {1}; :while (true) do={ :set a {$a} }", "value is too large"),
        (":local a {1}; :while (true) do={ :set a {$a;$a} }", "value is too large"),
        (":local a {1}; :while (true) do={ :set ($a->0) $a }", "value is too large"),
        (":put [:rndstr length=9999999]", "invalid value for argument length or from"),
        (":do { :while (true) do={} } on-error={ :put caught }", "script takes more than 200000 steps without a delay"),
    ])
    func nothingGrowsOrRunsWithoutBound(source: String, message: String) {
        var bench = ScriptBench()
        let error = #expect(throws: ScriptError.self) { try bench.run(source) }
        #expect(error?.message.description == message)
        #expect(bench.output.isEmpty)
    }

    @Test func searchingALongTextTakesTimeInProportionToIt() throws {
        var bench = ScriptBench()
        let source = ":return [:find [:rndstr 90000 from=a] ([:rndstr 45000 from=a] . b)]"
        #expect(try bench.run(source) == .nil)
    }

    @Test func waitingGivesAScriptItsStepsBack() throws {
        var bench = ScriptBench()
        let source = ":for i from=1 to=50 do={ :for j from=1 to=500 do={ :local x ($i * $j) }; :delay 1s }; :return ok"
        #expect(try bench.run(source, limits: ScriptLimits(steps: 20_000)) == .text("ok"))
        #expect(throws: ScriptError.self) { try bench.run(source, limits: ScriptLimits(steps: 2_000)) }
    }

    @Test(arguments: [
        ":resolve example.com", ":ping 10.0.0.1 count=3", ":convert from=hex to=raw value=41", ":environment print",
        "/ip hotspot user export", "/ip hotspot user print follow", "/ip hotspot user move *1 0",
        ":do { /ip hotspot user move *1 0 } on-error={ :put hidden }",
        ":retry command={ :put 1 } delay=1 max=2 on-error={}",
    ])
    func whatIsBeyondTheSimulatorEndsTheScriptAndSaysSo(source: String) {
        var bench = ScriptBench()
        let error = #expect(throws: ScriptError.self) { try bench.run(source) }
        #expect(error?.kind == .beyond)
        #expect(error?.message.description.hasSuffix(" is beyond the simulator") == true)
        #expect(bench.output.isEmpty)
    }

    @Test func theSameSeedGivesTheSameRun() throws {
        let source = ":for i from=1 to=20 do={ :put [:rndnum from=1 to=1000]; :put [:rndstr length=8] }"
        var (first, second) = (ScriptBench(), ScriptBench())
        _ = try first.run(source)
        _ = try second.run(source)
        #expect(first.output == second.output)
        #expect(Set(first.output).count > 30)
    }

    @Test func aHostThatAnswersSomethingElseEndsTheScript() throws {
        var globals = ScriptVariables()
        let script = try Script(":put [/ip hotspot user find]".utf8, menus: ScriptBench.menus)
        for answer in [nil, ScriptAnswer.value(.number(1))] {
            var run = ScriptRun(script)
            _ = run.resume(globals: &globals)
            guard case .failed(let error) = run.resume(answer, globals: &globals) else {
                Issue.record("it goes on")
                continue
            }
            #expect(error.kind == .beyond)
        }
    }
}
