import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// One user's counters and limits beside a model that is as plain as it can be: it goes second by second.
struct ReferenceUserTests {
    struct Model {
        var limitSeconds = 0
        var limitIn = 0
        var limitOut = 0
        var limitTotal = 0
        var timeout = 0
        var (usedSeconds, usedIn, usedOut) = (0, 0, 0)
        var session: (seconds: Int, bytesIn: Int, bytesOut: Int, left: Limits)?

        struct Limits {
            var seconds: Int?
            var bytesIn: Int?
            var bytesOut: Int?
            var total: Int?
        }

        mutating func logIn() -> Bool {
            guard session == nil, limitSeconds == 0 || usedSeconds < limitSeconds, limitIn == 0 || usedIn < limitIn,
                limitOut == 0 || usedOut < limitOut, limitTotal == 0 || usedIn + usedOut < limitTotal
            else { return false }
            var left = Limits()
            if limitSeconds > 0 { left.seconds = limitSeconds - usedSeconds }
            if timeout > 0 { left.seconds = min(left.seconds ?? timeout, timeout) }
            if limitIn > 0 { left.bytesIn = limitIn - usedIn }
            if limitOut > 0 { left.bytesOut = limitOut - usedOut }
            if limitTotal > 0 { left.total = limitTotal - usedIn - usedOut }
            session = (0, 0, 0, left)
            return true
        }

        mutating func logOut() {
            guard let session else { return }
            usedSeconds += session.seconds
            usedIn += session.bytesIn
            usedOut += session.bytesOut
            self.session = nil
        }

        mutating func wait(_ seconds: Int) {
            for _ in 0..<seconds {
                session?.seconds += 1
                endIfSpent()
            }
        }

        mutating func move(_ bytesIn: Int, _ bytesOut: Int) {
            session?.bytesIn += bytesIn
            session?.bytesOut += bytesOut
            endIfSpent()
        }

        private mutating func endIfSpent() {
            guard let session else { return }
            let isSpent =
                session.left.seconds.map { session.seconds >= $0 } ?? false
                || session.left.bytesIn.map { session.bytesIn >= $0 } ?? false
                || session.left.bytesOut.map { session.bytesOut >= $0 } ?? false
                || session.left.total.map { session.bytesIn + session.bytesOut >= $0 } ?? false
            if isSpent { logOut() }
        }
    }

    private func number(_ row: [String: String]?, _ name: String) -> Int? { row?[name].flatMap { Int($0) } }

    private func seconds(_ row: [String: String]?) -> Int? {
        row?["uptime"].flatMap { Duration(routerOS: $0) }.map { Int($0.components.seconds) }
    }

    @Test(arguments: 0..<40)
    func countersAndLimitsAreThoseOfThePlainModel(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let router = RouterOSSimulator(credentials: .user("api", password: "secret"), seed: seed)
        var model = Model()
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        for _ in 0..<120 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1, 2:
                let isOnline = (try? router.logIn("ana", address: "10.5.50.9")) != nil
                #expect(isOnline == model.logIn())
            case 3:
                router.logOut(address: "10.5.50.9")
                model.logOut()
            case 4, 5:
                let wait = Int.random(in: 0...700, using: &random)
                router.advance(by: .seconds(wait))
                model.wait(wait)
            case 6, 7:
                let (up, down) = (Int.random(in: 0...400, using: &random), Int.random(in: 0...900, using: &random))
                let isOnline = (try? router.addTraffic(user: "ana", in: UInt64(up), out: UInt64(down))) != nil
                #expect(isOnline == (model.session != nil))
                model.move(up, down)
            case 8:
                model.limitSeconds = Int.random(in: 0...4_000, using: &random)
                model.limitIn = Int.random(in: 0...3_000, using: &random)
                model.limitOut = Int.random(in: 0...6_000, using: &random)
                model.limitTotal = Int.random(in: 0...8_000, using: &random)
                model.timeout = Int.random(in: 0...900, using: &random)
                try router.run(
                    "/ip/hotspot/user/set",
                    [
                        ".id": "ana", "limit-uptime": "\(model.limitSeconds)s", "limit-bytes-in": "\(model.limitIn)",
                        "limit-bytes-out": "\(model.limitOut)", "limit-bytes-total": "\(model.limitTotal)",
                    ]
                )
                let timeout = model.timeout == 0 ? "none" : "\(model.timeout)s"
                try router.run("/ip/hotspot/user/profile/set", [".id": "default", "session-timeout": timeout])
            default:
                try router.run("/ip/hotspot/user/reset-counters", [".id": "ana"])
                (model.usedSeconds, model.usedIn, model.usedOut) = (0, 0, 0)
            }
            let (user, active) = (router.rows("/ip/hotspot/user").first, router.rows("/ip/hotspot/active").first)
            #expect(seconds(user) == model.usedSeconds)
            #expect(number(user, "bytes-in") == model.usedIn)
            #expect(number(user, "bytes-out") == model.usedOut)
            #expect(seconds(active) == model.session?.seconds)
            #expect(number(active, "bytes-in") == model.session?.bytesIn)
            #expect(number(active, "bytes-out") == model.session?.bytesOut)
        }
    }
}
