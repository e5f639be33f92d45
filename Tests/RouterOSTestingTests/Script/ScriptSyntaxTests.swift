import Foundation
import Testing

@testable import RouterOSTesting

struct ScriptSyntaxTests {
    @Test(arguments: [
        (":foo", "bad command name foo (line 1 column 2)"),
        (":put 1\n  frobnicate 2", "bad command name frobnicate (line 2 column 3)"),
        ("/ip frob print", "bad command name frob (line 1 column 5)"),
        ("/ip/hotspot/user/frob 5", "bad command name frob (line 1 column 18)"),
        ("/system s print", "bad command name s (line 1 column 9)"),
        (":put 1 2", "expected end of command (line 1 column 8)"),
        (":put 1 :put 2", "expected end of command (line 1 column 8)"),
        (":if (true) do={} :put 2", "expected end of command (line 1 column 18)"),
        (":if (true) then={}", "expected end of command (line 1 column 12)"),
        ("/ip hotspot user add nome=x", "expected end of command (line 1 column 22)"),
        (":put \"abc", "syntax error (line 1 column 10)"), (":put \"\\z\"", "syntax error (line 1 column 7)"),
        (":put \"\\4\"", "syntax error (line 1 column 7)"), (":put \"5 $\"", "syntax error (line 1 column 11)"),
        (":put (1 + )", "syntax error (line 1 column 11)"), (":put (1", "syntax error (line 1 column 8)"),
        (":put [:len \"a\"", "syntax error (line 1 column 15)"), ("{ :put 1", "syntax error (line 1 column 9)"),
        (":put 1 }", "expected end of command (line 1 column 8)"), ("}", "syntax error (line 1 column 1)"),
        (":local", "syntax error (line 1 column 7)"),
        (":local my_name 5", "expected end of command (line 1 column 10)"),
        (":for i from=1 do={}", "syntax error (line 1 column 20)"),
        (":foreach i do={}", "syntax error (line 1 column 17)"),
        (":while (true)", "syntax error (line 1 column 14)"), ("$", "syntax error (line 1 column 2)"),
        (":pick \"abc\"", "missing value(s) of argument(s) begin (line 1 column 12)"),
        ("\n\n:put (\"a\" . )", "syntax error (line 3 column 13)"), ("=", "syntax error (line 1 column 1)"),
        ("/ip hotspot user print everything=yes follow=no where (", "syntax error (line 1 column 56)"),
        (":set ($a->) 1", "syntax error (line 1 column 11)"),
    ])
    func mistakesAreNamedWithTheirPlace(source: String, error: String) throws {
        let found = #expect(throws: ScriptError.self) { try Script(source.utf8, menus: ScriptBench.menus) }
        #expect(found?.description == error)
        #expect(found?.kind == .syntax)
    }

    @Test func nothingRunsWhenTheLastLineIsWrong() {
        var bench = ScriptBench()
        #expect(throws: ScriptError.self) { try bench.run(":put 1\n:put 2\n:frob") }
        #expect(bench.output.isEmpty)
    }

    @Test(arguments: ["(", "[", "{", ":if (true) do={", ":put \"$[", "!", "-", ":put (1,(", "/ip hotspot user { "])
    func nestingIsLimited(opening: String) {
        let source = String(repeating: opening, count: 5_000)
        #expect(throws: ScriptError.self) { try Script(source.utf8, menus: ScriptBench.menus) }
        let prefixed = ":put (" + source
        #expect(throws: ScriptError.self) { try Script(prefixed.utf8, menus: ScriptBench.menus) }
    }

    @Test func theDeepestScriptNeedsLittleStack() async {
        let sources = [
            ":put " + String(repeating: "(", count: 31) + "1" + String(repeating: ")", count: 31),
            ":put " + String(repeating: "(", count: 31) + "1"
                + String(repeating: "*1+1 . 1 << 1 | 1, 1 = 1)", count: 31),
            String(repeating: "{ :if (true) do={ ", count: 15) + ":put 1" + String(repeating: "}}", count: 15),
            ":put " + String(repeating: "\"$[:len ", count: 31) + "1" + String(repeating: "]\"", count: 31),
        ]
        // Code that a sanitizer has instrumented takes many times as much.
        let kibibytes = Int(ProcessInfo.processInfo.environment["SCRIPT_STACK_KIB"] ?? "") ?? 512
        let areRead: Bool = await withCheckedContinuation { continuation in
            let thread = Thread {
                continuation.resume(
                    returning: sources.allSatisfy { (try? Script($0.utf8, menus: ScriptBench.menus)) != nil }
                )
            }
            thread.stackSize = kibibytes * 1_024
            thread.start()
        }
        #expect(areRead)
    }

    @Test func aLongRowOfOperatorsIsNoNesting() throws {
        var bench = ScriptBench()
        let sum = try bench.run(":return (0" + String(repeating: " + 1", count: 20_000) + ")")
        #expect(sum == .number(20_000))
    }

    @Test func scriptsAreLimitedInLength() {
        let source = [UInt8](repeating: UInt8(ascii: "\n"), count: ScriptLimits.sourceLength + 1)
        let error = #expect(throws: ScriptError.self) { try Script(source, menus: ScriptBench.menus) }
        #expect(error?.kind == .limit)
    }

    @Test(arguments: [
        ("# a comment\n:put 1 ; # another\n#last", "1"), (";;\n ; :put 1;", "1"), (":put \\\n  1", "1"),
        (":put \\\r\n  1\r\n", "1"), ("put 1", "1"), (":pu 1", "1"), ("[:put 1]", "1"), ("{:put 1}", "1"),
        ("{{ :put 1 ; }}", "1"), ("[:local a 1; :put $a]", "1"), (":put (1\n  + 2)", "3"), ("/:put 1", "1"),
        (":put ({1;2;3}->1)", "2"), (":put [/system identity get name]", "MikroTik"),
        (":put [/system/identity/get name]", "MikroTik"), (":put [/sys ide get value-name=name]", "MikroTik"),
        ("/system identity\n:put [get name]", "MikroTik"), ("/system identity { :put [get name] }", "MikroTik"),
        ("/system clock .. identity { :put [get name] }", "MikroTik"), (":put [system identity get name]", "MikroTik"),
        (":put message=1", "1"), (":put a=b", "a=b"), (":put \"# no comment\"", "# no comment"),
    ])
    func commandsAreWrittenInManyWays(source: String, output: String) throws {
        var bench = ScriptBench()
        _ = try bench.run(source)
        #expect(bench.output == [output])
    }
}
