import Testing

@testable import RouterOSTesting

struct ScriptValueTests {
    @Test(arguments: [
        ("5", "num 5"), ("0x1F", "num 31"), ("-5", "num -5"), ("yes", "bool true"), ("no", "bool false"),
        ("true", "bool true"), ("5s", "time 00:00:05"), ("1d2h", "time 1d02:00:00"), ("1w3d", "time 1w3d00:00:00"),
        ("00:01:30", "time 00:01:30"), ("100ms", "time 00:00:00.100"), ("10.0.0.1", "ip 10.0.0.1"),
        ("10.0.0.0/8", "ip-prefix 10.0.0.0/8"), ("2001:db8::1", "ip6 2001:db8::1"),
        ("2001:db8::/32", "ip6-prefix 2001:db8::/32"), ("*1A", "id *1A"), ("word", "str word"), ("\"5\"", "str 5"),
        ("{1;2;3}", "array 1;2;3"), ("{}", "array "), ("{b=2;a=1;7}", "array 7;a=1;b=2"),
        ("{\"x y\"=(1+1);{1;2}}", "array 1;2;x y=2"), ("9223372036854775807", "num 9223372036854775807"),
        ("9223372036854775808", "str 9223372036854775808"), ("$missing", "nothing "), ("()", "nothing "),
        ("[:nothing]", "nothing "),
    ])
    func literalsHaveTheTypeTheyLookLike(source: String, value: String) {
        #expect(evaluated(source) == value)
    }

    @Test(arguments: [
        ("(1 + 2 * 3)", "num 7"), ("(10-6)", "num 4"), ("((1+2)*3)", "num 9"), ("(7 / 2)", "num 3"),
        ("(7 % 4)", "num 3"),
        ("(-7 / 2)", "num -3"), ("(10+1-6*2=11-12=2+(-3)=-1)", "bool false"),
        ("(10+1-6*2=11-12=(2+(-3)=-1))", "bool true"), ("(3s + 5ms)", "time 00:00:03.005"),
        ("(15h - 2s)", "time 14:59:58"), ("(12s * 4)", "time 00:00:48"), ("(10s / 4)", "time 00:00:02.500"),
        ("(10.0.0.15 + 10)", "ip 10.0.0.25"), ("(10.0.0.15 - 10.0.0.3)", "num 12"), ("(10.0.0.15 - 12)", "ip 10.0.0.3"),
        ("(~255.255.0.0)", "ip 0.0.255.255"), ("(10.20.30.40 & 255.255.0.0)", "ip 10.20.0.0"), ("(6 & 3)", "num 2"),
        ("(6 | 3)", "num 7"), ("(6 ^ 3)", "num 5"), ("(1 << 10)", "num 1024"), ("(1024 >> 3)", "num 128"),
        ("(1 << 64)", "num 0"), ("(\"08\" * 60)", "num 480"), ("(\"a\" . 1 . \"b\")", "str a1b"),
        ("(1,2,\"x\")", "array 1;2;x"),
        ("((1,2),3)", "array 1;2;3"), ("(2 * 3 + 4 . 5 = 105 and 1 << 2 | 1 = 5)", "bool true"),
        ("(8 - 2 - 1 . 4 / 2 / 2)", "str 51"), ("(--5)", "num 5"), ("(60s,1d!=1m,3600s)", "bool true"),
    ])
    func operatorsCalculate(source: String, value: String) {
        #expect(evaluated(source) == value)
    }

    @Test(arguments: [
        ("(1 < 2)", true), ("(2 <= 2)", true), ("(3 > 4)", false), ("(\"a\" < \"b\")", true), ("(100000s > 27h)", true),
        ("(10.0.2.3 <= 2.0.3.10)", false), ("(10.0.0.9 < 10.0.0.10)", true), ("(\"9\" < 10)", true),
        ("(\"1\" = 1)", true),
        ("(\"60s\" = 1m)", true), ("(1 = 2)", false), ("(1 != 2)", true), ("($missing = \"\")", true),
        ("($missing = 0)", false), ("($missing < 1)", false), ("([:find \"abc\" \"z\"] = $missing)", true),
        ("(10.1.2.3 in 10.0.0.0/8)", true), ("(11.1.2.3 in 10.0.0.0/8)", false), ("(10.0.0.0/24 in 10.0.0.0/8)", true),
        ("(10.0.0.0/8 in 10.0.0.0/24)", false), ("(2001:db8::1 in 2001:db8::/32)", true), ("(2 in {1;2;3})", true),
        ("(true and !false)", true), ("(true && false)", false), ("(false or true)", true), ("(false || false)", false),
        ("(not true)", false), ("(!(2 > 3))", true), ("({1;2} = {1;2})", true), ("({*1} = *1)", true),
        ("(false and (1 / 0 = 1))", false), ("(true or (1 / 0 = 1))", true), ("(*A = *a)", true),
    ])
    func valuesCompare(source: String, isTrue: Bool) {
        #expect(evaluated(source) == "bool \(isTrue)")
    }

