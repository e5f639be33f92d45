import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer

/// `/api/v1/vouchers`: generating, listing and looking up vouchers.
enum VoucherAPI {
    static let routes: [Route] = [
        .api(.get, "/api/v1/vouchers", list),
        .api(.post, "/api/v1/vouchers/batch-generate", generate),
        .api(.get, "/api/v1/vouchers/:code") { call in
            APIAnswer.success("Voucher", json(try await call.session.vouchers.voucher(code: call.value("code"))))
        },
    ]

    private static func list(_ call: APIContext) async throws -> HTTPResponse {
        let paging = try Paging(call.request.query)
        let page = try await call.session.vouchers.list(call.request.query, paging)
        return APIAnswer.page("Vouchers", page.items.map(json), paging, total: page.total ?? 0)
    }

    private static func generate(_ call: APIContext) async throws -> HTTPResponse {
        try call.session.require(.generateVouchers)
        let order = try BatchOrder(JSONObject(body: call.request))
        let made = try await order.place(call.session, key: try call.idempotencyKey())
        return APIAnswer.success(
            made.vouchers.count == 1 ? "1 voucher generated" : "\(made.vouchers.count) vouchers generated",
            [
                "batch_id": .text(made.batch.id.description),
                "profile": .text(made.batch.packageName),
                "quantity": JSON(made.vouchers.count),
                "vouchers": .list(made.vouchers.map(json)),
            ],
            status: .created
        )
    }

    /// A voucher as clients see it.
    static func json(_ voucher: Voucher) -> JSON {
        [
            "code": .text(voucher.code),
            "status": .text(voucher.documentStatus.rawValue),
            "provisioning": .text(voucher.provisioning.rawValue),
            "provisioning_detail": JSON(voucher.provisioningDetail),
            "sale": .text(voucher.commercial.rawValue),
            "profile": .text(voucher.packageName),
            "validity_hours": voucher.terms.validity.map { .number($0.hours) } ?? .null,
            "data_limit_mb": voucher.terms.dataQuota.map { .number($0.decimalMebibytes) } ?? .null,
            "price": .text(voucher.terms.price.decimalString),
            "currency": .text(voucher.terms.price.currency.code),
            "router_id": .text(voucher.router.description),
            "batch_id": .text(voucher.batch.description),
            "customer_id": JSON(voucher.customer),
            "created_at": .text(voucher.createdAt.description),
            "activated_at": JSON(voucher.activatedAt?.description),
            "expires_at": JSON(voucher.expiresAt?.description),
            "usage": [
                "uptime_seconds": JSON(Int(voucher.usage.uptime.components.seconds)),
                "upload_bytes": JSON(Int(voucher.usage.bytesIn)),
                "download_bytes": JSON(Int(voucher.usage.bytesOut)),
            ],
        ]
    }
}
