import RouterOSProtocol
import Testing

@testable import RouterOSTesting

@Suite struct TableVerbsTests {
    @Test("A row is added like another, with what is said instead")
    func copyFrom() {
        var dialogue = Dialogue()
        dialogue.add("a", "=comment=x", "=limit-uptime=3h")
        dialogue.say("/ip/hotspot/user/add", "=copy-from=a", "=name=b", "=comment=y")
        #expect(dialogue.values("limit-uptime", "/ip/hotspot/user/print", "?name=b") == ["3h"])
        #expect(dialogue.values("comment", "/ip/hotspot/user/print", "?name=b") == ["y"])
        #expect(dialogue.trap(["/ip/hotspot/user/add", "=copy-from=a"])?.contains("already have user") == true)
        #expect(dialogue.trap(["/ip/hotspot/user/add", "=copy-from=nobody", "=name=c"]) == "no such item")
    }

    @Test("Rows the router made can be neither changed nor removed, unless the menu says so")
    func dynamicRows() {
        var dialogue = Dialogue()
        let queue = dialogue.router.addDynamic("/queue/simple", ["name": "<pppoe-a>", "target": "10.0.0.2/32"])
        let id = RowID.text(queue?.id ?? 0).description
        #expect(
            dialogue.trap(["/queue/simple/set", "=.id=\(id)", "=comment=x"]) == "failure: can not change dynamic item"
        )
        #expect(
            dialogue.trap(["/queue/simple/unset", "=.id=\(id)", "=value-name=time"])
                == "failure: can not change dynamic item"
        )
        #expect(dialogue.trap(["/queue/simple/disable", "=.id=\(id)"]) == "failure: can not change dynamic item")
        #expect(dialogue.trap(["/queue/simple/remove", "=.id=\(id)"]) == "failure: can not remove dynamic item")
        _ = dialogue.router.addDynamic("/ip/arp", ["address": "10.0.0.2"])
        #expect(dialogue.trap(["/ip/arp/set", "=.id=*1", "=comment=x"]) == "failure: can not change dynamic item")
        #expect(dialogue.trap(["/ip/arp/remove", "=.id=*1"]) == nil)
        _ = dialogue.router.addDynamic("/ip/firewall/address-list", ["list": "a", "address": "10.0.0.2"])
        #expect(dialogue.trap(["/ip/firewall/address-list/set", "=.id=*1", "=timeout=1h"]) == nil)
    }

    @Test("After a start the router's own rows are gone, the others keep their ids, and new ones go on behind them")
    func idsAfterAStart() {
        var dialogue = Dialogue()
        dialogue.add("a")
        dialogue.add("b")
        dialogue.add("c")
        dialogue.say("/ip/hotspot/user/remove", "=.id=b,c")
        _ = dialogue.router.addDynamic("/queue/simple", ["name": "<hotspot-a>"])
        dialogue.router.restartTables()
        #expect(dialogue.say("/ip/hotspot/user/add", "=name=d") == [["!done", "=ret=*2"]])
        #expect(dialogue.values(".id", "/ip/hotspot/user/print") == ["*1", "*2"])
        #expect(dialogue.values("name", "/queue/simple/print") == [])
        #expect(dialogue.router.addDynamic("/queue/simple", ["name": "<hotspot-a>"])?.id == 1)
    }

    @Test("Profiles come before the encrypted default, which has the highest id")
    func theLastDefault() {
        var dialogue = Dialogue()
        #expect(dialogue.say("/ppp/profile/add", "=name=10M") == [["!done", "=ret=*1"]])
        #expect(dialogue.values(".id", "/ppp/profile/print") == ["*0", "*1", "*FFFFFFFE"])
        #expect(
            dialogue.trap(["/ppp/profile/remove", "=.id=default-encryption"])
                == "failure: can not remove default profile"
        )
    }

    @Test("References are shown by name in lists of two, and a value they cannot have is told so")
    func pairsOfReferences() {
        var dialogue = Dialogue()
        dialogue.say(
            "/queue/simple/add",
            "=name=q",
            "=target=10.0.0.2/32",
            "=queue=pcq-upload-default/pcq-download-default"
        )
        #expect(dialogue.values("queue", "/queue/simple/print") == ["pcq-upload-default/pcq-download-default"])
        #expect(
            dialogue.trap(["/queue/simple/set", "=.id=q", "=queue=none/such"])
                == "input does not match any value of queue"
        )
        dialogue.say("/ip/hotspot/walled-garden/add", "=src-address=!10.5.50.7")
        #expect(dialogue.values("src-address", "/ip/hotspot/walled-garden/print") == ["!10.5.50.7"])
        dialogue.say("/ip/hotspot/ip-binding/add", "=type=bypassed")
        #expect(dialogue.values("bypassed", "/ip/hotspot/ip-binding/print", "?bypassed=true") == ["true"])
    }

    @Test("A group's policies are written with those it lacks")
    func groups() {
        var dialogue = Dialogue()
        dialogue.say("/user/group/add", "=name=billing", "=policy=api,read,!write")
        let policy = dialogue.values("policy", "/user/group/print", "?name=billing").first ?? nil
        #expect(policy?.hasPrefix("read,api,!local,") == true && policy?.contains("!write") == true)
        #expect(
            dialogue.trap(["/user/group/add", "=name=x", "=policy=magic"]) == "input does not match any value of policy"
        )
    }

    @Test(
        "An argument that a print of that menu and release lacks is unknown",
        arguments: [
            ("/ip/hotspot/user/print", "=show-sensitive=", RouterOSVersion.v7_18, true),
            ("/ip/hotspot/user/print", "=show-sensitive=", .v7_24, false),
            ("/ip/pool/print", "=stats=", .v7_18, true), ("/queue/simple/print", "=stats=", .v7_18, false),
            ("/ip/pool/print", "=group-by=name", .v7_16, true), ("/ip/pool/print", "=group-by=name", .v7_18, false),
            ("/ip/pool/print", "=follow-strict=", .v7_18, true), ("/log/print", "=with-extra-info=", .v7_24, false),
        ]
    )
    func printArguments(_ command: String, _ word: String, _ release: RouterOSVersion, _ isUnknown: Bool) {
        var dialogue = Dialogue(release)
        #expect((dialogue.trap([command, word])?.hasPrefix("unknown parameter") == true) == isUnknown)
    }

    @Test("A menu of verbs alone prints nothing")
    func menuOfVerbs() {
        var dialogue = Dialogue()
        #expect(dialogue.trap(["/system/backup/print"]) == "no such command")
    }

    @Test("get without a property answers the whole row")
    func getAll() {
        var dialogue = Dialogue()
        #expect(
            dialogue.say("/ip/hotspot/service-port/get", "=.id=ftp") == [
                ["!done", "=ret=.id=*0;name=ftp;ports=21;disabled=false"]
            ]
        )
    }
}
