import BillingDomain
import Testing

@testable import BillingPersistence

@Suite("The records of tenants and routers")
struct PlaceRecordTests {
    @Test("tenants, sites, routers and settings read back in every field", arguments: 0..<50 as Range<UInt64>)
    func places(seed: UInt64) throws {
        var d = Draw(seed: seed)
        let tenant = Tenant(
            id: d.id(),
            name: d.text(),
            slug: d.maybe { _ in TenantSlug("lake-view") } ?? nil,
            currency: d.currency(),
            timeZone: d.text(),
            email: d.maybe { $0.text() },
            phone: d.maybe { $0.text() },
            state: d.one(of: TenantState.allCases),
            createdAt: d.at(),
            revision: d.number()
        )
        try checkRecord(tenant)
        try checkRecord(
            Site(
                id: d.id(),
                tenant: d.id(),
                name: d.text(),
                location: d.location(),
                primaryRouter: d.maybe { $0.id() },
                isArchived: d.flag(),
                createdAt: d.at(),
                revision: d.number()
            )
        )
        try checkRecord(
            Router(
                id: d.id(),
                tenant: d.id(),
                name: d.text(),
                host: d.text(),
                port: d.count(),
                username: d.text(),
                sealedPassword: d.bytes(50),
                location: d.location(),
                site: d.maybe { $0.id() },
                status: d.one(of: RouterStatus.allCases),
                statusDetail: d.maybe { $0.text() },
                identity: d.maybe { $0.text() },
                routerOSVersion: d.maybe { $0.text() },
                uptime: d.maybe { $0.span() },
                restarts: d.number(),
                lastSeen: d.maybe { $0.at() },
                lastSync: d.maybe { $0.at() },
                createdAt: d.at(),
                removedAt: d.maybe { $0.at() },
                revision: d.number()
            )
        )
        try checkRecord(
            RouterEvent(
                id: d.id(),
                tenant: d.id(),
                router: d.id(),
                at: d.at(),
                actor: d.actor(),
                operation: d.text(),
                outcome: d.one(of: RouterEvent.Outcome.allCases),
                duration: d.maybe { $0.span() },
                detail: d.text(),
                requestID: d.maybe { $0.text() }
            )
        )
        try checkRecord(Settings(tenant: d.id(), values: [d.text(): d.text(), "a": ""], revision: d.number()))
        try checkRecord(
            NetworkSession(
                id: d.id(),
                tenant: d.id(),
                subject: d.subject(),
                kind: d.one(of: SessionKind.allCases),
                router: d.id(),
                routerEpoch: d.number(),
                address: d.maybe { $0.text() },
                hardwareAddress: d.maybe { $0.text() },
                startedAt: d.at(),
                lastSeenAt: d.at(),
                endedAt: d.maybe { $0.at() },
                endReason: d.maybe { $0.one(of: NetworkSession.EndReason.allCases) },
                bytesIn: d.number(),
                bytesOut: d.number(),
                lastBytesIn: d.number(),
                lastBytesOut: d.number(),
                counterEpoch: d.number(),
                source: d.one(of: SessionSource.allCases),
                revision: d.number()
            )
        )
        let usage = UsageDay(
            subject: d.subject(),
            tenant: d.id(),
            router: d.id(),
            packageName: d.text(),
            day: d.day(),
            uptime: d.span(),
            bytesIn: d.number(),
            bytesOut: d.number()
        )
        try checkRecord(UsageDayRow(id: d.id(), usage: usage, revision: d.number()))
    }
}