    @Test(arguments: [
        ("(1 / 0)", "division by zero"), ("(7 % 0)", "division by zero"),
        ("(9223372036854775807 + 1)", "number is too large"), ("(-9223372036854775807 - 2)", "number is too large"),
        ("((-9223372036854775807 - 1) / -1)", "number is too large"),
        ("((-9223372036854775807 - 1) % -1)", "number is too large"),
        ("(9223372036854775807 * 2)", "number is too large"), ("(1w * 9223372036854775807)", "number is too large"),
        ("(255.255.255.255 + 1)", "number is too large"), ("(0.0.0.0 - 1)", "number is too large"),
        ("(10.0.0.15 + 0.0.10.0)", "cannot add ip address to ip address"),
        ("(\"a\" + 1)", "cannot add string to integer number"),
        ("($missing + 1)", "cannot add nothing to integer number"), ("(1 and true)", "conditional not boolean"),
        ("(-\"x\")", "cannot negate a string"),
        ("(1 in 2)", "cannot tell whether a integer number is in a integer number"),
        ("(\"x\" ~ \"[a\")", "invalid regular expression"), ("(5->0)", "cannot take an element of a integer number"),
    ])
    func whatCannotBeCalculatedIsAnError(source: String, message: String) {
        #expect(evaluated(source).hasPrefix("\(message) (line 1 column "))
    }

    @Test(arguments: [
        ("[:len \"abc\"]", "num 3"), ("[:len {1;2}]", "num 2"), ("[:len 123]", "num 3"), ("[:len $missing]", "num 0"),
        ("[len 00:00:05]", "num 8"), ("[:pick \"abcde\" 1 3]", "str bc"), ("[:pick \"abcde\" 3]", "str d"),
        ("[:pic \"abcde\" 0 99]", "str abcde"), ("[:pick \"abc\" 5]", "nil "), ("[:pick \"abc\" 5 7]", "str "),
        ("[:pick \"abc\" -4 2]", "str ab"), ("[:pick \"abc\" 2 1]", "str "), ("[:pick {1;2;3} 1]", "num 2"),
        ("[:pick {1;2;3} 1 3]", "array 2;3"), ("[:pick 03:04:05 0 2]", "str 03"), ("[:find \"abcabc\" \"c\"]", "num 2"),
        ("[:find \"abcabc\" \"c\" 2]", "num 5"), ("[:find \"abc\" \"a\" -1]", "num 0"),
        ("[:find \"abc\" \"z\"]", "nil "),
        ("[:find {\"jan\";\"feb\"} \"feb\"]", "num 1"), ("[:find \"\" \"\"]", "num 0"),
        ("[:find \"aabaabaaab\" \"aabaaa\"]", "num 3"), ("[:find \"abc\" \"c\" 9]", "nil "),
        ("[:find \"abc\" \"abcd\"]", "nil "), ("[:tostr 5s]", "str 00:00:05"),
        ("[:tonum \"007\"]", "num 7"), ("[:tonum \"x\"]", "nil "), ("[:tonum 2m]", "num 120"),
        ("[:tobool \"yes\"]", "bool true"),
        ("[:tobool 0]", "bool false"), ("[:totime 90]", "time 00:01:30"), ("[:totime \"1h\"]", "time 01:00:00"),
        ("[:toip \"10.0.0.1\"]", "ip 10.0.0.1"), ("[:toip 167772161]", "ip 10.0.0.1"), ("[:toip \"x\"]", "nil "),
        ("[:toip6 \"fe80::1\"]", "ip6 fe80::1"), ("[:toid \"*F\"]", "id *F"), ("[:toarray \"a,b\"]", "array a;b"),
        ("[:len [:toarray \"\"]]", "num 0"), ("[:typeof 5]", "str num"), ("[:typeof [:parse \":put 1\"]]", "str code"),
        ("[:typeof $missing]", "str nothing"), ("[:typeof [:find \"a\" \"b\"]]", "str nil"),
        ("[:typeof 1.2.3.4]", "str ip"),
        ("[:timestamp]", "time 2810w5d22:13:20"), ("[:len [:rndstr length=12]]", "num 12"),
        ("[:rndnum from=5 to=5]", "num 5"),
        ("[:rndstr 3 from=\"a\"]", "str aaa"),
    ])
    func commandsOfTheLanguageGiveTheirValue(source: String, value: String) {
        #expect(evaluated(source) == value)
    }

    @Test(arguments: [
        ("\"a\\n\\t\\\"\\\\\\$\\_\\41\\?\"", "a\n\t\"\\$ A?"), ("\"a\\\n    b\"", "ab"), ("\"a\\\r\n  b\"", "ab"),
        ("\"$x-$\"a b\"-$[:len $x]-$($x . 1)\"", "v-w-1-v1"), ("\"$d$s\"", ""), ("\"\\E2\\82\\AC\"", "\u{20AC}"),
        ("\"100% #1; [no] {no} (no)\"", "100% #1; [no] {no} (no)"),
    ])
    func stringsHoldEscapesAndValues(source: String, text: String) throws {
        var bench = ScriptBench()
        let value = try bench.run(":local x v; :local \"a b\" w; :return \(source)")
        #expect(value.text.description == text)
    }
}
