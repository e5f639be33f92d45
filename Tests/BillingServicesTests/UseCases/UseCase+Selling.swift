import BillingDomain
import BillingServices

extension UseCase {
    /// What can be done with routers, with packages and their vouchers, and with reports.
    static let selling: [UseCase] = [
        UseCase(
            "VoucherService.generate(_:of:on:codePrefix:sold:options:key:)",
            "generate of a package",
            [.generateVouchers]
        ) { session, shop, _ in
            _ = try await session.vouchers.generate(1, of: shop.package.id, on: shop.router.id, key: .call)
        },
        UseCase(
            "VoucherService.generate(_:terms:on:codePrefix:sold:options:key:)",
            "generate of terms",
            [.generateVouchers, .managePackages]
        ) { session, shop, _ in
            _ = try await session.vouchers.generate(1, terms: shop.package.terms, on: shop.router.id, key: .call)
        },
        UseCase(
            "VoucherService.generate(_:profile:inline:on:codePrefix:sold:options:key:)",
            "generate of a profile",
            [.generateVouchers],
            namesThings: false
        ) { session, shop, _ in
            _ = try await session.vouchers.generate(1, profile: "3 Hours", on: shop.router.id, key: .call)
        },
        UseCase(
            "VoucherService.generate(_:profile:inline:on:codePrefix:sold:options:key:)",
            "generate of CUSTOM",
            [.generateVouchers, .managePackages]
        ) { session, shop, _ in
            let price = Money(minorUnits: 1, currency: .ugx)
            let inline = InlineTerms(validity: .seconds(60), price: price)
            _ = try await session.vouchers.generate(
                1,
                profile: "custom",
                inline: inline,
                on: shop.router.id,
                key: .call
            )
        },
        UseCase(
            "VoucherService.generate(_:of:on:codePrefix:sold:options:key:)",
            "generate sold",
            [.generateVouchers, .sellVouchers]
        ) { session, shop, _ in
            _ = try await session.vouchers.generate(
                1,
                of: shop.package.id,
                on: shop.router.id,
                sold: true,
                key: .call
            )
        },
        UseCase("VoucherService.list(_:_:)", "list vouchers", [.viewVouchers], namesThings: false) { session, _, _ in
            _ = try await session.vouchers.list()
        },
        UseCase("VoucherService.voucher(code:)", "see a voucher", [.viewVouchers]) { session, _, batch in
            _ = try await session.vouchers.voucher(code: batch.vouchers[0].code)
        },
        UseCase("VoucherService.batch(_:)", "see a batch", [.viewVouchers]) { session, _, batch in
            _ = try await session.vouchers.batch(batch.batch.id)
        },
        UseCase("VoucherService.progress(batch:)", "see the progress of a batch", [.viewVouchers]) {
            session,
            _,
            batch in
            _ = try await session.vouchers.progress(batch: batch.batch.id)
        },
        UseCase("VoucherService.batches(_:_:)", "list batches", [.viewVouchers], namesThings: false) { session, _, _ in
            _ = try await session.vouchers.batches()
        },
        UseCase("VoucherService.sell(batch:options:key:)", "sell a batch", [.sellVouchers]) { session, _, batch in
            _ = try await session.vouchers.sell(batch: batch.batch.id, key: .call)
        },
        UseCase("VoucherService.sell(codes:options:key:)", "sell codes", [.sellVouchers]) { session, _, batch in
            _ = try await session.vouchers.sell(codes: [batch.vouchers[0].code], key: .call)
        },
        UseCase("VoucherService.disable(code:)", "disable a voucher", [.disableVouchers]) { session, _, batch in
            _ = try await session.vouchers.disable(code: batch.vouchers[0].code)
        },
        UseCase("VoucherService.enable(code:)", "enable a voucher", [.disableVouchers]) { session, _, batch in
            _ = try await session.vouchers.enable(code: batch.vouchers[1].code)
        },
        UseCase("RouterService.list(_:_:)", "list routers", [.viewRouters], namesThings: false) { session, _, _ in
            _ = try await session.routers.list()
        },
        UseCase("RouterService.router(_:)", "see a router", [.viewRouters]) { session, shop, _ in
            _ = try await session.routers.router(shop.router.id)
        },
        UseCase("RouterService.health(of:)", "see how a router is", [.viewRouters]) { session, shop, _ in
            _ = try await session.routers.health(of: shop.router.id)
        },
        UseCase("RouterService.downtimes(of:from:until:_:)", "see when a router was away", [.viewRouters]) {
            session,
            shop,
            _ in
            _ = try await session.routers.downtimes(of: shop.router.id)
        },
        UseCase(
            "RouterService.availability(from:until:)",
            "see how often routers are there",
            [.viewRouters],
            namesThings: false
        ) { session, shop, _ in
            _ = try await session.routers.availability(
                from: shop.router.createdAt,
                until: shop.router.createdAt + .seconds(60)
            )
        },
        UseCase("RouterService.access(_:)", "reach a router", [.manageRouters]) { session, shop, _ in
            _ = try await session.routers.access(shop.router.id)
        },
        UseCase("RouterService.add(_:key:)", "add a router", [.manageRouters], namesThings: false) { session, _, _ in
            _ = try await session.routers.add(.fixture("New"), key: .call)
        },
        UseCase("RouterService.update(_:_:)", "update a router", [.manageRouters]) { session, shop, _ in
            _ = try await session.routers.update(shop.router.id, .fixture("Renamed"))
        },
        UseCase("RouterService.retry(_:)", "retry a router", [.operateRouters]) { session, shop, _ in
            _ = try await session.routers.retry(shop.router.id)
        },
        UseCase("RouterService.syncNow(_:)", "have a router read", [.operateRouters]) { session, shop, _ in
            try await session.routers.syncNow(shop.router.id)
        },
        UseCase("RouterService.question(_:)", "see what is asked of a router", [.viewRouters]) { session, shop, _ in
            _ = try await session.routers.question(shop.router.id)
        },
        UseCase("RouterService.approveChanges(_:upTo:)", "agree to many changes", [.operateRouters]) { shop, _ in
            _ = try await shop.billing.provisioning.ask(shop.router.id, changes: 40, "Change 40 rows?")
        } run: { session, shop, _, _ in
            try await session.routers.approveChanges(shop.router.id, upTo: 40)
        },
        UseCase("RouterService.remove(_:)", "remove a router", [.manageRouters]) { shop, _ in
            try await shop.owner.routers.add(.fixture("Empty"), key: .new())
        } run: { session, _, _, empty in
            try await session.routers.remove(empty.id)
        },
        UseCase("PackageService.list(includingArchived:)", "list packages", [.viewPackages], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.packages.list()
        },
        UseCase("PackageService.package(_:)", "see a package", [.viewPackages]) { session, shop, _ in
            _ = try await session.packages.package(shop.package.id)
        },
        UseCase("PackageService.create(_:key:)", "create a package", [.managePackages], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.packages.create(.fixture("New"), key: .call)
        },
        UseCase("PackageService.update(_:_:)", "update a package", [.managePackages]) { session, shop, _ in
            _ = try await session.packages.update(shop.package.id, .fixture("Renamed"))
        },
        UseCase("PackageService.archive(_:)", "archive a package", [.managePackages]) { session, shop, _ in
            _ = try await session.packages.archive(shop.package.id)
        },
        UseCase("ReportService.dashboard()", "see the dashboard", [.viewReports], namesThings: false) { session, _, _ in
            _ = try await session.reports.dashboard()
        },
        UseCase("ReportService.balances()", "see the balances", [.viewReports], namesThings: false) { session, _, _ in
            _ = try await session.reports.balances()
        },
        UseCase("ReportService.ledger(_:)", "see the ledger", [.viewReports], namesThings: false) { session, _, _ in
            _ = try await session.reports.ledger()
        },
    ]
}
