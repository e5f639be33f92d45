import BillingDomain
import BillingServices
import HTTPServer
import Testing

@testable import WebPanel

private let generate = "/api/v1/vouchers/batch-generate"

struct VoucherAPITests {
    @Test func aBatchIsGeneratedAndReadBack() async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        let answer = await shop.call(.post, generate, shop.order(router, ["code_prefix": "BIL"]))
        #expect(answer.status == 201)
        #expect(answer.json["success"] == true)
        let codes = answer.data["vouchers"].items.compactMap { $0["code"].text }
        #expect(Set(codes).count == 5)
        let voucher = await shop.call(.get, "/api/v1/vouchers/\(codes[0])").data
        #expect(voucher["code"].text == codes[0] && codes[0].hasPrefix("BIL"))
        #expect(voucher["status"] == "pending")
        #expect(voucher["provisioning"] == "pending")
        #expect(voucher["profile"] == "CUSTOM")
        #expect(voucher["validity_hours"] == JSON(3))
        #expect(voucher["data_limit_mb"] == JSON(1536))
        #expect(voucher["price"] == "2.50")
        #expect(voucher["currency"] == "USD")
        #expect(voucher["router_id"].text == router)
        #expect(voucher["batch_id"] == answer.data["batch_id"])
        #expect(voucher["customer_id"] == .null && voucher["activated_at"] == .null && voucher["expires_at"] == .null)
        #expect(voucher["created_at"].text?.hasSuffix("Z") == true)
    }

    @Test(
        "A price goes in as text or number and comes out as exact text",
        arguments: [
            (#""2.50""#, "USD", "2.50"), ("2.50", "USD", "2.50"), ("2.5", "USD", "2.50"), ("0.1", "USD", "0.10"),
            ("99999999.99", "USD", "99999999.99"), ("1e3", "USD", "1000.00"), ("1E+2", "USD", "100.00"),
            ("25e-1", "USD", "2.50"), ("0", "USD", "0.00"), ("5000", "UGX", "5000"), (#""5000.00""#, "UGX", "5000"),
            ("10000000000.00", "USD", "10000000000.00"), ("4.35", "USD", "4.35"), ("1.005", "KWD", "1.005"),
        ]
    )
    func pricesAreExact(_ written: String, _ currency: String, _ read: String) async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        let body = """
            {"quantity": 1, "profile": "CUSTOM", "validity_hours": 1, "price": \(written), "currency": "\(currency)",
             "router_id": "\(router)"}
            """
        let answer = await shop.call(.post, generate, raw: Array(body.utf8))
        #expect(answer.data["vouchers"].items.first?["price"].text == read, "\(answer.body)")
    }

    @Test(
        "A bad order names its field and writes nothing",
        arguments: [
            (["quantity": JSON(0)], "quantity"), (["quantity": JSON(-1)], "quantity"),
            (["quantity": JSON(1_000_000_000)], "quantity"), (["quantity": JSON(1.5)], "quantity"),
            (["quantity": "many"], "quantity"), (["quantity": .null], "quantity"), (["quantity": true], "quantity"),
            (["price": "-1"], "price"), (["price": JSON(-1)], "price"), (["price": "2.505"], "price"),
            (["price": "1e9"], "price"), (["price": "10000000000.01"], "price"),
            (["price": "92233720368547758.07"], "price"), (["price": "99999999999999999999999"], "price"),
            (["price": "two"], "price"),
            (["price": []], "price"), (["price": .null], "price"), (["price": ""], "price"),
            (["price": JSON(0.001)], "price"), (["currency": "XXQ"], "currency"), (["currency": ""], "currency"),
            (["currency": JSON(7)], "currency"), (["validity_hours": JSON(0)], "validity_hours"),
            (["validity_hours": JSON(-3)], "validity_hours"),
            (["validity_hours": JSON(1_000_000_000_000_000_000)], "validity_hours"),
            (["validity_hours": "3"], "validity_hours"), (["data_limit_mb": JSON(-1)], "data_limit_mb"),
            (["data_limit_mb": JSON(1 << 62)], "data_limit_mb"), (["data_limit_mb": JSON(1.5)], "data_limit_mb"),
            (["profile": "no-such-package"], "profile"),
            (["profile": .text(String(repeating: "x", count: 300))], "profile"),
            (["code_prefix": .text(String(repeating: "P", count: 300))], "code_prefix"),
            (["code_prefix": "a|b"], "code_prefix"), (["router_id": "not-an-id"], "router_id"),
            (["router_id": .null], "router_id"), (["router_id": "01890000-0000-7000-8000-000000000000"], "router_id"),
            (["validity_hours": .null, "data_limit_mb": .null], "validity_hours"),
        ] as [([String: JSON], String)]
    )
    func aBadOrderIsRefused(_ changes: [String: JSON], _ field: String) async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        let answer = await shop.call(.post, generate, shop.order(router, changes))
        #expect((400..<500).contains(answer.status), "\(answer.body)")
        #expect(answer.field == field, "\(answer.body)")
        #expect(await shop.voucherCount() == 0)
    }

    @Test func theSameKeyGivesTheSameBatchAndAnotherOrderUnderItIsRefused() async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        let first = await shop.call(.post, generate, shop.order(router), headers: ["Idempotency-Key": "order-1"])
        let again = await shop.call(.post, generate, shop.order(router), headers: ["Idempotency-Key": "order-1"])
        #expect(first.data["batch_id"].text != nil && first.data == again.data)
        let other = await shop.call(
            .post,
            generate,
            shop.order(router, ["quantity": JSON(6)]),
            headers: ["Idempotency-Key": "order-1"]
        )
        #expect(other.status == 409)
        #expect(await shop.voucherCount() == 5)
    }

    @Test func aPackageGivesItsTermsAndCannotBeContradicted() async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        let package = await shop.call(
            .post,
            "/api/v1/packages",
            [
                "name": "3H", "validity_hours": JSON(3), "data_limit_mb": JSON(1536), "price": JSON(2.5),
                "currency": "USD",
            ]
        )
        #expect(package.status == 201)
        let bare: [String: JSON] = [
            "profile": "3H", "price": .null, "currency": .null, "validity_hours": .null, "data_limit_mb": .null,
        ]
        let made = await shop.call(.post, generate, shop.order(router, bare))
        #expect(made.data["vouchers"].items.first?["price"] == "2.50")
        #expect(await shop.call(.post, generate, shop.order(router, ["profile": "3H"])).status == 201)
        for (name, value) in [
            ("data_limit_mb", JSON(9)), ("validity_hours", JSON(4)), ("price", "2.51"), ("currency", "UGX"),
        ] {
            let answer = await shop.call(.post, generate, shop.order(router, ["profile": "3H", name: value]))
            #expect(answer.status == 422 && answer.field == name, "\(answer.body)")
        }
        #expect(await shop.voucherCount() == 10)
    }

    @Test func theListHasFiltersAndPages() async throws {
        let shop = try await Shop()
        let router = await shop.addRouter()
        let batch =
            await shop.call(.post, generate, shop.order(router, ["quantity": JSON(7)])).data["batch_id"].text ?? ""
        _ = await shop.call(.post, generate, shop.order(router, ["quantity": JSON(3)]))
        func count(_ query: String) async -> Int {
            await shop.call(.get, "/api/v1/vouchers?\(query)").data.items.count
        }
        #expect(await count("batch=\(batch)&per_page=3&page=3") == 1)
        #expect(await count("batch=\(batch)&per_page=3&page=4") == 0)
        #expect(await count("batch_id=\(batch)&router_id=\(router)&per_page=100") == 7)
        #expect(await count("status=pending&per_page=100") == 10)
        #expect(await count("status=active") == 0)
        #expect(await count("router=\(router)&batch=\(batch)") == 7)
    }

    @Test(arguments: [
        "per_page=101", "per_page=0", "per_page=-1", "page=0", "page=x", "status=nonsense", "batch=x", "router=1",
    ])
    func aBadQueryNamesItsField(_ query: String) async throws {
        let shop = try await Shop()
        let answer = await shop.call(.get, "/api/v1/vouchers?\(query)")
        #expect(answer.status == 422)
        #expect(answer.field.map { query.hasPrefix($0 + "=") } == true)
    }
}
