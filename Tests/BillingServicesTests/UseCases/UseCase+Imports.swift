import BillingDomain
import BillingServices

extension UseCase {
    /// What can be taken over from elsewhere.
    static let imports: [UseCase] = [
        UseCase("ImportService.plan(_:on:)", "plan an import", [.importData]) { session, shop, _ in
            _ = try await session.imports.plan(.fixture(), on: shop.router.id)
        },
        UseCase("ImportService.apply(_:on:digest:key:)", "import", [.importData, .generateVouchers]) { shop, _ in
            try await shop.owner.imports.plan(.fixture(), on: shop.router.id).digest
        } run: { session, shop, _, digest in
            _ = try await session.imports.apply(.fixture(), on: shop.router.id, digest: digest, key: .call)
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
            _ = try await session.imports.addRouters(csv: Array(RouterList.sample.utf8), key: .call)
        },
    ]
}
