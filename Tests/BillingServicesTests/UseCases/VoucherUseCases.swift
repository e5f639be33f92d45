import BillingDomain
import BillingPersistence
import BillingServices

extension UseCase {
    /// What can be done with vouchers beside generating, listing and switching them.
    static let vouchers: [UseCase] = [
        UseCase(
            "VoucherService.quickSale(_:of:on:options:key:)",
            "sell over the counter",
            [.generateVouchers, .sellVouchers]
        ) { session, shop, _ in
            _ = try await session.vouchers.quickSale(of: shop.package.id, on: shop.router.id, key: .new())
        },
        UseCase("VoucherService.sell(codes:options:key:)", "sell at a lower price", [.sellVouchers, .grantDiscounts]) {
            session,
            _,
            batch in
            let options = SaleOptions(unitPrice: Money(minorUnits: 1, currency: .ugx))
            _ = try await session.vouchers.sell(codes: [batch.vouchers[0].code], options: options, key: .new())
        },
        UseCase("VoucherService.sell(codes:options:key:)", "sell into the bank", [.sellVouchers, .takePayments]) {
            session,
            _,
            batch in
            let options = SaleOptions(payment: .bank)
            _ = try await session.vouchers.sell(codes: [batch.vouchers[0].code], options: options, key: .new())
        },
        UseCase("VoucherService.reserve(_:of:on:for:lasting:key:)", "reserve of a package", [.sellVouchers]) {
            session,
            shop,
            _ in
            _ = try await session.vouchers.reserve(of: shop.package.id, on: shop.router.id, for: "p", key: .new())
        },
        UseCase("VoucherService.reserve(codes:for:lasting:key:)", "reserve codes", [.sellVouchers]) {
            session,
            _,
            batch in
            _ = try await session.vouchers.reserve(codes: [batch.vouchers[0].code], for: "p", key: .new())
        },
        UseCase("VoucherService.sell(reservedFor:options:key:)", "sell what is reserved", [.sellVouchers]) {
            session,
            shop,
            batch in
            let code = batch.vouchers[0].code
            _ = try await shop.owner.vouchers.reserve(codes: [code], for: "order", key: .new())
            _ = try await session.vouchers.sell(reservedFor: "order", key: .new())
        },
        UseCase("VoucherService.release(reservedFor:)", "release what is reserved", [.sellVouchers]) {
            session,
            shop,
            batch in
            let code = batch.vouchers[0].code
            _ = try await shop.owner.vouchers.reserve(codes: [code], for: "order", key: .new())
            _ = try await session.vouchers.release(reservedFor: "order")
        },
        UseCase("VoucherService.refund(code:amount:to:reason:key:)", "refund", [.refundVouchers]) {
            session,
            shop,
            batch in
            let code = batch.vouchers[0].code
            _ = try await shop.owner.vouchers.sell(codes: [code], key: .new())
            _ = try await session.vouchers.refund(code: code, reason: "complaint", key: .new())
        },
        UseCase("VoucherService.writeOff(code:reason:key:)", "write off", [.writeOffVouchers]) { session, _, batch in
            _ = try await session.vouchers.writeOff(code: batch.vouchers[0].code, reason: "lost", key: .new())
        },
        UseCase("VoucherService.redeem(code:for:key:)", "redeem", [.redeemVouchers]) { session, shop, batch in
            let code = batch.vouchers[0].code
            _ = try await shop.owner.vouchers.sell(codes: [code], key: .new())
            let customer = try await shop.customer()
            _ = try await session.vouchers.redeem(code: code, for: customer.id, key: .new())
        },
        UseCase("VoucherService.redeemToBalance(code:of:key:)", "redeem to a balance", [.redeemVouchers]) {
            session,
            shop,
            batch in
            let code = batch.vouchers[0].code
            _ = try await shop.owner.vouchers.sell(codes: [code], key: .new())
            let customer = try await shop.customer()
            _ = try await session.vouchers.redeemToBalance(code: code, of: customer.id, key: .new())
        },
        UseCase("VoucherService.extend(code:by:price:payment:cause:key:)", "extend", [.extendVouchers]) {
            session,
            _,
            batch in
            let grant = try VoucherGrant(bytes: .mebibytes(1))
            _ = try await session.vouchers.extend(code: batch.vouchers[0].code, by: grant, cause: "gift", key: .new())
        },
        UseCase("VoucherService.entitlements(code:)", "see extensions", [.viewVouchers]) { session, _, batch in
            _ = try await session.vouchers.entitlements(code: batch.vouchers[0].code)
        },
        UseCase("VoucherService.transfer(code:toCustomer:)", "give to a customer", [.transferVouchers]) {
            session,
            shop,
            batch in
            let customer = try await shop.customer()
            _ = try await session.vouchers.transfer(code: batch.vouchers[0].code, toCustomer: customer.id)
        },
        UseCase("VoucherService.transfer(code:toRouter:)", "move to a router", [.transferVouchers]) {
            session,
            shop,
            batch in
            try await shop.provision(.failed(detail: "refused", retry: true))
            let other = try await shop.owner.routers.add(.fixture("Other"), key: .new())
            _ = try await session.vouchers.transfer(code: batch.vouchers[0].code, toRouter: other.id)
        },
        UseCase("VoucherService.devices(code:)", "see devices", [.viewVouchers]) { session, _, batch in
            _ = try await session.vouchers.devices(code: batch.vouchers[0].code)
        },
        UseCase("VoucherService.unlockDevice(code:)", "unlock", [.extendVouchers]) { session, shop, _ in
            let code = try await shop.lockedVoucher().code
            _ = try await session.vouchers.unlockDevice(code: code)
        },
        UseCase("VoucherService.countdown(code:)", "see the countdown", [.viewVouchers]) { session, _, batch in
            _ = try await session.vouchers.countdown(code: batch.vouchers[0].code)
        },
        UseCase("VoucherService.resend(code:to:key:)", "send again", [.sendNotifications]) { session, _, batch in
            _ = try await session.vouchers.resend(code: batch.vouchers[0].code, to: "phone:+256700000001", key: .new())
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
            _ = try await session.packages.createStandard(prices, key: .new())
        },
        UseCase("PackageService.popularity()", "see what sells", [.viewReports], namesThings: false) { session, _, _ in
            _ = try await session.packages.popularity()
        },
    ]

    /// What can be taken over from elsewhere.
    static let imports: [UseCase] = [
        UseCase("ImportService.plan(_:on:)", "plan an import", [.importData]) { session, shop, _ in
            _ = try await session.imports.plan(.fixture(), on: shop.router.id)
        },
        UseCase("ImportService.apply(_:on:digest:key:)", "import", [.importData, .generateVouchers]) {
            session,
            shop,
            _ in
            let digest = try await shop.owner.imports.plan(.fixture(), on: shop.router.id).digest
            _ = try await session.imports.apply(.fixture(), on: shop.router.id, digest: digest, key: .new())
        },
        UseCase(
            "ImportService.planRouters(csv:)",
            "plan an import of routers",
            [.importData, .manageRouters],
            namesThings: false
        ) { session, _, _ in
            _ = try await session.imports.planRouters(csv: Array(RouterList.sample.utf8))
        },
        UseCase(
            "ImportService.addRouters(csv:key:)",
            "import routers",
            [.importData, .manageRouters],
            namesThings: false
        ) { session, _, _ in
            _ = try await session.imports.addRouters(csv: Array(RouterList.sample.utf8), key: .new())
        },
    ]
}
