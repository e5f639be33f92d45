import Testing

@testable import RouterOSTesting

struct TrapTests {
    @Test(arguments: [
        ("/ip/hotspot/user/add =name=taken", "failure: already have user with this name for this server", nil),
        ("/ip/hotspot/user/set =.id=*2 =name=taken", "failure: already have user with this name for this server", nil),
        (
            "/ip/hotspot/user/set =.id=*1,*2 =name=same", "failure: already have user with this name for this server",
            nil
        ),
        ("/ip/hotspot/user/profile/add =name=default", "failure: profile with the same name already exists", nil),
        ("/ip/hotspot/user/profile/remove =.id=*0", "failure: can not remove default profile", nil),
        ("/ip/hotspot/user/set =.id=*99 =comment=x", "no such item", "0"),
        ("/ip/hotspot/user/set =.id=nobody =comment=x", "no such item", "0"),
        ("/ip/hotspot/user/remove =.id=", "no such item", "0"),
        ("/ip/hotspot/user/remove =.id=*", "no such item", "0"),
        ("/ip/hotspot/active/remove =.id=*A000001", "no such item", "0"),
        ("/ip/hotspot/user/remove", "missing =.id=", nil),
        ("/ip/hotspot/user/add", "missing value(s) of argument(s) name", nil),
        ("/ip/hotspot/user/add =name=", "missing value(s) of argument(s) name", nil),
        ("/ip/hotspot/user/set =.id=*1 =name=", "missing value(s) of argument(s) name", nil),
        ("/ip/hotspot/user/add =name=x =color=red", "unknown parameter color", nil),
        ("/ip/hotspot/user/add =name=x =uptime=1h", "unknown parameter uptime", nil),
        ("/ip/hotspot/user/print =color=", "unknown parameter color", nil),
        ("/ip/hotspot/user/enable =.id=*1 =color=", "unknown parameter color", nil),
        ("/system/identity/set =.id=*1 =name=x", "unknown parameter .id", nil),
        ("/ip/hotspot/user/add =name=x =profile=none", "input does not match any value of profile", "1"),
        ("/ip/hotspot/user/add =name=x =profile=", "input does not match any value of profile", "1"),
        ("/ip/hotspot/user/add =name=x =server=other", "input does not match any value of server", "1"),
        ("/ip/hotspot/user/add =name=x =limit-uptime=soon", "invalid time value for argument limit-uptime", "1"),
        ("/ip/hotspot/user/add =name=x =limit-uptime=-1", "invalid time value for argument limit-uptime", "1"),
        ("/ip/hotspot/user/add =name=x =limit-bytes-total=1.5", "invalid value for argument limit-bytes-total", "1"),
        (
            "/ip/hotspot/user/add =name=x =limit-bytes-total=18446744073709551616",
            "invalid value for argument limit-bytes-total", "1"
        ),
        ("/ip/hotspot/user/add =name=x =disabled=maybe", "invalid value for argument disabled", "1"),
        ("/ip/hotspot/user/add =name=x =disabled=", "invalid value for argument disabled", "1"),
        ("/ip/hotspot/user/add =name=x =address=10.0.0.256", "invalid value for argument address", "1"),
        ("/ip/hotspot/user/add =name=x =mac-address=AA:BB", "invalid value of mac-address, mac address required", "1"),
        ("/ip/hotspot/active/login =ip=10.0.0.2", "missing value(s) of argument(s) user", nil),
        ("/ip/hotspot/active/login =user=taken", "unknown host IP 0.0.0.0", nil),
        ("/ip/hotspot/active/login =user=taken =ip=here", "invalid value for argument ip", "1"),
        ("/ip/hotspot/active/login =user=taken =color=red", "unknown parameter color", nil),
        ("/ip/hotspot/user/fly", "no such command", "0"),
        ("/ip/hotspot/user", "no such command", "0"),
        ("/ip/hotspot/active/add", "no such command", "0"),
        ("/system/identity/add", "no such command", "0"),
        ("/ip/print", "no such command", "0"),
        ("/ip/route/print", "no such command prefix", "0"),
        ("/nowhere/print", "no such command prefix", "0"),
        ("nonsense", "no such command prefix", "0"),
    ])
    func aRefusalHasTheWordsOfARouter(command: String, message: String, category: String?) {
        var dialogue = Dialogue()
        dialogue.add("taken")
        dialogue.add("other")
        let reply = dialogue.say(command.split(separator: " ").map(String.init) + [".tag=7"])
        let trap = ["!trap", ".tag=7"] + (category.map { ["=category=\($0)"] } ?? []) + ["=message=\(message)"]
        #expect(reply == [trap, ["!done", ".tag=7"]])
        #expect(dialogue.isOpen)
        // Nothing was changed.
        #expect(dialogue.values("name", "/ip/hotspot/user/print") == ["taken", "other"])
        #expect(dialogue.values("comment", "/ip/hotspot/user/print") == [nil, nil])
    }
}
