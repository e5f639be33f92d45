import RouterOSProtocol
import Testing

@Suite("Streams")
struct StreamTests {
    private func sentence(_ words: String...) throws -> Sentence {
        try #require(try Delivery.whole.decode(wire(words)).first)
    }

    @Test("rows arrive for as long as the router sends them")
    func endless() throws {
        var session = SessionMachine.ready()
        let tag = try session.submit(Command("/interface/monitor-traffic"))
        for round in 0..<5_000 {
            session.hear("!re", "=.section=\(round)", ".tag=\(tag)", "=name=\(round)")
            guard case .row(tag, let row) = session.nextEvent() else {
                Issue.record("no row")
                return
            }
            #expect(row.section == round)
        }
        #expect(session.inFlight == 1)
    }

    @Test("a removal names the item that is gone", arguments: ["true", "yes"])
    func removed(flag: String) throws {
        let row = try sentence("!re", "=.id=*68", "=.dead=\(flag)", ".tag=1")
        #expect(row.isDead)
        #expect(RowChange(row) == .removed(ItemID("*68")))
    }

    @Test(
        "any other row is in the table",
        arguments: [[], ["=.dead=no"], ["=.dead=false"], ["=.dead="], ["=dead=true"]]
    )
    func set(flag: [String]) throws {
        let row = try #require(try Delivery.whole.decode(wire(["!re", "=.id=*68", "=name=x"] + flag)).first)
        #expect(!row.isDead)
        #expect(RowChange(row) == .set(row))
    }

    @Test("a removal of nothing says nothing")
    func nameless() throws {
        #expect(RowChange(try sentence("!re", "=.dead=true")) == nil)
    }

    @Test(
        "a section is a number or missing",
        arguments: [("=.section=7", 7), ("=.section=x", nil), ("=section=7", nil)]
    )
    func section(word: String, number: Int?) throws {
        #expect(try sentence("!re", word).section == number)
    }

    @Test("what a command returns is missing or empty or a value")
    func returned() throws {
        #expect(try sentence("!done", "=ret=*3").returned == "*3")
        #expect(try sentence("!done", "=ret=").returned == "")
        #expect(try sentence("!done").returned == nil)
    }
}
