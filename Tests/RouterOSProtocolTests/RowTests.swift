import RouterOSProtocol
import Testing

@Suite("Typed rows")
struct RowTests {
    private func sentence(_ build: (inout Attributes) -> Void) throws -> Sentence {
        var encoder = SentenceEncoder()
        encoder.append(Reply(.row, build))
        return try #require(try Delivery.whole.decode(encoder.bytes).first)
    }

    @Test("a hotspot user is read from what a router sends")
    func hotspotUser() throws {
        let user = try HotspotUser(
            sentence {
                $0[".id"] = "*1A"
                $0["name"] = "00042"
                $0["limit-uptime"] = "3h"
                $0["limit-bytes-total"] = "1610612736"
                $0["uptime"] = "01:00:00"
                $0["bytes-in"] = "5000000000"
                $0["disabled"] = "false"
            }
        )
        #expect(user.id == ItemID("*1A") && user.name == "00042")
        #expect(user.limitUptime == .seconds(10_800) && user.limitBytesTotal == 1_610_612_736)
        #expect(user.uptime == .seconds(3_600) && user.bytesIn == 5_000_000_000 && user.bytesOut == 0)
        #expect(user.disabled == false && user.comment == nil && user.profile == nil)
    }

    @Test(
        "an attribute of another shape is an error that names it",
        arguments: [("bytes-in", "-1"), ("bytes-in", "many"), ("uptime", "3x"), ("disabled", "perhaps")]
    )
    func malformed(name: String, value: String) throws {
        let row = try sentence {
            $0["name"] = "x"
            $0[name] = value
        }
        let error = #expect(throws: RouterOSError.self) { try HotspotUser(row) }
        #expect(error?.code == .malformedRow)
        #expect(error?.message.contains(name) == true)
    }

    @Test("a user without a name is no user")
    func missing() throws {
        let row = try sentence { $0["profile"] = "x" }
        #expect(throws: RouterOSError.self) { try HotspotUser(row) }
    }

    @Test("only what is set is written, as a router writes it")
    func writing() {
        var attributes = Attributes()
        HotspotUser(name: "A", limitUptime: .seconds(10_800), limitBytesTotal: 5, disabled: true).write(to: &attributes)
        #expect(
            attributes.all.map { "\($0.name)=\($0.value)" } == [
                "name=A", "limit-uptime=3h", "limit-bytes-total=5", "disabled=yes",
            ]
        )
    }
}
