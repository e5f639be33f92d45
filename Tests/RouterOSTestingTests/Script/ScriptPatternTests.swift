import Testing

@testable import RouterOSTesting

struct ScriptPatternTests {
    @Test(arguments: [
        ("^vc", "vc-123", true), ("^vc", "up-vc", false), ("c$", "abc", true), ("^$", "", true), ("", "anything", true),
        ("a.c", "xabcx", true), ("ab*c", "ac", true), ("ab*c", "abbbc", true), ("ab+c", "ac", false),
        ("ab?c", "abc", true),
        ("^(vc|up)-[0-9]{3}", "up-417-01.02.24", true), ("^(vc|up)-[0-9]{3}$", "up-4170", false), ("a{2,}", "a", false),
        ("a{2,3}b", "aaab", true), ("^a{2,3}b", "aaaab", false), ("[^a-c]", "abc", false), ("[^a-c]", "abcd", true),
        ("[]x]", "]", true), ("[a-]", "-", true), ("[[:digit:]]+", "x42", true), ("^[[:alpha:]_]+$", "a_b1", false),
        ("\\.", "a.b", true), ("\\.", "ab", false), ("(a|b)*c", "ababc", true), ("(a*)*b", "aaaa", false),
        ("x|", "y", true), ("(ab){2}", "abab", true), ("((a|bc)d)+$", "adbcd", true), ("\u{E9}", "caf\u{E9}", true),
    ])
    func patternsFindTheirText(pattern: String, text: String, isFound: Bool) throws {
        #expect(try ScriptPattern(Array(pattern.utf8)).matches(Array(text.utf8)) == isFound)
    }

    @Test(arguments: ["(", ")", "[", "[a", "*", "a{", "a{2,1}", "a{x}", "\\", "[[:none:]]", "[z-a]", "a{300}"])
    func whatIsNoPatternIsRefused(pattern: String) {
        #expect(throws: ScriptFault.self) { try ScriptPattern(Array(pattern.utf8)) }
    }

    @Test func patternsThatWouldGrowWithoutBoundAreRefused() {
        let pattern = String(repeating: "(", count: 20) + "a" + String(repeating: "){255}", count: 20)
        #expect(throws: ScriptFault.self) { try ScriptPattern(Array(pattern.utf8)) }
    }

    @Test func alternativesWithinRepetitionsTakeTimeInProportionToTheText() throws {
        let pattern = try ScriptPattern(Array("^(a|a|a|aa)*(a*)*$b".utf8))
        #expect(!pattern.matches([UInt8](repeating: UInt8(ascii: "a"), count: 20_000)))
    }
}
