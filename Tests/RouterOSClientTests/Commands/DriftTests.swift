import RouterOSProtocol
import Testing

@testable import RouterOSClient

@Suite("Drift")
struct DriftTests {
    @Test(
        "what a router leaves out or writes as nothing is nothing",
        arguments: [
            ("address", "0.0.0.0", nil), ("address", "0.0.0.0", "0.0.0.0"), ("mac-address", "00:00:00:00:00:00", nil),
            ("limit-bytes-in", "0", nil), ("limit-uptime", "0s", nil), ("server", "all", nil), ("server", "all", ""),
            ("disabled", "no", nil), ("email", "", nil),
        ] as [(String, String, String?)]
    )
    func nothing(name: String, wanted: String, stored: String?) throws {
        #expect(try drift(name, wanted, stored) == [])
    }

    @Test(
        "what a router writes in another way is the same",
        arguments: [
            ("address", "10.5.50.9", "10.5.50.9"), ("mac-address", "48-a9-8a-01-02-03", "48:A9:8A:01:02:03"),
            ("limit-uptime", "90000", "1d01:00:00"), ("limit-uptime", "1d1h", "25:00:00"),
            ("limit-bytes-total", "1GiB", "1073741824"), ("disabled", "yes", "true"), ("disabled", "no", "false"),
        ]
    )
    func spellings(name: String, wanted: String, stored: String) throws {
        #expect(try drift(name, wanted, stored) == [])
    }

    @Test(
        "what differs is named",
        arguments: [
            ("address", "10.5.50.9", nil), ("address", "0.0.0.0", "10.5.50.9"),
            ("mac-address", "48:A9:8A:01:02:03", "48:A9:8A:01:02:04"), ("limit-bytes-in", "1", nil),
            ("limit-uptime", "1h", "1h1s"), ("server", "hs1", nil), ("server", "hs1", "all"), ("disabled", "yes", nil),
            ("email", "a@lake.example", nil), ("comment", "none", nil), ("password", "new", "old"),
        ] as [(String, String, String?)]
    )
    func differences(name: String, wanted: String, stored: String?) throws {
        #expect(try drift(name, wanted, stored) == [name])
    }

    @Test("a secret that is not shown counts as right", arguments: ["password", "otp-secret"])
    func hidden(name: String) throws {
        #expect(try drift(name, "canary", nil) == [])
    }

    @Test("no timeout and no pool are what is left out, and a network is its prefix")
    func otherRows() throws {
        let server = try HotspotServer(.row([("name", "hs1")]))
        let none = HotspotServer {
            $0.name = "hs1"
            $0.idleTimeout = .keyword(.none)
            $0.addressPool = "none"
        }
        #expect(none.drift(from: server) == [])
        let timed = HotspotServer {
            $0.name = "hs1"
            $0.idleTimeout = .value(.minutes(5))
        }
        #expect(timed.drift(from: server) == ["idle-timeout"])
        let secret = try PPPSecret(.row([("name", "x"), ("remote-ipv6-prefix", "fd00:7::/64")]))
        #expect(PPPSecret(name: "x", remoteIPv6Prefix: "FD00:7:0:0::1/64").drift(from: secret) == [])
        #expect(PPPSecret(name: "x", remoteIPv6Prefix: "fd00:8::/64").drift(from: secret) == ["remote-ipv6-prefix"])
    }

    private func drift(_ name: String, _ wanted: String, _ stored: String?) throws -> [String] {
        let wanted = try HotspotUserDetail(.row([("name", "A"), (name, wanted)]))
        let stored = try HotspotUserDetail(.row([("name", "A")] + (stored.map { [(name, $0)] } ?? [])))
        return wanted.drift(from: stored)
    }
}
