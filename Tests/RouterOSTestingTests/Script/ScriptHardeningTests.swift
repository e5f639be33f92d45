import Testing

@testable import RouterOSTesting

struct ScriptHardeningTests {
    /// Runs whatever bytes say, and says how it ended.
    private static func outcome(_ source: some Collection<UInt8>, steps: Int = 3_000) -> String {
        do throws(ScriptError) {
            let script = try Script(source, menus: ScriptBench.menus)
            var bench = ScriptSamples.bench()
            var run = ScriptRun(
                script,
                variables: ScriptSamples.variables,
                seed: 5,
                limits: ScriptLimits(steps: steps, calls: 20, size: 10_000)
            )
            var answer: ScriptAnswer?
            // A script may wait for ever; nobody waits for it here.
            for _ in 0..<500 {
                let step = run.resume(answer, globals: &bench.globals)
                switch step {
                case .finished(let value): return "finished \(value.text) \(bench.output) \(bench.commands)"
                case .failed(let error): throw error
                default: answer = bench.answer(step)
                }
            }
            return "waits \(bench.output) \(bench.commands)"
        } catch {
            return "\(error.kind) \(error)"
        }
    }

    @Test(arguments: ScriptSamples.all)
    func everyBeginningOfAScriptRunsOrIsRefused(sample: String) {
        let bytes = Array(sample.utf8)
        var kinds: Set<Substring> = []
        for end in bytes.indices {
            let outcome = Self.outcome(bytes[..<end])
            #expect(outcome == Self.outcome(bytes[..<end]))
            kinds.insert(outcome.prefix { $0 != " " })
        }
        #expect(kinds.isSuperset(of: ["finished", "syntax"]))
        #expect(Self.outcome(bytes).hasPrefix("finished"))
    }

    @Test(arguments: ScriptSamples.all, UInt64(1)...4)
    func aScriptWithMistakesRunsOrIsRefused(sample: String, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let bytes = Array(sample.utf8)
        let pieces = [
            "[", "]", "{", "}", "(", ")", "\"", "$", ";", "=", "->", "9223372036854775807", "*", "/", "-", "\\",
            "{1;2}",
        ]
        var kinds: Set<Substring> = []
        for _ in 0..<600 {
            var changed = bytes
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: changed.indices, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: changed[place] = UInt8.random(in: 0...255, using: &random)
                case 1: changed.remove(at: place)
                case 2: changed.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: place)
                default: changed.swapAt(place, Int.random(in: changed.indices, using: &random))
                }
            }
            kinds.insert(Self.outcome(changed).prefix { $0 != " " })
        }
        #expect(kinds.contains("syntax"))
    }

    @Test(arguments: UInt64(1)...4)
    func anyBytesRunOrAreRefused(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<2_000 {
            _ = Self.outcome(random.bytes(Int.random(in: 0..<60, using: &random)))
        }
    }

    @Test(arguments: UInt64(1)...6)
    func anyRowOfTheLanguagesPiecesRunsOrIsRefused(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let pieces = [
            ":put ", ":local x ", ":global g ", ":set x ", ":set g ", ":if (", ") do={", "} else={", "}",
            ":foreach k,v in=",
            ":for i from=1 to=", " do={ ", ":while (", ":do {", "} while=(", "} on-error={", ":return ", ":error ",
            ":delay ",
            "[", "]", "(", ")", "{", ";", "\n", "\"", "$", "$x", "$g", "$i", "$v", "\"a $x b\"", "1", "-1", "5s",
            "10.0.0.1",
            "10.0.0.0/8", "*1", "yes", " + ", " - ", " * ", " / ", " . ", ",", " = ", " < ", " ~ ", " and ", " or ",
            "!", "->",
            " in ", "[:len ", "[:pick ", "[:find ", "[:tonum ", "[:toarray ", "[:typeof ", "[:parse ", "[:time {",
            "$x 1 a=2",
            "/ip hotspot user ", "find ", "where ", "name=", "get ", "set ", "add ", "remove ", "print as-value ",
            "count-only ", "[find]", "<<", "&", "9223372036854775807", " :local f do={", "$f ", "[:rndstr length=",
            "\"^(a|b)*$\"",
        ]
        var kinds: Set<Substring> = []
        for _ in 0..<8_000 {
            var source = ""
            for _ in 0..<Int.random(in: 1..<14, using: &random) { source += pieces.randomElement(using: &random) ?? "" }
            kinds.insert(Self.outcome(source.utf8).prefix { $0 != " " })
        }
        #expect(kinds.isSuperset(of: ["finished", "syntax", "runtime"]))
    }
}
