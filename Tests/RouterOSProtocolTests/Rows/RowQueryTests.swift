import RouterOSProtocol
import Testing

@Suite("Row queries")
struct RowQueryTests {
    private func words(_ query: RowQuery<HotspotUser>) -> [String] {
        query.query.words.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("conditions on attributes are sent as the words of a query")
    func conditions() {
        #expect(words(.profile == "3h") == ["?=profile=3h"])
        #expect(words(.comment == "") == ["?=comment="])
        #expect(words(.id == ItemID("*1F")) == ["?=.id=*1F"])
        #expect(words(.limitBytesTotal > .gibibytes(1)) == ["?>limit-bytes-total=1073741824"])
        #expect(words(.limitUptime < .hours(3)) == ["?<limit-uptime=3h"])
        #expect(words(.has(.comment)) == ["?comment"])
        #expect(words(.lacks(.comment)) == ["?-comment"])
    }

    @Test("they combine as the query they stand for")
    func combinations() {
        let typed: RowQuery<HotspotUser> = .profile == "3h" && .limitBytesTotal > .gibibytes(1)
        #expect(typed.query == (.equal("profile", "3h") && .greater("limit-bytes-total", than: "1073741824")))
        let other: RowQuery<HotspotUser> = !(.disabled == true) || .uptime >= .minutes(5) && .bytesIn <= 7
        #expect(
            other.query
                == (!(Query.equal("disabled", "true") || .equal("disabled", "yes"))
                    || (.atLeast("uptime", "5m") && .atMost("bytes-in", "7")))
        )
        let different: RowQuery<HotspotUser> = .name != "a"
        #expect(different.query == !Query.equal("name", "a"))
        #expect(RowQuery<HotspotUser>.all([]).query == .all([]))
        #expect(RowQuery<HotspotUser>.any([.name == "a", .name == "b"]) == .value(of: .name, isIn: ["a", "b"]))
    }

    @Test("a password in a query is not described")
    func secrets() {
        #expect(!"\(RowQuery<HotspotUser>(.equal("password", "canary")))".contains("canary"))
        let typed: RowQuery<HotspotUser> = .password == "canary"
        #expect(!"\(typed)".contains("canary"))
    }
}
