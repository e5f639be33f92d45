import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// A town of customers: they come by the login page and by PPPoE, stay, are cut off when their time is used up and buy more, while
/// somebody looks at the tables over the API.
///
/// It is quiet at both ends of the time it lives, and fullest in the middle. It keeps its own books, which the router is held
/// against.
struct Town {
    /// What the town itself has seen, without asking the router.
    struct Books: Equatable {
        var hotspotLogins = 0
        var pppLogins = 0
        /// Customers who were refused because their time is used up, each of whom bought another voucher.
        var sales = 0
        var mostOnline = 0
        /// Who was online when a quarter of the time was left, for the last time.
        var onlineInTheEvening = 0
    }

    /// How long a voucher lasts.
    static let limit = Duration.seconds(2 * 3_600)

    private(set) var router: SimulatedRouter
    private(set) var books = Books()
    let users: Int
    private let connection: Int
    private var random: SeededRandom
    /// The name each customer logs in with now.
    private var names: [WireText]

    init(users: Int, seed: UInt64) throws {
        self.users = users
        random = SeededRandom(seed: seed)
        names = (0..<users).map { WireText("u\($0)") }
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
                "on-login": Self.counting("seen"),
                "on-logout": WireText(
                    "\(Self.counting("left")); :if ($cause != \"user request\") do={ \(Self.counting("spent")) }"
                ),
            ]
        )
        try router.add(
            "/ppp/profile",
            [
                "name": "home", "remote-address": "subscribers", "rate-limit": "2M/8M",
                "on-up": Self.counting("up"), "on-down": Self.counting("down"),
            ]
        )
        for number in 0..<users {
            if number % 4 == 0 {
                try router.add("/ppp/secret", ["name": names[number], "profile": "home"])
            } else {
                _ = try router.execute(Request("/ip/hotspot/user/add", Self.voucher(names[number])))
            }
        }
        connection = router.open()
        say("/login", "=name=api", "=password=secret")
    }

    /// What tells this dialogue from any other.
    var dialogueHash: UInt64 { router.transcript.hash.value }

    var online: Int { router.hotspot.sessions.count + router.ppp.sessions.count }

    /// A global variable that scripts count in; zero before the first has.
    mutating func counter(_ name: String) -> Int {
        let row = say("/system/script/environment/print", "?name=\(name)").first { $0.first == "!re" }
        return row?.first { $0.hasPrefix("=value=") }.flatMap { Int($0.dropFirst(7)) } ?? 0
    }

    /// How many rows a menu has for a query.
    mutating func count(_ menu: String, _ query: String...) -> Int? {
        say([menu + "/print", "=count-only="] + query).last?.last.flatMap { Int($0.dropFirst(5)) }
    }

    /// Lives for a time, with so many online at its middle.
    mutating func live(hours: Int, active: Int) {
        // As many events as turn everybody over about once an hour.
        let step = Duration.seconds(3_600) / max(1, active * 3)
        let end = Duration.seconds(3_600 * hours)
        var nextLook = Duration.seconds(60)
        var looks = 0
        while router.now < end {
            router.advance(to: router.now + step)
            let distance = abs(2 * (router.now / end) - 1)
            stir(towards: Int(Double(active) * (1 - 0.7 * distance)))
            if router.now < end * 3 / 4 { books.onlineInTheEvening = online }
            guard router.now >= nextLook else { continue }
            nextLook += .seconds(60)
            looks += 1
            say("/ip/hotspot/active/print", "=.proplist=.id,user,uptime,bytes-in,bytes-out")
            say("/ppp/active/print", "=stats=", "=.proplist=.id,name,uptime,bytes")
            if looks % 15 == 0 { say("/ip/hotspot/user/print", "=.proplist=name,uptime,bytes-in,bytes-out") }
        }
    }

    /// Somebody comes or goes.
    private mutating func stir(towards wanted: Int) {
        let number = Int.random(in: 0..<users, using: &random)
        let name = names[number]
        let address = UInt32(10 << 24 | 5 << 16) + UInt32(number)
        if number % 4 == 0, let session = router.ppp.ids(of: name).first {
            router.endPPPSession(session, cause: "peer request")
        } else if router.hotspot[address] != nil {
            router.endHotspotSession(address, cause: "user request")
        } else if online < wanted {
            number % 4 == 0 ? dial(name) : logIn(number, at: address)
        }
        books.mostOnline = max(books.mostOnline, online)
        router.tellListeners()
    }

    private mutating func dial(_ name: WireText) {
        do throws(Trap) {
            _ = try router.connect(.init(name: name, password: "", callerID: "AA:BB:CC:00:11:22"))
            books.pppLogins += 1
        } catch {
            Issue.record("\(name) was refused: \(error.message)")
        }
    }

    private mutating func logIn(_ number: Int, at address: UInt32) {
        let guest = HotspotGuest(address: address, macAddress: SimulatedRouter.macAddress(of: address))
        do throws(Trap) {
            try router.letIn(guest, user: names[number], password: "", by: .httpCHAP)
            books.hotspotLogins += 1
        } catch {
            // Only whose time is used up is refused; somebody else would be refused for ever, and never buy.
            books.sales += 1
            names[number] = WireText("v\(books.sales)")
            say(["/ip/hotspot/user/add"] + Self.voucher(names[number]).map { "=\($0.name)=\($0.value)" })
        }
    }

    /// A script that counts in a global variable.
    private static func counting(_ name: String) -> WireText {
        WireText(
            ":global \(name); :if ([:typeof $\(name)] = \"nothing\") do={ :set \(name) 0 }; :set \(name) ($\(name) + 1)"
        )
    }

    private static func voucher(_ name: WireText) -> [(name: String, value: WireText)] {
        [("name", name), ("profile", "guest"), ("limit-uptime", WireText("\(limit.components.seconds)s"))]
    }

    @discardableResult
    private mutating func say(_ words: String...) -> [[String]] { say(words) }

    @discardableResult
    private mutating func say(_ words: [String]) -> [[String]] {
        router.receive(Dialogue.encode(words), on: connection)
        return Dialogue.decode(router.takeOutgoing().flatMap(\.bytes))
    }
}
