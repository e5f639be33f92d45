import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer
import Testing

@testable import WebPanel

/// What people type, and what only looks as if they had.
struct FormInputTests {
    private func fault(_ body: () throws -> some Any) -> String? {
        do {
            _ = try body()
            return nil
        } catch { return (error as? RequestError)?.message }
    }

    @Test(
        "hours that are no number are refused",
        arguments: ["1.2.3", "1..", "1.", ".5", ".", "", "1e3", "-1", "0", "0.0"]
    )
    func oddHoursAreRefused(_ text: String) {
        let advice = "Enter hours above zero that make whole seconds, such as 3 or 0.5."
        #expect(fault { try Duration.hours(text, field: "f") } == advice)
    }

    @Test(arguments: [("3", 10_800), ("0.5", 1_800), ("1.25", 4_500), ("03", 10_800)])
    func plainHoursAreRead(_ text: String, _ seconds: Int) throws {
        #expect(try Duration.hours(text, field: "f") == .seconds(seconds))
    }

    @Test func aCommaIsNamedAsTheFault() {
        let sentence = "Leave out the comma: write 3000 for three thousand, and 0.5 for a half."
        #expect(fault { try Duration.hours("3,000", field: "f") } == sentence)
        #expect(fault { try Money.decimal("3,000", .ugx, field: "f") } == sentence)
        #expect(fault { try ByteQuota.mebibytes("1,536", field: "f") } == sentence)
    }

    @Test func anEmptyPriceIsAskedFor() {
        for text in ["", "  "] {
            #expect(fault { try Money.decimal(text, .ugx, field: "f") } == "Enter an amount in UGX, such as 2500.")
            #expect(fault { try Money.decimal(text, .usd, field: "f") } == "Enter an amount in USD, such as 2.50.")
        }
    }

    @Test func anAddressFillsInNothingButAChoice() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        let router = await shop.addRouter("Main")
        let other = await shop.addRouter("Other")
        _ = await browser.get("/packages/new")
        _ = await browser.post("/packages", ["name": "3 hours", "validity_hours": "3", "price": "2.50"])
        let planted = "/generate?key=planted&sold=yes&quantity=9999&codePrefix=EVIL&router=\(other)"
        let page = await browser.get(planted).body
        #expect(
            !page.contains("planted") && !page.contains("checked") && !page.contains("9999") && !page.contains("EVIL")
        )
        #expect(page.contains("value=\"\(other)\" selected") && !page.contains("value=\"\(router)\" selected"))
        #expect(await browser.get("/sign-in?username=planted&next=/routers").body.contains("planted") == false)
    }

    @Test func theListOfVouchersNamesTheirStateOnTheRouterForWhatItIs() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        _ = await shop.call(.post, "/api/v1/vouchers/batch-generate", shop.order(await shop.addRouter()))
        let page = await browser.get("/vouchers").body
        #expect(
            page.contains("<th scope=\"col\">On the router</th>") && !page.contains("<th scope=\"col\">Router</th>")
        )
    }

    @Test func aSumThatIsTooLargeIsSaidToBe() async throws {
        let shop = try await Shop()
        let browser = try await shop.signIn()
        try await shop.store.write(.tenant(shop.tenant.id)) { store in
            for number in 1...2 {
                let most = Money(minorUnits: .max, currency: .usd)
                let entry = try LedgerEntry(
                    id: Identifier(high: UInt64(number), low: 0),
                    tenant: shop.tenant.id,
                    at: BillingEnvironment.live.now(),
                    cause: "test",
                    idempotencyKey: "test-\(number)",
                    actor: .system("test"),
                    postings: [.debit(.deferredVouchers, most), try .credit(.voucherRevenue, most)]
                )
                try store.append(ledger: entry)
            }
        }
        let page = await browser.get("/")
        #expect(page.status == 200 && page.body.contains("<dd>USD, too large to show</dd>"))
        #expect(page.body.contains("<dd>USD 0.00</dd>"), "the other figures stay")
    }
}
