import RouterOSProtocol
import TestSupport
import Testing

@Suite("Addresses")
struct AddressTests {
    @Test(
        "MAC addresses are read in three spellings and written in one",
        arguments: ["aa:BB:cc:0D:eE:ff", "AA-BB-CC-0D-EE-FF", "aa.bb.cc.0d.ee.ff"]
    )
    func mac(text: String) {
        #expect(MACAddress(routerOS: text)?.routerOSText == "AA:BB:CC:0D:EE:FF")
        #expect(MACAddress(routerOS: text)?.rawValue == 0xAABB_CC0D_EEFF)
    }

    @Test(
        "anything else is no MAC address",
        arguments: [
            "", "AA:BB:CC:0D:EE", "AA:BB:CC:0D:EE:F", "AA:BB:CC:0D:EE:FF:", "AA-BB:CC:0D:EE:FF", "AA:BB:CC:0D:EE:FG",
            "AABBCC0DEEFF",
            "AA BB CC 0D EE FF", "AABB.CC0D.EEFF00", "AA:BB:CC:0D:EE:F\u{0}",
        ]
    )
    func refusesMAC(text: String) {
        #expect(MACAddress(routerOS: text) == nil)
    }

    @Test(
        "anything else is no IPv4 address",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4 ", "-1.2.3.4",
            "1.2.3.4\u{0}",
        ]
    )
    func refusesIPv4(text: String) {
        #expect(IPv4Address(routerOS: text) == nil)
    }

    @Test(
        "IPv6 addresses are written as RFC 5952 wants them",
        arguments: [
            ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("2001:0db8:0000:0000:0000:0000:0002:0001", "2001:db8::2:1"),
            ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("::ffff:192.0.2.128", "::ffff:192.0.2.128"),
            ("::FFFF:c000:280", "::ffff:192.0.2.128"),
            ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
            ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"), ("0:0:0:0:0:0:0:0", "::"), ("fe80::1", "fe80::1"),
            ("1:0:0:2:0:0:3:4", "1::2:0:0:3:4"),
        ]
    )
    func ipv6(text: String, canonical: String) {
        #expect(IPv6Address(routerOS: text)?.routerOSText == canonical)
    }

    @Test(
        "anything else is no IPv6 address",
        arguments: [
            "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "1:2:3:4:5:6:7:8::",
            "::1:2:3:4:5:6:7:8", "12345::", "g::",
            "1:", ":1", "::1:", "1.2.3.4", "::1.2.3", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "fe80::1%", "%ether1",
            "::1 ",
            "::00001",
        ]
    )
    func refusesIPv6(text: String) {
        #expect(IPv6Address(routerOS: text) == nil)
    }

    @Test("prefixes keep the bits behind the network")
    func prefixes() {
        #expect(IPPrefix(routerOS: "192.168.88.1/24")?.routerOSText == "192.168.88.1/24")
        #expect(IPPrefix(routerOS: "10.0.0.1")?.length == 32 && IPPrefix(routerOS: "::1")?.length == 128)
        #expect(IPPrefix(routerOS: "2001:db8::/128")?.length == 128 && IPPrefix(routerOS: "0.0.0.0/0")?.length == 0)
        let wrong = [
            "1.2.3.4/33", "::/129", "1.2.3.4/", "/24", "1.2.3.4/024", "1.2.3.4/-1", "1.2.3.4/8/8", "1.2.3.4/256", "",
        ]
        #expect(wrong.allSatisfy { IPPrefix(routerOS: $0) == nil })
    }

    @Test("ranges go upward and stay in their family")
    func ranges() throws {
        let range = try #require(IPRange(routerOS: "10.0.0.10-10.0.0.200"))
        #expect(range.contains(try #require(IPAddress(routerOS: "10.0.0.10"))))
        #expect(!range.contains(try #require(IPAddress(routerOS: "10.0.0.201"))))
        #expect(!range.contains(try #require(IPAddress(routerOS: "::"))))
        #expect(
            IPRange(routerOS: "10.0.0.1")?.routerOSText == "10.0.0.1"
                && IPRange(routerOS: "10.0.0.1-10.0.0.1")?.routerOSText == "10.0.0.1"
        )
        let wrong = ["", "-", "10.0.0.2-10.0.0.1", "10.0.0.1-::1", "10.0.0.1-", "-10.0.0.1", "1.2.3.4-1.2.3.5-1.2.3.6"]
        #expect(wrong.allSatisfy { IPRange(routerOS: $0) == nil })
        #expect(
            IPAddress(routerOS: "0.0.0.0")?.isUnspecified == true && IPAddress(routerOS: "::")?.isUnspecified == true
        )
    }

    @Test("read back what they write")
    func roundTrip() throws {
        var generator = SplitMix64(seed: 51)
        for round in 0..<3_000 {
            let v4 = IPv4Address(UInt32(truncatingIfNeeded: generator.next() >> (round % 64)))
            // Groups that are often zero, so that runs of them come up in all places.
            var halves: [UInt64] = [0, 0]
            for group in 0..<8 where generator.next() % 2 == 0 {
                halves[group / 4] |= (generator.next() & 0xFFFF >> (generator.next() % 16)) << UInt64(group % 4 * 16)
            }
            let v6 = IPv6Address(high: halves[0], low: halves[1])
            expectRoundTrip(v4)
            expectRoundTrip(v6)
            expectRoundTrip(IPAddress.v6(v6))
            expectRoundTrip(try #require(IPPrefix(.v4(v4), length: round % 33)))
            expectRoundTrip(try #require(IPPrefix(.v6(v6), length: round % 129)))
            expectRoundTrip(try #require(IPRange(first: .v4(v4), last: .v4(IPv4Address(.max)))))
            expectRoundTrip(try #require(IPRange(first: .v6(v6), last: .v6(v6))))
            expectRoundTrip(MACAddress(generator.next()))
        }
        expectSafe(MACAddress.self)
        expectSafe(IPAddress.self)
        expectSafe(IPPrefix.self)
        expectSafe(IPRange.self)
    }

    @Test(
        "a zone is kept, whatever an interface is called",
        arguments: ["ether1", "<pppoe-a>", "bridge-lan", "sfp/1", "my lan", "é", "a%b", "64"]
    )
    func zone(name: String) throws {
        let address = try #require(IPAddress(routerOS: "FE80:0::1%\(name)"))
        #expect(address.zone == name && address.routerOSText == "fe80::1%\(name)")
        #expect(address == .v6(IPv6Address(high: 0xFE80 << 48, low: 1, zone: name)))
        #expect(try #require(IPAddress(routerOS: "fe80::1")) < address)
        expectRoundTrip(address)
        let prefix = try #require(IPPrefix(routerOS: "fe80::1%\(name)/64"))
        #expect(prefix.address == address && prefix.length == 64)
        expectRoundTrip(prefix)
        #expect(IPRange(first: address, last: address) == nil)
        #expect(IPRange(routerOS: "fe80::1-fe80::2")?.contains(address) == false)
    }

    @Test("an empty zone is none, and IPv4 has none", arguments: ["1.2.3.4%ether1", "fe80::1%"])
    func noZone(text: String) {
        #expect(IPAddress(routerOS: text) == nil)
        #expect(IPv6Address(high: 0, low: 1, zone: "").zone == nil)
    }
}
