import BillingPersistence
import PostgreSQLServer
import Testing

@testable import BillingPersistencePostgreSQL

@Suite("PostgreSQL: the password stays secret")
struct ConfidentialityTests {
    @Test(arguments: [
        "postgresql://billing:hush-hush@host:1/db?sslmode=verify-full",
        "host=host port=1 dbname=db user=billing password=hush-hush",
    ])
    func noDescriptionHoldsIt(url: String) throws {
        let target = try ConnectionTarget(url: url)
        #expect(!trace(target).contains("hush"))
        #expect(target.description == "billing@host:1/db")
    }

    @Test(arguments: ["postgresql://billing:hush-hush%zz@host/db", "hush-hush", "postgresql://a:hush-hush@[::1/db"])
    func noErrorAboutAUnreadableURLHoldsIt(url: String) throws {
        let error = #expect(throws: PersistenceError.self) { try ConnectionTarget(url: url) }
        #expect(error?.code == .io)
        #expect(!trace(error as Any).contains("hush"))
    }

    @Test(.needsPostgreSQL)
    func noErrorOfConnectingAndNoStoreHoldsIt() async throws {
        try await World.with { world async throws in
            #expect(!trace(world.store).contains("hush"))
            #expect(trace(world.store).contains(world.database))
            for url in [
                world.url.replacing(world.database, with: "nowhere"), world.url.replacing("billing:", with: "nobody:"),
                "postgresql://billing:hush-hush@127.0.0.1:1/db",
            ] {
                let error = await #expect(throws: PersistenceError.self) { try await PostgreSQLStore(url: url) }
                #expect(error?.code == .io)
                #expect(!trace(error as Any).contains("hush"))
            }
        }
    }
}

/// Everything that a log, a debugger or a crash report might make of a value.
private func trace(_ value: some Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return "\(value) \(String(reflecting: value)) \(dumped)"
}
