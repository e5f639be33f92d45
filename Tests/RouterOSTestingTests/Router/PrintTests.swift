import RouterOSProtocol
import Testing

@testable import RouterOSTesting

struct PrintTests {
    @Test func anAddedUserHasTheDefaultsOfARouter() {
        var dialogue = Dialogue()
        #expect(
            dialogue.say("/ip/hotspot/user/add", "=name=A7K2", "=password=p=w", "=limit-uptime=10800", ".tag=x")
                == [["!done", ".tag=x", "=ret=*1"]]
        )
        #expect(
            dialogue.say("/ip/hotspot/user/print") == [
                [
                    "!re", "=.id=*1", "=name=A7K2", "=password=p=w", "=profile=default", "=limit-uptime=3h",
                    "=uptime=0s",
                    "=bytes-in=0", "=bytes-out=0", "=packets-in=0", "=packets-out=0", "=dynamic=false",
                    "=disabled=false",
                ], ["!done"],
            ]
        )
    }

    @Test func aPropertyListNamesWhatIsSentAndInWhichOrder() {
        var dialogue = Dialogue()
        dialogue.add("a", "=comment=c")
        #expect(
            dialogue.say("/ip/hotspot/user/print", "=.proplist=comment,.id,no-such-thing,name")
                == [["!re", "=comment=c", "=.id=*1", "=name=a"], ["!done"]]
        )
        #expect(dialogue.say("/ip/hotspot/user/print", "=.proplist=email") == [["!re"], ["!done"]])
    }

    @Test func countOnlyReturnsTheNumberOfTheRowsThatMatch() {
        var dialogue = Dialogue()
        for name in ["a", "b", "c"] { dialogue.add(name) }
        #expect(dialogue.say("/ip/hotspot/user/print", "=count-only=") == [["!done", "=ret=3"]])
        #expect(dialogue.say("/ip/hotspot/user/print", "=count-only=", "?name=b") == [["!done", "=ret=1"]])
        #expect(dialogue.say("/ip/hotspot/user/print", "=count-only=", "?name=z") == [["!done", "=ret=0"]])
    }

    @Test(arguments: [
        (RouterOSVersion.v6_49, false), (.v7_9, false), (.v7_16, false), (.v7_18, true), (.v7_24, true),
    ])
    func nothingFoundIsSaidFrom718On(release: RouterOSVersion, isSaid: Bool) {
        var dialogue = Dialogue(release)
        let expected = isSaid ? [["!empty", ".tag=5"], ["!done", ".tag=5"]] : [["!done", ".tag=5"]]
        #expect(dialogue.say("/ip/hotspot/user/print", ".tag=5") == expected)
        #expect(dialogue.say("/ip/hotspot/user/remove", "=.id=*9", ".tag=5").map(\.first) == ["!trap", "!done"])
    }

    @Test func theFlagsOfAPrintChangeNothing() {
        var dialogue = Dialogue()
        dialogue.add("a")
        let plain = dialogue.say("/ip/hotspot/user/print")
        for flag in ["detail", "packets", "without-paging", "bytes"] {
            #expect(dialogue.say("/ip/hotspot/user/print", "=\(flag)=") == plain)
        }
        #expect(dialogue.say("/ip/hotspot/user/getall") == plain)
    }

    @Test func settingsAreOneRecordWithoutAnID() {
        var dialogue = Dialogue()
        #expect(dialogue.say("/system/identity/print") == [["!re", "=name=Test"], ["!done"]])
        #expect(dialogue.say("/system/identity/set", "=name=Lake View") == [["!done"]])
        #expect(dialogue.say("/system/identity/get", "=value-name=name") == [["!done", "=ret=Lake View"]])
    }

    @Test(arguments: [
        (RouterOSVersion.v7_18, "7.18.2 (stable)", "2025-02-20 09:33:10"),
        (.v7_9, "7.9.2 (stable)", "feb/20/2025 09:33:10"), (.v7_24, "7.24 (stable)", "2025-02-20 09:33:10"),
    ])
    func theResourceNamesTheReleaseAndTheUptime(release: RouterOSVersion, version: String, date: String) {
        var dialogue = Dialogue(release)
        dialogue.advance(by: .seconds(3_723))
        let words = dialogue.say("/system/resource/print").first ?? []
        #expect(words.contains("=version=\(version)"))
        #expect(words.contains("=build-time=\(date)"))
        #expect(words.contains("=uptime=1h2m3s"))
        #expect(!words.contains { $0.hasPrefix("=.id=") })
    }

    @Test func bytesOfAnyEncodingComeBackAsTheyWere() {
        let comment: [UInt8] = [0xE9, 0x3D, 0x0D, 0x0A, 0x00, 0xFF]
        let word = Array("=comment=".utf8) + comment
        var dialogue = Dialogue()
        dialogue.router.receive(
            [UInt8(20)] + Array("/ip/hotspot/user/add".utf8) + [7] + Array("=name=a".utf8) + [UInt8(word.count)] + word
                + [0],
            on: dialogue.connection
        )
        _ = dialogue.hear()
        dialogue.router.receive(
            Dialogue.encode(["/ip/hotspot/user/print", "=.proplist=comment"]),
            on: dialogue.connection
        )
        let bytes = dialogue.router.takeOutgoing().flatMap(\.bytes)
        #expect(bytes.starts(with: [3] + Array("!re".utf8) + [UInt8(word.count)] + word))
    }

    @Test func aReleaseHasOnlyTheColumnsOfItsTime() {
        var old = Dialogue(.v7_18)
        var new = Dialogue(.v7_24)
        #expect(
            old.trap(["/ip/hotspot/user/add", "=name=a", "=otp-secret=x"]) == "unknown parameter otp-secret"
        )
        #expect(new.trap(["/ip/hotspot/user/add", "=name=a", "=otp-secret=x"]) == nil)
    }
}
