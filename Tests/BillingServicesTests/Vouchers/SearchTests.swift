import BillingDomain
import BillingPersistence
import BillingServices
import Testing

@Suite("Searching vouchers")
struct SearchTests {
    @Test("vouchers are found by how their code begins, in its order, whatever its case", arguments: Backing.everywhere)
    func codes(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let codes = try await shop.generate(60).vouchers.map(\.code).sorted { $0.uppercased() < $1.uppercased() }
        let beginning = String(try #require(codes.first).prefix(1))
        let wanted = codes.filter { $0.uppercased().hasPrefix(beginning.uppercased()) }
        var found: [String] = []
        var place: PageCursor?
        repeat {
            let filter = VoucherFilter(codeBeginning: beginning.lowercased())
            let page = try await shop.owner.vouchers.list(filter, PageRequest(after: place, size: 1))
            found += page.items.map(\.code)
            place = page.next
        } while place != nil
        #expect(found == wanted)
        let part = String(try #require(codes.first).dropFirst())
        #expect(try await shop.owner.vouchers.list(VoucherFilter(codeBeginning: part)).items.count == 0)
        await shop.billing.close()
    }

    @Test("vouchers are found by how their customer's name begins, page by page", arguments: Backing.everywhere)
    func customers(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let made = try await shop.generate(5).vouchers
        let names = ["Amina", "amos", "Bob", nil, "ÀMI"]
        try await shop.store.write(.tenant(shop.tenant.id)) { store in
            for (voucher, name) in zip(made, names) {
                var voucher = voucher
                voucher.customer = name
                try store.update(voucher)
            }
        }
        func found(_ text: String) async throws -> [String] {
            var found: [String] = []
            var place: PageCursor?
            repeat {
                let filter = VoucherFilter(customerBeginning: text)
                let page = try await shop.owner.vouchers.list(filter, PageRequest(after: place, size: 1))
                found += page.items.compactMap(\.customer)
                place = page.next
            } while place != nil
            return found
        }
        #expect(try await found("AM") == ["Amina", "amos"])
        #expect(try await found("bob") == ["Bob"])
        #expect(try await found("ob").isEmpty)
        #expect(try await found("").count == 4)
        await shop.billing.close()
    }
}
