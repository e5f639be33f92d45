import RouterOSClient
import Testing

@testable import RouterOSTesting

struct AddressTests {
    private func router() -> RouterOSSimulator {
        RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
    }

    @Test(
        arguments: [
            ("10.1.2.3/24", nil, "10.1.2.3/24", "10.1.2.0"), ("10.1.2.3/32", nil, "10.1.2.3/32", "10.1.2.3"),
            ("10.1.2.3/30", "10.9.9.9", "10.1.2.3/30", "10.9.9.9"), ("10.1.2.3/0", nil, "10.1.2.3/0", "0.0.0.0"),
        ] as [(String, String?, String, String)]
    )
    func theNetworkOfAnAddressIsWorkedOutUnlessItIsGiven(
        address: String,
        given: String?,
        shown: String,
        network: String
    ) throws {
        let router = router()
        var attributes = ["address": address, "interface": "ether5"]
        attributes["network"] = given
        try router.run("/ip/address/add", attributes: attributes)
        let row = try #require(router.rows("/ip/address").last)
        #expect([row["address"], row["network"]] == [shown, network])
    }

    @Test func aNetmaskIsAnotherWayOfSayingTheLength() throws {
        let router = router()
        try router.run("/ip/address/add", ["address": "10.1.2.3", "netmask": "255.255.240.0", "interface": "ether1"])
        let row = try #require(router.rows("/ip/address").last)
        #expect([row["address"], row["network"]] == ["10.1.2.3/20", "10.1.0.0"])
    }

    @Test func anAddressThatChangesTakesItsNetworkAlong() throws {
        let router = router()
        try router.run("/ip/address/set", [".id": "*2", "address": "10.7.0.1/16"])
        #expect(router.rows("/ip/address").last?["network"] == "10.7.0.0")
        try router.run("/ip/address/set", [".id": "*2", "comment": "lan"])
        #expect(router.rows("/ip/address").last?["network"] == "10.7.0.0")
    }

    @Test func theAddressOfAPortIsReallyOnItsBridge() throws {
        let router = router()
        try router.run("/ip/address/add", ["address": "10.1.2.3/24", "interface": "ether2"])
        let row = try #require(router.rows("/ip/address").last)
        #expect([row["interface"], row["actual-interface"]] == ["ether2", "bridge"])
        try router.run("/ip/address/set", [".id": row[".id"] ?? "", "interface": "ether1"])
        try router.run("/interface/set", [".id": "ether1", "name": "wan"])
        #expect(router.rows("/ip/address").last?["actual-interface"] == "wan")
    }
}
