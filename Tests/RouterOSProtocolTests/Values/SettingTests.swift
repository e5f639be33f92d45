import RouterOSProtocol
import Testing

@Suite("Settings, lists and matchers")
struct SettingTests {
    @Test("a word, a value and nothing are three different things")
    func kinds() {
        #expect(Setting<Duration>(routerOS: "") == .empty)
        #expect(Setting<Duration>(routerOS: "none") == .keyword(.none))
        #expect(Setting<Duration>(routerOS: "2m") == .value(.seconds(120)))
        #expect(Setting<Int>(routerOS: "unlimited") == .keyword(.unlimited))
        #expect(Setting<Int>(routerOS: "3")?.value == 3)
        #expect(Setting<Int>(routerOS: "unlimited")?.value == nil)
        #expect(Setting<TimeOfDay>(routerOS: "startup") == .keyword(.startup))
        #expect(Setting<Bool>(routerOS: "yes") == .value(true))
    }

    @Test(
        "every word of the manual is a keyword",
        arguments: [
            .none, .never, .unlimited, .immediately, .received, .startup, .disabled, .default, .notYetRunning,
            .notFinished,
        ] as [Keyword]
    )
    func keywords(keyword: Keyword) {
        expectRoundTrip(keyword)
        expectRoundTrip(Setting<Duration>.keyword(keyword))
        expectRoundTrip(Setting<UInt32>.keyword(keyword))
    }

    @Test(
        "text that is neither is refused",
        arguments: ["3x", "None", "-none", "none-", "no ne", "1h1h", "n\u{0}", "ñ", " "]
    )
    func refuses(text: String) {
        #expect(Setting<Duration>(routerOS: text) == nil)
        #expect(Keyword(text) == nil)
    }

    @Test("settings read back what they write")
    func roundTrip() {
        expectRoundTrip(Setting<Duration>.empty)
        expectRoundTrip(Setting<Duration>.value(.milliseconds(1_500)))
        #expect(Keyword(String(repeating: "a", count: 63)) != nil)
        #expect(Keyword(String(repeating: "a", count: 64)) == nil)
        expectSafe(Setting<Duration>.self)
        expectSafe(Setting<Int8>.self)
        expectSafe(Keyword.self)
    }

    @Test("a list keeps its order, and the empty text is the empty list")
    func lists() {
        #expect(RouterOSList<String>(routerOS: "mac,cookie,http-chap") == ["mac", "cookie", "http-chap"])
        #expect(RouterOSList<Int>(routerOS: "") == [])
        #expect(RouterOSList<String>(routerOS: "a;b,c") == ["a;b", "c"])
        #expect(RouterOSList<Int>(routerOS: [0x31, 0x3B, 0x32].span, separator: .semicolon) == [1, 2])
        #expect(RouterOSList<Int>(routerOS: "1,x") == nil)
        #expect(RouterOSList<Int>(routerOS: "1,") == nil)
        #expect(RouterOSList<Int>(routerOS: ",") == nil)
        #expect(RouterOSList<String>(routerOS: ",") == ["", ""])
        expectRoundTrip([1, 2, 2, 0] as RouterOSList<Int>)
        expectRoundTrip([] as RouterOSList<Int>)
        expectSafe(RouterOSList<Int>.self)
        expectSafe(RouterOSList<IPRange>.self)
    }

    @Test("a matcher is negated by a single mark")
    func matchers() {
        #expect(Matcher<Int>(routerOS: "!5") == Matcher(5, isNegated: true))
        #expect(Matcher<Int>(routerOS: "5") == Matcher(5))
        #expect(["", "!", "!!5", "5!", "! 5"].map { Matcher<Int>(routerOS: $0) } == [nil, nil, nil, nil, nil])
        expectRoundTrip(Matcher(7, isNegated: true))
        expectRoundTrip(Matcher(7))
        expectSafe(Matcher<IPPrefix>.self)
    }

    /// One value of each type, as a router writes it.
    static let described: [(any RouterOSValue & CustomStringConvertible, String)] = {
        func read<Value: RouterOSValue & CustomStringConvertible>(_ text: String, _: Value.Type) -> (
            any RouterOSValue & CustomStringConvertible, String
        )? {
            Value(routerOS: text).map { ($0, text) }
        }
        return [
            read("1970-01-02", CalendarDate.self), read("1970-01-02 03:04:05", LocalDateTime.self),
            read("03:04:05", TimeOfDay.self), read("+03:00", GMTOffset.self), read("01-02 03:04:05", LogTime.self),
            read("1M/2M 2M/4M", RateLimit.self), read("1M/2M", RxTxPair<BitRate>.self),
            read("none", Setting<Duration>.self), read("!mac", Matcher<Keyword>.self),
            read("mac,cookie", RouterOSList<Keyword>.self), read("10M", BitRate.self), read("5", ByteCount.self),
            read("10.0.0.1", IPAddress.self), read("10.0.0.0/8", IPPrefix.self),
            read("10.0.0.1-10.0.0.2", IPRange.self), read("10.0.0.1", IPv4Address.self),
            read("fe80::1", IPv6Address.self), read("AA:BB:CC:DD:EE:FF", MACAddress.self),
            read("*1A", ItemID.self), read("none", Keyword.self),
        ].compactMap { $0 }
    }()

    @Test("every value is described as a router takes it")
    func descriptions() {
        #expect(Self.described.count == 20)
        for (value, text) in Self.described { #expect("\(value)" == text) }
    }
}
