import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A town of customers for a day: they come by the login page and by PPPoE, move bytes and go, while a client looks at the tables.
///
/// `POPULATION_USERS`, `POPULATION_ACTIVE` and `POPULATION_HOURS` make it larger: 10 000, 1 000 and 24 for the full size.
struct PopulationTests {
    private static func size(_ name: String, _ usual: Int) -> Int {
        getenv(name).flatMap { Int(String(cString: $0)) } ?? usual
    }

    private struct Town {
        var router: SimulatedRouter
        let connection: Int
        var random: SeededRandom
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var logins = 0
        var refusals = 0
        var mostOnline = 0
        let users: Int

        init(users: Int, seed: UInt64) throws {
            self.users = users
            random = SeededRandom(seed: seed)
            router = SimulatedRouter(
                .v7_18,
                credentials: .user("api", password: "secret"),
                identity: "Town",
                seed: seed,
                traffic: .steady
            )
            try router.add("/ip/pool", ["name": "subscribers", "ranges": "10.64.0.2-10.64.63.254"])
            try router.add(
                "/ip/hotspot/user/profile",
                [
                    "name": "guest", "rate-limit": "1M/4M", "idle-timeout": "none",
                    "on-login": ":global seen; :set seen ($seen + 1)",
                ]
            )
            try router.add("/ppp/profile", ["name": "home", "remote-address": "subscribers", "rate-limit": "2M/8M"])
            for number in 0..<users {
                let name = WireText("u\(number)")
                if number % 4 == 0 {
                    try router.add("/ppp/secret", ["name": name, "profile": "home"])
                } else {
                    try router.add("/ip/hotspot/user", ["name": name, "profile": "guest", "limit-uptime": "3h"])
                }
            }
            connection = router.open()
            say("/login", "=name=api", "=password=secret")
        }

        mutating func say(_ words: String...) {
            router.receive(Dialogue.encode(words), on: connection)
            for transmission in router.takeOutgoing() {
                for byte in transmission.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            }
        }

        /// Somebody comes or goes.
        mutating func stir(keeping active: Int) {
            let number = Int.random(in: 0..<users, using: &random)
            let name = WireText("u\(number)")
            let online = router.hotspot.sessions.count + router.ppp.sessions.count
            mostOnline = max(mostOnline, online)
            let address = UInt32(10 << 24 | 5 << 16) + UInt32(number)
            if number % 4 == 0, let session = router.ppp.ids(of: name).first {
                if online > active / 2 { router.endPPPSession(session, cause: "peer request") }
            } else if number % 4 != 0, router.hotspot[address] != nil {
                if online > active / 2 { router.endHotspotSession(address, cause: "user request") }
            } else if online < active {
                do throws(Trap) {
                    if number % 4 == 0 {
                        _ = try router.connect(.init(name: name, password: "", callerID: "AA:BB:CC:00:11:22"))
                    } else {
                        let guest = HotspotGuest(address: address, macAddress: SimulatedRouter.macAddress(of: address))
                        try router.letIn(guest, user: name, password: "", by: .httpCHAP)
                    }
                    logins += 1
                } catch {
                    refusals += 1
                }
            }
            router.tellListeners()
        }

        mutating func live(hours: Int, active: Int) {
            // As many events as turn everybody over about once an hour.
            let step = Duration.seconds(3_600) / max(1, active * 3)
            var nextLook = Duration.seconds(60)
            var looks = 0
            while router.now < .seconds(3_600 * hours) {
                router.advance(to: router.now + step)
                stir(keeping: active)
                guard router.now >= nextLook else { continue }
                nextLook += .seconds(60)
                looks += 1
                say("/ip/hotspot/active/print", "=.proplist=.id,user,uptime,bytes-in,bytes-out")
                say("/ppp/active/print", "=stats=", "=.proplist=.id,name,uptime,bytes")
                if looks % 15 == 0 { say("/ip/hotspot/user/print", "=.proplist=name,uptime,bytes-in,bytes-out") }
            }
        }
    }

    @Test func aDayOfATownIsTheSameTwiceUnderOneSeed() throws {
        let (users, active) = (Self.size("POPULATION_USERS", 120), Self.size("POPULATION_ACTIVE", 30))
        let hours = Self.size("POPULATION_HOURS", 3)
        var hashes: [UInt64] = []
        for seed in [1, 1, 2] as [UInt64] {
            var town = try Town(users: users, seed: seed)
            town.live(hours: hours, active: active)
            hashes.append(town.hash)
            #expect(town.logins > active)
            #expect(town.mostOnline > active / 2)
            #expect(town.router.scripting.records.count > 0)
            // The agenda holds no more than what is going to happen.
            #expect(town.router.agenda.count < 8 * users + 1_000)
        }
        #expect(hashes[0] == hashes[1])
        #expect(hashes[0] != hashes[2])
    }
}
