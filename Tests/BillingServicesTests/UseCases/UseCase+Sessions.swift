import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport

/// Sessions on routers, whole batches, and what is done to customers.
extension UseCase {
    static let sessions: [UseCase] = [
        UseCase("NetworkSessionService.list(_:_:)", "list sessions", [.viewSessions], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.networkSessions.list()
        },
        UseCase("NetworkSessionService.session(_:)", "see a session", [.viewSessions]) { shop, batch in
            try await shop.open(batch.vouchers[0])
        } run: { session, _, _, open in
            _ = try await session.networkSessions.session(open.id)
        },
        UseCase("NetworkSessionService.online()", "count who is on line", [.viewSessions], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.networkSessions.online()
        },
        UseCase("VoucherService.disable(batch:)", "disable a batch", [.disableVouchers]) { session, _, batch in
            _ = try await session.vouchers.disable(batch: batch.batch.id)
        },
        UseCase("VoucherService.enable(batch:)", "enable a batch", [.disableVouchers]) { session, _, batch in
            _ = try await session.vouchers.enable(batch: batch.batch.id)
        },
        UseCase("VoucherService.withdraw(batch:reason:key:)", "withdraw a batch", [.writeOffVouchers]) {
            session,
            _,
            batch in
            _ = try await session.vouchers.withdraw(batch: batch.batch.id, reason: "lost", key: .call)
        },
    ]
}

extension Shop {
    /// A session of a voucher that lasts, as the fold of what routers show leaves it.
    func open(_ voucher: Voucher) async throws -> NetworkSession {
        let session = NetworkSession(
            id: Identifier(timestamp: clock.now, random: try random.bytes(10)),
            tenant: tenant.id,
            subject: .voucher(voucher.id),
            kind: .hotspot,
            router: voucher.router,
            routerEpoch: 1,
            startedAt: clock.now,
            lastSeenAt: clock.now
        )
        try await store.write(.tenant(tenant.id)) { try $0.insert(session) }
        return session
    }
}
