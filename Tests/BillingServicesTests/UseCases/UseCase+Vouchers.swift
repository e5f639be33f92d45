import BillingDomain
import BillingServices

extension UseCase {
    /// What can be done with vouchers beside generating, listing and switching them.
    static let vouchers: [UseCase] = [
        UseCase(
            "VoucherService.quickSale(_:of:on:options:key:)",
            "sell over the counter",
            [.generateVouchers, .sellVouchers]
        ) { session, shop, _ in
            _ = try await session.vouchers.quickSale(of: shop.package.id, on: shop.router.id, key: .call)
        },
        UseCase("VoucherService.sell(codes:options:key:)", "sell at a lower price", [.sellVouchers, .grantDiscounts]) {
            session,
            _,
            batch in
            let options = SaleOptions(unitPrice: Money(minorUnits: 1, currency: .ugx))
            _ = try await session.vouchers.sell(codes: [batch.vouchers[0].code], options: options, key: .call)
        },
        UseCase(
            "VoucherService.sell(codes:options:key:)",
            "sell into the bank",
            [.sellVouchers, .takePayments, .confirmPayments]
        ) { session, _, batch in
            let options = SaleOptions(method: .bankTransfer)
            _ = try await session.vouchers.sell(codes: [batch.vouchers[0].code], options: options, key: .call)
        },
        UseCase("VoucherService.reserve(_:of:on:for:lasting:key:)", "reserve of a package", [.sellVouchers]) {
            session,
            shop,
            _ in
            _ = try await session.vouchers.reserve(of: shop.package.id, on: shop.router.id, for: "p", key: .call)
        },
        UseCase("VoucherService.reserve(codes:for:lasting:key:)", "reserve codes", [.sellVouchers]) {
            session,
            _,
            batch in
            _ = try await session.vouchers.reserve(codes: [batch.vouchers[0].code], for: "p", key: .call)
        },
        UseCase("VoucherService.sell(reservedFor:options:key:)", "sell what is reserved", [.sellVouchers]) {
            shop,
            batch in
            let code = batch.vouchers[0].code
            _ = try await shop.owner.vouchers.reserve(codes: [code], for: "order", key: .new())
        } run: { session, _, _, _ in
            _ = try await session.vouchers.sell(reservedFor: "order", key: .call)
        },
        UseCase("VoucherService.release(reservedFor:)", "release what is reserved", [.sellVouchers]) { shop, batch in
            let code = batch.vouchers[0].code
            _ = try await shop.owner.vouchers.reserve(codes: [code], for: "order", key: .new())
        } run: { session, _, _, _ in
            _ = try await session.vouchers.release(reservedFor: "order")
        },
        UseCase("VoucherService.refund(code:amount:to:reason:key:)", "refund", [.refundVouchers]) { shop, batch in
            let code = batch.vouchers[0].code
            _ = try await shop.owner.vouchers.sell(codes: [code], key: .new())
        } run: { session, _, batch, _ in
            let code = batch.vouchers[0].code
            _ = try await session.vouchers.refund(code: code, reason: "complaint", key: .call)
        },
        UseCase("VoucherService.writeOff(code:reason:key:)", "write off", [.writeOffVouchers]) { session, _, batch in
            _ = try await session.vouchers.writeOff(code: batch.vouchers[0].code, reason: "lost", key: .call)
        },
        UseCase("VoucherService.redeem(code:for:key:)", "redeem", [.redeemVouchers]) {
            shop,
            batch -> Customer in
            let code = batch.vouchers[0].code
            _ = try await shop.owner.vouchers.sell(codes: [code], key: .new())
            return try await shop.customer()
        } run: { session, _, batch, customer in
            let code = batch.vouchers[0].code
            _ = try await session.vouchers.redeem(code: code, for: customer.id, key: .call)
        },
        UseCase("VoucherService.redeemToBalance(code:of:key:)", "redeem to a balance", [.redeemVouchers]) {
            shop,
            batch -> Customer in
            let code = batch.vouchers[0].code
            _ = try await shop.owner.vouchers.sell(codes: [code], key: .new())
            return try await shop.customer()
        } run: { session, _, batch, customer in
            let code = batch.vouchers[0].code
            _ = try await session.vouchers.redeemToBalance(code: code, of: customer.id, key: .call)
        },
        UseCase("VoucherService.extend(code:by:price:method:cause:key:)", "extend", [.extendVouchers]) {
            session,
            _,
            batch in
            let grant = try VoucherGrant(bytes: .mebibytes(1))
            _ = try await session.vouchers.extend(code: batch.vouchers[0].code, by: grant, cause: "gift", key: .call)
        },
        UseCase("VoucherService.entitlements(code:)", "see extensions", [.viewVouchers]) { session, _, batch in
            _ = try await session.vouchers.entitlements(code: batch.vouchers[0].code)
        },
        UseCase("VoucherService.transfer(code:toCustomer:)", "give to a customer", [.transferVouchers]) {
            shop,
            _ -> Customer in
            return try await shop.customer()
        } run: { session, _, batch, customer in
            _ = try await session.vouchers.transfer(code: batch.vouchers[0].code, toCustomer: customer.id)
        },
        UseCase("VoucherService.transfer(code:toRouter:)", "move to a router", [.transferVouchers]) {
            shop,
            _ -> Router in
            try await shop.provision(.failed(detail: "refused", retry: true))
            return try await shop.owner.routers.add(.fixture("Other"), key: .new())
        } run: { session, _, batch, other in
            _ = try await session.vouchers.transfer(code: batch.vouchers[0].code, toRouter: other.id)
        },
        UseCase("VoucherService.devices(code:)", "see devices", [.viewVouchers]) { session, _, batch in
            _ = try await session.vouchers.devices(code: batch.vouchers[0].code)
        },
        UseCase("VoucherService.unlockDevice(code:)", "unlock", [.extendVouchers]) { shop, _ in
            try await shop.lockedVoucher().code
        } run: { session, _, _, code in
            _ = try await session.vouchers.unlockDevice(code: code)
        },
        UseCase("VoucherService.countdown(code:)", "see the countdown", [.viewVouchers]) { session, _, batch in
            _ = try await session.vouchers.countdown(code: batch.vouchers[0].code)
        },
        UseCase("VoucherService.resend(code:to:key:)", "send again", [.sendNotifications]) { session, _, batch in
            _ = try await session.vouchers.resend(code: batch.vouchers[0].code, to: "phone:+256700000001", key: .call)
        },
    ]

    /// What can be done with packages beside the price list itself.
    static let packages: [UseCase] = [
        UseCase("PackageService.offers()", "see the offers", [.viewPackages], namesThings: false) { session, _, _ in
            _ = try await session.packages.offers()
        },
        UseCase("PackageService.setVisibility(_:isVisible:)", "hide a package", [.managePackages]) { session, shop, _ in
            _ = try await session.packages.setVisibility(shop.package.id, isVisible: false)
        },
        UseCase("PackageService.price(of:_:)", "ask a price", [.viewPackages]) { session, shop, _ in
            _ = try await session.packages.price(of: 3, shop.package.id)
        },
        UseCase(
            "PackageService.createStandard(_:routerProfile:key:)",
            "create standard packages",
            [.managePackages],
            namesThings: false
        ) { session, _, _ in
            let prices = [StandardPackage.unlimitedDaily: Money(minorUnits: 1_000, currency: .ugx)]
            _ = try await session.packages.createStandard(prices, key: .call)
        },
        UseCase("PackageService.popularity()", "see what sells", [.viewReports], namesThings: false) { session, _, _ in
            _ = try await session.packages.popularity()
        },
    ]
}
