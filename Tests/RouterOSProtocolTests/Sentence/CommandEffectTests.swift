import RouterOSProtocol
import Testing

@Suite("What a command does")
struct CommandEffectTests {
    @Test(
        "a command only reads when its verb does and its answer goes to nobody else",
        arguments: [
            ("/ip/hotspot/user/print", nil, true), ("/ip/hotspot/user/print", "users.txt", false),
            ("/ip/hotspot/user/getall", nil, true), ("/interface/monitor-traffic", nil, true),
            ("/log/listen", nil, true),
            ("/ip/hotspot/user/add", nil, false), ("/system/script/run", nil, false), ("/system/reboot", nil, false),
            ("/ip/address/print2", nil, false), ("", nil, false),
        ] as [(String, String?, Bool)]
    )
    func readOnly(path: String, file: String?, isReadOnly: Bool) {
        #expect(Command(path) { $0["file"] = file }.isReadOnly == isReadOnly)
    }

    @Test(
        "an attribute that may do something makes a reading verb one that may",
        arguments: [
            ("print", "do", false), ("print", "append", false), ("print", "file", false), ("listen", "do", false),
            ("monitor", "do", false), ("print", "what-nobody-knows", false), ("print", "dо", false),
            ("print", ".proplist", true), ("print", "count-only", true), ("print", "stats", true),
            ("print", "follow-only", true), ("monitor", "once", true), ("monitor-traffic", "interface", true),
            ("get", "value-name", true),
        ]
    )
    func readingAttributes(verb: String, attribute: String, isReadOnly: Bool) {
        #expect(Command("/interface/" + verb) { $0[attribute] = "x" }.isReadOnly == isReadOnly)
    }

    @Test(
        "a write is read back by what its row is known by",
        arguments: [
            ("/ip/hotspot/user/add", ["name": "A7K2", "password": "canary"], "/ip/hotspot/user/print ?=name=A7K2"),
            ("/ip/hotspot/user/set", [".id": "*1F", "name": "B"], "/ip/hotspot/user/print ?=.id=*1F"),
            ("/ip/hotspot/user/remove", [".id": "A7K2"], "/ip/hotspot/user/print ?=name=A7K2"),
            ("/ip/hotspot/active/login", ["user": "A", "password": "canary"], "/ip/hotspot/active/print ?=user=A"),
            (
                "/ip/hotspot/ip-binding/add", ["mac-address": "02:00:00:00:00:01"],
                "/ip/hotspot/ip-binding/print ?=mac-address=02:00:00:00:00:01"
            ),
            (
                "/ip/hotspot/user/add", ["name": "A", "server": "hall", "comment": "c"],
                "/ip/hotspot/user/print ?=name=A ?=server=hall ?=comment=c ?#&&"
            ),
            (
                "/ip/firewall/address-list/add", ["list": "paid", "address": "10.0.0.9"],
                "/ip/firewall/address-list/print ?=address=10.0.0.9 ?=list=paid ?#&"
            ),
            (
                "/ip/hotspot/ip-binding/add", ["address": "10.0.0.9", "mac-address": "02:00:00:00:00:01"],
                "/ip/hotspot/ip-binding/print ?=mac-address=02:00:00:00:00:01 ?=address=10.0.0.9 ?#&"
            ),
            ("/ip/firewall/filter/add", ["comment": "shop"], nil),
            ("/ip/hotspot/ip-binding/add", ["server": "hall", "comment": "shop"], nil),
            ("/system/identity/set", ["name": "Shop"], "/system/identity/print"),
            ("/ip/dhcp-client/add", ["interface": "ether1"], nil),
            ("/system/reboot", [:], nil), ("/ip/hotspot/user/print", [:], nil), ("/add", ["name": "x"], nil),
        ] as [(String, [String: String], String?)]
    )
    func readBack(path: String, attributes: [String: String], expected: String?) {
        let command = Command(path) { for (name, value) in attributes { $0[name] = value } }
        #expect(command.readBack?.description == expected)
    }

    @Test("several rows are read back together")
    func severalRows() throws {
        let command = Command("/ip/hotspot/user/disable") { $0["numbers"] = "*1,*2" }
        let query = try #require(command.readBack?.query)
        #expect(query.words.map { String(decoding: $0, as: UTF8.self) } == ["?=.id=*1", "?=.id=*2", "?#|"])
    }
}
