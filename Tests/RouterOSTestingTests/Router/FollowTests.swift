import Testing

@testable import RouterOSTesting

/// What goes on after a print, and what it is asked for.
struct FollowTests {
    @Test func newsHaveTheColumnsThatWereAskedFor() {
        var dialogue = Dialogue()
        dialogue.say("/queue/simple/add", "=name=q", "=target=10.5.50.2/32")
        #expect(dialogue.say("/queue/simple/print", "=follow-only=", "=stats=", ".tag=s") == [])
        dialogue.say("/queue/simple/print", "=follow-only=", ".tag=p")
        let news = dialogue.say("/queue/simple/reset-counters", "=.id=q").filter { $0.first == "!re" }
        let withStats = dialogue.say("/queue/simple/print", "=stats=")[0].filter { $0 != "!re" }
        let plain = dialogue.say("/queue/simple/print")[0].filter { $0 != "!re" }
        #expect(news.map { $0.dropFirst(2).map(\.self) } == [withStats, plain])
    }

    @Test func onlyTheRowsThatWereNamedAreFollowed() {
        var dialogue = Dialogue()
        for name in ["a", "b", "c"] { dialogue.add(name) }
        let rows = dialogue.say("/ip/hotspot/user/print", "=follow=", "=from=*1,*3", "=.proplist=name", ".tag=f")
        #expect(rows == [["!re", ".tag=f", "=name=a"], ["!re", ".tag=f", "=name=c"]])
        #expect(dialogue.say("/ip/hotspot/user/disable", "=.id=*2", ".tag=1") == [["!done", ".tag=1"]])
        #expect(dialogue.say("/ip/hotspot/user/disable", "=.id=*3", ".tag=1").last == ["!re", ".tag=f", "=name=c"])
        #expect(dialogue.say("/ip/hotspot/user/remove", "=.id=*2", ".tag=1") == [["!done", ".tag=1"]])
        #expect(dialogue.say("/ip/hotspot/user/remove", "=.id=*1").last?.last == "=.dead=true")
    }

    @Test(arguments: ["=follow=", "=follow-only="])
    func whoeverCountsFollowsNothing(word: String) {
        var dialogue = Dialogue()
        dialogue.add("a")
        #expect(dialogue.say("/ip/hotspot/user/print", word, "=count-only=") == [["!done", "=ret=1"]])
        #expect(dialogue.say("/ip/hotspot/active/print", word, "=count-only=") == [["!done", "=ret=0"]])
        dialogue.add("b")
        #expect(dialogue.hear().isEmpty)
    }

    @Test(arguments: ["nonsense", "follow", "follow-only", "count-only", "interval"])
    func aListenTakesNoParameterThatIsNotItsOwn(name: String) {
        var dialogue = Dialogue()
        #expect(dialogue.trap(["/ip/hotspot/user/listen", "=\(name)=1s"]) == "unknown parameter \(name)")
        #expect(dialogue.trap(["/ip/hotspot/active/listen", "=\(name)=1s"]) == "unknown parameter \(name)")
        #expect(dialogue.say("/ip/hotspot/user/add", "=name=a").count == 1)
    }
}
