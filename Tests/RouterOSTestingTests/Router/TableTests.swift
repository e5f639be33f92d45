import Testing

@testable import RouterOSTesting

struct TableTests {
    @Test func idsAreUpperHexadecimalAndNeverUsedTwice() {
        var dialogue = Dialogue()
        for number in 1...11 { dialogue.add("u\(number)") }
        #expect(dialogue.values(".id", "/ip/hotspot/user/print").suffix(2) == ["*A", "*B"])
        dialogue.say("/ip/hotspot/user/remove", "=.id=*B")
        #expect(dialogue.say("/ip/hotspot/user/add", "=name=again") == [["!done", "=ret=*C"]])
    }

    @Test(arguments: ["*1", "*2,*1", "one", "one,*2", "ONE-IS-NOT-one,*1"])
    func rowsAreAddressedByIDOrNameOneOrMany(list: String) {
        var dialogue = Dialogue()
        for name in ["one", "two", "ONE-IS-NOT-one"] { dialogue.add(name) }
        #expect(dialogue.say("/ip/hotspot/user/disable", "=numbers=\(list)") == [["!done"]])
        let disabled = dialogue.values("name", "/ip/hotspot/user/print", "?disabled=yes")
        #expect(disabled.count == list.split(separator: ",").count)
        #expect(disabled.contains("one"))
    }

    @Test func aNameWithACommaIsStillOneName() {
        var dialogue = Dialogue()
        dialogue.add("a,b")
        #expect(dialogue.say("/ip/hotspot/user/remove", "=.id=a,b") == [["!done"]])
        #expect(dialogue.values("name", "/ip/hotspot/user/print") == [])
    }

    @Test func aListWithOneStrangerChangesNothing() {
        var dialogue = Dialogue()
        dialogue.add("a")
        #expect(dialogue.trap(["/ip/hotspot/user/set", "=.id=*1,*9", "=comment=x"]) == "no such item")
        #expect(dialogue.trap(["/ip/hotspot/user/remove", "=.id=*1,*9"]) == "no such item")
        #expect(dialogue.values("comment", "/ip/hotspot/user/print") == [nil])
    }

    @Test func setChangesWhatItNamesAndAnEmptyValueTakesAway() {
        var dialogue = Dialogue()
        dialogue.add("a", "=comment=x", "=limit-bytes-total=1610612736", "=server=hotspot1")
        dialogue.say("/ip/hotspot/user/set", "=.id=*1", "=comment=", "=server=all", "=limit-uptime=1d 00:00:00")
        #expect(dialogue.values("comment", "/ip/hotspot/user/print") == [nil])
        #expect(dialogue.values("server", "/ip/hotspot/user/print") == [nil])
        #expect(dialogue.values("limit-uptime", "/ip/hotspot/user/print") == ["1d"])
        #expect(dialogue.values("limit-bytes-total", "/ip/hotspot/user/print") == ["1610612736"])
    }

    @Test func aRenamedUserIsFoundByItsNewNameOnly() {
        var dialogue = Dialogue()
        dialogue.add("old")
        dialogue.say("/ip/hotspot/user/set", "=.id=old", "=name=new")
        #expect(dialogue.trap(["/ip/hotspot/user/set", "=.id=old", "=comment=x"]) == "no such item")
        #expect(dialogue.trap(["/ip/hotspot/user/set", "=.id=new", "=comment=x"]) == nil)
        #expect(dialogue.trap(["/ip/hotspot/user/add", "=name=old"]) == nil)
    }

    @Test func enableDisableAndCommentSetTheirColumn() {
        var dialogue = Dialogue()
        dialogue.add("a", "=disabled=yes")
        #expect(dialogue.values("disabled", "/ip/hotspot/user/print") == ["true"])
        dialogue.say("/ip/hotspot/user/enable", "=.id=*1")
        #expect(dialogue.values("disabled", "/ip/hotspot/user/print") == ["false"])
        dialogue.say("/ip/hotspot/user/comment", "=numbers=*1", "=comment=hello")
        #expect(dialogue.values("comment", "/ip/hotspot/user/print") == ["hello"])
    }

    @Test func aProfileIsReferredToByNameAndFollowedWhenRenamed() {
        var dialogue = Dialogue()
        dialogue.say("/ip/hotspot/user/profile/add", "=name=3h", "=rate-limit=512k/1M")
        dialogue.add("a", "=profile=3h")
        dialogue.say("/ip/hotspot/user/profile/set", "=.id=3h", "=name=three")
        #expect(dialogue.values("profile", "/ip/hotspot/user/print") == ["three"])
        #expect(dialogue.values("name", "/ip/hotspot/user/print", "?profile=three") == ["a"])
        dialogue.say("/ip/hotspot/user/profile/remove", "=.id=three")
        #expect(dialogue.values("profile", "/ip/hotspot/user/print") == ["*1"])
    }

    @Test func theDefaultProfileIsThereWithTheIDZero() {
        var dialogue = Dialogue()
        #expect(dialogue.values(".id", "/ip/hotspot/user/profile/print", "?default=true") == ["*0"])
        #expect(dialogue.values("shared-users", "/ip/hotspot/user/profile/print") == ["1"])
        dialogue.say("/ip/hotspot/user/profile/set", "=.id=default", "=shared-users=unlimited")
        dialogue.say("/ip/hotspot/user/profile/unset", "=.id=default", "=value-name=shared-users")
        #expect(dialogue.values("shared-users", "/ip/hotspot/user/profile/print") == ["1"])
    }

    @Test func everyWordOfTheSchemaIsTaken() {
        var dialogue = Dialogue()
        let reply = dialogue.say(
            "/ip/hotspot/user/add",
            "=name=a",
            "=address=10.0.0.9",
            "=mac-address=aa-bb-cc-dd-ee-ff",
            "=email=a@b",
            "=routes=10.1.0.0/24 10.0.0.1 1",
            "=limit-bytes-in=1",
            "=limit-bytes-out=2",
            "=limit-bytes-total=3",
            "=comment=c",
            "=disabled=no",
            "=server=hotspot1",
            "=password=p",
            "=profile=default",
            "=limit-uptime=1w2d"
        )
        #expect(reply == [["!done", "=ret=*1"]])
        #expect(dialogue.values("mac-address", "/ip/hotspot/user/print") == ["AA:BB:CC:DD:EE:FF"])
    }

    @Test func rowsThatWereMovedBackAreFoundByTheirOrderAgain() throws {
        let menu = try #require(try MenuText.menus("menu /t table\nsetting name text", of: .v7_18).first)
        var table = Table(menu)
        for _ in 0..<3 { _ = table.insert(["same"]) }
        table.move(3, before: 1)
        table.move(3, before: nil)
        let searched = table.searched
        table.remove(1)
        #expect(table.id(ofName: "same") == 2)
        #expect(table.searched == searched)
    }
}
