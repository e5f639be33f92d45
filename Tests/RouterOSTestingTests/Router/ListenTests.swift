import Testing

@testable import RouterOSTesting

struct ListenTests {
    @Test func changesAreToldAsTheyHappenAndNothingBefore() {
        var dialogue = Dialogue()
        dialogue.add("old")
        #expect(dialogue.say("/ip/hotspot/user/listen", "=.proplist=.id,name,comment", ".tag=l") == [])
        #expect(
            dialogue.say("/ip/hotspot/user/add", "=name=new", ".tag=1") == [
                ["!done", ".tag=1", "=ret=*2"], ["!re", ".tag=l", "=.id=*2", "=name=new"],
            ]
        )
        #expect(
            dialogue.say("/ip/hotspot/user/set", "=.id=*1", "=comment=x", ".tag=2") == [
                ["!done", ".tag=2"], ["!re", ".tag=l", "=.id=*1", "=name=old", "=comment=x"],
            ]
        )
        #expect(
            dialogue.say("/ip/hotspot/user/remove", "=.id=*1") == [
                ["!done"], ["!re", ".tag=l", "=.id=*1", "=.dead=true"],
            ]
        )
    }

    @Test func aListenerHearsOfLoginsAndOfSessionsThatRunOut() {
        var dialogue = Dialogue()
        dialogue.add("a", "=limit-uptime=1m")
        dialogue.say("/ip/hotspot/active/listen", "=.proplist=user", ".tag=l")
        #expect(
            dialogue.say("/ip/hotspot/active/login", "=user=a", "=ip=10.0.0.1") == [
                ["!done"], ["!re", ".tag=l", "=user=a"],
            ]
        )
        dialogue.advance(by: .seconds(61))
        #expect(dialogue.hear() == [["!re", ".tag=l", "=.id=*A000001", "=.dead=true"]])
    }

    @Test func followBeginsWithWhatIsThere() {
        var dialogue = Dialogue()
        dialogue.add("a")
        #expect(
            dialogue.say("/ip/hotspot/user/print", "=follow=", "=.proplist=name", ".tag=f")
                == [["!re", ".tag=f", "=name=a"]]
        )
        #expect(dialogue.say("/ip/hotspot/user/print", "=.proplist=name", "=follow-only=", ".tag=g") == [])
        let news = dialogue.say("/ip/hotspot/user/add", "=name=b")
        #expect(news == [["!done", "=ret=*2"], ["!re", ".tag=f", "=name=b"], ["!re", ".tag=g", "=name=b"]])
    }

    @Test func cancelEndsAListenInTheOrderOfARouter() {
        var dialogue = Dialogue()
        dialogue.say("/ip/hotspot/user/listen", ".tag=2")
        dialogue.say("/ip/hotspot/user/listen", ".tag=3")
        #expect(
            dialogue.say("/cancel", "=tag=2", ".tag=7") == [
                ["!trap", ".tag=2", "=category=2", "=message=interrupted"], ["!done", ".tag=7"], ["!done", ".tag=2"],
            ]
        )
        #expect(dialogue.say("/cancel", "=tag=2", ".tag=8") == [["!done", ".tag=8"]])
        #expect(
            dialogue.say("/cancel", ".tag=9") == [
                ["!trap", ".tag=3", "=category=2", "=message=interrupted"], ["!done", ".tag=9"], ["!done", ".tag=3"],
            ]
        )
        #expect(dialogue.say("/ip/hotspot/user/add", "=name=quiet") == [["!done", "=ret=*1"]])
    }
}
