import Testing

@testable import RouterOSTesting

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A town of customers for a day.
///
/// `POPULATION_USERS`, `POPULATION_ACTIVE` and `POPULATION_HOURS` make it larger: 10 000, 1 000 and 24 for the full size.
struct PopulationTests {
    private static func size(_ name: String, _ usual: Int) -> Int {
        getenv(name).flatMap { Int(String(cString: $0)) } ?? usual
    }

    private static let users = size("POPULATION_USERS", 120)
    private static let active = size("POPULATION_ACTIVE", 30)
    private static let hours = size("POPULATION_HOURS", 24)

    private static func town(seed: UInt64) throws -> Town {
        var town = try Town(users: users, seed: seed)
        town.live(hours: hours, active: active)
        return town
    }

    @Test func aDayOfATownIsTheSameTwiceUnderOneSeed() throws {
        let (first, second, other) = try (Self.town(seed: 1), Self.town(seed: 1), Self.town(seed: 2))
        #expect(first.dialogueHash == second.dialogueHash)
        #expect(first.books == second.books)
        #expect(first.dialogueHash != other.dialogueHash)
    }

    @Test func aDayOfATownAddsUp() throws {
        var town = try Self.town(seed: 3)
        let books = town.books
        // As many as were asked for, and fewer in the evening.
        #expect((Self.active * 95 / 100...Self.active).contains(books.mostOnline))
        #expect((Self.active / 4...Self.active * 9 / 10).contains(books.onlineInTheEvening))
        #expect(books.hotspotLogins > Self.active && books.pppLogins > Self.active / 4)

        // Everybody who came is online or has left, and the scripts saw both.
        let (guests, homes) = (town.router.hotspot.sessions.count, town.router.ppp.sessions.count)
        #expect(town.counter("seen") == books.hotspotLogins)
        #expect(town.counter("left") == books.hotspotLogins - guests)
        #expect(town.counter("up") == books.pppLogins)
        #expect(town.counter("down") == books.pppLogins - homes)
        #expect(town.router.scripting.records.allSatisfy { if case .finished = $0.outcome { true } else { false } })
        #expect(town.count("/ip/hotspot/active") == guests && town.count("/ppp/active") == homes)

        // Every voucher that was sold is there, and every one that was used up was cut off to the second, once.
        let sold = Self.users - (Self.users + 3) / 4 + books.sales
        let limit = Town.limit.components.seconds
        let spent = town.counter("spent")
        #expect(town.count("/ip/hotspot/user") == sold)
        #expect(town.count("/ip/hotspot/user", "?uptime=\(limit)s") == spent)
        #expect(town.count("/ip/hotspot/user", "?>uptime=\(limit)s") == 0)
        #expect(spent > 0 && books.sales > 0 && books.sales <= spent)

        // The agenda holds no more than what is going to happen.
        #expect(town.router.agenda.count < 8 * Self.users + 1_000)
    }
}
