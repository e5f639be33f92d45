import BillingDomain
import BillingPersistence
import BillingPersistencePostgreSQL
import PostgreSQLServer
import StoreSamples
import Testing

@Suite("PostgreSQL: TLS", .needsPostgreSQL)
struct TLSTests {
    private static let server = Task { try PostgreSQLServer(isSecured: true) }

    @Test func everyConnectionIsUnderTheCertificateThatWasAskedFor() async throws {
        try await World.with(server: try await Self.server.value, reachedBy: { $0.tlsURL($1) }) { world async throws in
            async let changes: Void = { for await _ in world.store.changes { break } }()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await world.store.write(.one) { try $0.append(ledger: Samples.sale(1_000 + number)) }
                    }
                }
                try await group.waitForAll()
            }
            await changes
            let plain = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'billing'"
            #expect(try world.sql("\(plain) AND NOT ssl") == "0")
            #expect(try world.sql(plain) != "0", "or nothing was looked at")
        }
    }

    @Test func muchThatIsWrittenAndReadAtOnceComesThroughWhole() async throws {
        try await World.with(server: try await Self.server.value, reachedBy: { $0.tlsURL($1) }) { world async throws in
            let vouchers = try (100..<6_100).map { try Samples.voucher($0) }
            try await world.store.write(.one) { try $0.insert(vouchers) }
            let read = try await world.store.read(.one) { try $0.find(vouchers.map(\.id)) }
            #expect(read == vouchers.sorted { $0.id < $1.id })
        }
    }

    @Test func aServerOfAnotherAuthorityIsRefused() async throws {
        let server = try await Self.server.value
        try await refuse(server.tlsURL("postgres", trusting: .stranger), because: "certificate verify failed")
    }

    @Test func aServerOfAnotherNameIsRefused() async throws {
        let server = try await Self.server.value
        try await refuse(server.tlsURL("postgres", host: "127.0.0.1"), because: "does not match host name")
    }

    @Test func aServerWithoutTLSHearsNoNameAndNoPassword() async throws {
        let listener = try PlainListener()
        let url = try await Self.server.value.tlsURL("postgres")
        let port = try #require(url.firstMatch(of: /localhost:(\d+)/)).1
        try await refuse(url.replacing(":\(port)/", with: ":\(listener.port)/"), because: "does not support SSL")
        #expect(listener.heard == [[0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F]], "the request for TLS and no more")
    }

    private func refuse(_ url: String, because reason: String) async throws {
        let error = await #expect(throws: PersistenceError.self) { try await PostgreSQLStore(url: url) }
        #expect(error?.code == .io)
        #expect(error?.cause?.contains(reason) == true, "\(String(describing: error))")
        #expect(!"\(String(reflecting: error))".contains("hush"))
    }
}
