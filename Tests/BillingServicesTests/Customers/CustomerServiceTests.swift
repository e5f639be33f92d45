import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Customers and service accounts")
struct CustomerServiceTests {
    @Test("customers are numbered, found, changed and closed", arguments: Backing.allCases)
    func customersLiveOn(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let customers = till.owner.customers
        #expect(till.customer.number == "C-00001")
        let phone = try ContactPoint(.phone, "+256 700 123456")
        let key = IdempotencyKey.new()
        let ben = try await customers.create(CustomerDraft(name: "Ben", contacts: [phone], tags: ["vip"]), key: key)
        #expect(
            try await customers.create(CustomerDraft(name: "Ben", contacts: [phone], tags: ["vip"]), key: key) == ben
        )
        await expectRefusal(.conflict, field: "key") { try await customers.create(CustomerDraft(name: "Bo"), key: key) }
        await expectRefusal(.duplicate, field: "number") {
            try await customers.create(CustomerDraft(name: "Bo", number: "c-00001"), key: .new())
        }
        for text in ["BEN", "0002", "700123", "Vip"] {
            #expect(try await customers.list(CustomerFilter(text: text)).items == [ben], "\(text)")
        }
        #expect(try await customers.customer(number: "c-00002") == ben)
        #expect(try await customers.update(ben.id, CustomerDraft(name: "Benjamin")).name == "Benjamin")
        _ = try await customers.disable(ben.id)
        #expect(try await customers.list(CustomerFilter(statuses: [.disabled])).items.count == 1)
        #expect(try await customers.enable(ben.id).status == .pending)
        try await till.topUp(5, ben)
        await expectRefusal(.conflict) { try await customers.close(ben.id) }
        try await till.owner.wallets.refund(till.ugx(5), of: ben.id, reason: "leaves", key: .new())
        #expect(try await customers.close(ben.id).status == .closed)
        let history = try await customers.history(ben.id)
        #expect(history.payments.count == 1)
        #expect(history.customer.status == .closed)
    }

    @Test(
        "drafts are checked field by field",
        arguments: ["name", "number", "notes", "tags", "contacts", "locale", "region"]
    )
    func draftsAreChecked(field: String) async throws {
        let till = try await Till.open(.memory)
        var draft = CustomerDraft(name: "Ada")
        switch field {
        case "name": draft.name = ""
        case "number": draft.number = "\u{202E}1"
        case "notes": draft.notes = String(repeating: "x", count: 4_001)
        case "tags": draft.tags = [""]
        case "contacts": draft.contacts = Array(repeating: try ContactPoint(.address, "x"), count: 21)
        case "locale": draft.locale = "!"
        default: draft.location = RouterLocation(region: "a\nb", district: "")
        }
        let bad = draft
        await expectRefusal(.invalidInput, field: field) { try await till.owner.customers.create(bad, key: .new()) }
        await expectRefusal(.invalidInput, field: field) {
            try await till.owner.customers.update(till.customer.id, bad)
        }
    }

    @Test("of many service accounts one that fails does not stop the rest, and is logged", arguments: Backing.allCases)
    func bulkCreationGoesOn(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let accounts = till.owner.serviceAccounts
        func draft(_ pattern: String) throws -> ServiceAccountDraft {
            ServiceAccountDraft(
                kind: .pppoe,
                router: till.shop.router.id,
                username: try #require(NumberPattern(pattern)),
                password: NumberPattern("{****}-{####}")
            )
        }
        let stranger = Identifier<Customer>(high: 9, low: 9)
        let drafts = [
            (till.customer.id, try draft("net{000}")), (stranger, try draft("net{000}")),
            (till.customer.id, try draft("fix")), (till.customer.id, try draft("FIX")),
            (till.customer.id, try draft("net{000}")),
        ]
        .map { (customer: $0.0, draft: $0.1) }
        let key = IdempotencyKey.new()
        for _ in 0..<2 {
            let result = try await accounts.create(drafts, key: key)
            #expect(result.created.map(\.username) == ["net001", "fix", "net003"])
            #expect(result.failures.map(\.index) == [1, 3])
            #expect(result.failures.map(\.error.code) == [.notFound, .duplicate])
        }
        #expect(try await accounts.list(customer: till.customer.id).items.count == 3)
        let actions = try await till.owner.audit.entries().items.map(\.action)
        #expect(actions.filter { $0 == "service.create-failed" }.count == 4)
        let first = try await accounts.list().items[0]
        let password = try await accounts.password(of: first.id)
        #expect(password.count == 9)
        _ = try await accounts.setPassword("new one", of: first.id)
        #expect(try await accounts.password(of: first.id) == "new one")
        await expectRefusal(.invalidInput, field: "password") { try await accounts.setPassword("", of: first.id) }
        #expect(try await accounts.disable(first.id).access == .disabled)
        #expect(try await accounts.enable(first.id).access == .enabled)
        #expect(try await accounts.assign(profile: "fast", to: first.id).routerProfile == "fast")
        #expect(try await accounts.delete(first.id).access == .deleted)
        await expectRefusal(.conflict) { try await accounts.setPassword("again", of: first.id) }
    }
}
