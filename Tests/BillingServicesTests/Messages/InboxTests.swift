import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("The inbox")
struct InboxTests {
    @Test("a forged message does not stand in the way of the true one of the same key", arguments: Backing.allCases)
    func forgeriesBlockNothing(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.initiate()
        let dear = FakeGateway.callback(payment, "paid", till.ugx(1_000_000), key: "e-1", signed: false)
        let alike = FakeGateway.callback(payment, key: "e-1", signed: false)
        let genuine = FakeGateway.callback(payment, key: "e-1")
        for forged in [dear, alike] { #expect(try await till.receive(forged).state == .quarantined) }
        #expect(try await till.balance() == 0)
        for _ in 0..<2 { #expect(try await till.receive(genuine).state == .done) }
        #expect(try await till.balance() == 1_000)
        #expect(try await till.owner.messages.list().items.count == 3)
        try await till.checkBooks()
    }

    @Test("messages of a gateway that is not there keep nobody waiting", arguments: Backing.allCases)
    func absentGatewaysBlockNothing(backing: Backing) async throws {
        let till = try await Till.open(backing)
        for number in 0..<30 {
            let callback = GatewayCallback(key: "\(number)", headers: "signed", body: [1])
            _ = try await till.store(callback, from: "gone")
        }
        till.days(1)
        let payment = try await till.initiate()
        _ = try await till.store(FakeGateway.callback(payment))
        #expect(try await till.processDue(limit: 1) == 1)
        #expect(try await till.balance() == 1_000)
        #expect(try await till.owner.messages.list(.received).items.count == 30)
    }

    @Test("a message that cannot be settled does not stop the others", arguments: Backing.allCases)
    func oneFailureStopsNobody(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payments = [try await till.initiate(), try await till.initiate()]
        for (number, payment) in payments.enumerated() {
            _ = try await till.store(FakeGateway.callback(payment, receipt: "R\(number)"))
        }
        till.gateway.fail(times: 1)
        #expect(try await till.processDue() == 2)
        #expect(try await till.balance() == 1_000)
        #expect(try await till.owner.messages.list(.failed).items.count == 1)
    }

    @Test(
        "headers are sealed, opened for the gateway alone, follow a new key, and are gone once a message is settled",
        arguments: Backing.allCases
    )
    func headersAreSecret(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let payment = try await till.initiate()
        let message = try await till.store(FakeGateway.callback(payment))
        let kept = String(decoding: message.sealedHeaders, as: UTF8.self)
        #expect(!message.sealedHeaders.isEmpty && !kept.contains("signed"))
        #expect(!"\(message)".contains("signed"))
        try await till.processDue()
        let done = try #require(try await till.owner.messages.list(.done).items.first)
        #expect(done.sealedHeaders.isEmpty)

        let store = try await backing.open()
        let (old, new) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        func billing(_ keys: [UInt32: [UInt8]], _ sealing: UInt32) throws -> Billing {
            Billing(store: store, secrets: try SecretKeys(keys: keys, sealing: sealing))
        }
        let first = try billing([1: old], 1)
        let tenant = try await first.createTenant("T", currency: .ugx, timeZone: "UTC", key: .new())
        _ = try await first.incoming.receive(
            from: "gateway:fake",
            key: "k",
            headers: "forged",
            body: [1],
            for: tenant.id
        )
        #expect(try await billing([1: old, 2: new], 2).resealSecrets() == 1)
        // Read under the new key alone, the gateway sees what was sent, and refuses it.
        #expect(try await billing([2: new], 2).collection.processDue([till.gateway]) == 1)
        let owner = try await Shop.session(.superAdministrator, of: tenant, in: first)
        #expect(try await owner.messages.list().items.map(\.detail) == ["The signature is not the gateway's."])
    }
}
