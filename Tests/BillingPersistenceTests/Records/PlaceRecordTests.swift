import BillingDomain
import Testing

@testable import BillingPersistence

@Suite("The records of tenants and routers")
struct PlaceRecordTests {
    @Test("what is remembered of a router's care reads back in every field", arguments: 0..<20 as Range<UInt64>)
    func care(seed: UInt64) throws {
        var d = Draw(seed: seed)
        var care = RouterCare(router: d.id(), tenant: d.id())
        try checkRecord(care)
        care.profiles = (0..<3).map { _ in
            ObservedProfile(
                kind: d.one(of: ServiceKind.allCases),
                name: d.text(),
                rateLimit: d.maybe { $0.text() },
                sharedUsers: d.maybe { $0.text() },
                sessionTimeout: d.maybe { $0.text() },
                idleTimeout: d.maybe { $0.text() },
                isOurs: d.flag()
            )
        }
        care.profilesReadAt = d.maybe { $0.at() }
        care.logCursor = d.maybe { d in
            RouterLogCursor(line: .max, fingerprint: d.generator.next(), told: [d.generator.next(), 0])
        }
        care.callbackNonce = d.maybe { $0.bytes(8) }
        care.backupBegunAt = d.maybe { $0.at() }
        care.backupAskedBy = d.maybe { $0.actor() }
        care.saving = d.maybe { $0.id() }
        care.savingFor = d.maybe { $0.actor() }
        care.sealedSavingPassword = d.maybe { $0.bytes(50) }
        care.restoring = d.maybe { $0.id() }
        care.restoreAskedBy = d.maybe { $0.actor() }
        care.restoreAskedAt = d.maybe { $0.at() }
        care.faults = ["log": d.text()]
        care.revision = d.number()
        try checkRecord(care)
        let backup: Identifier<RouterBackup> = d.id()
        try checkRecord(
            RouterBackup(
                id: backup,
                tenant: d.id(),
                router: d.id(),
                takenAt: d.at(),
                takenBy: d.actor(),
                byteCount: d.amount(),
                digest: d.bytes(),
                identity: d.maybe { $0.text() },
                routerOSVersion: d.maybe { $0.text() },
                sealedPassword: d.bytes(90),
                restoredAt: d.maybe { $0.at() },
                restoredBy: d.maybe { $0.actor() },
                revision: d.number()
            )
        )
        try checkRecord(
            RouterBackupFile(backup: backup, tenant: d.id(), sealedContents: d.bytes(500), revision: d.number())
        )
    }

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
            RouterQuestion(
                tenant: d.id(),
                router: d.id(),
                changes: d.count(),
                text: d.text(),
                askedAt: d.maybe { $0.at() },
                approvedChanges: d.count(),
                approvedAt: d.maybe { $0.at() },
                approvedBy: d.maybe { $0.actor() },
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
        try checkRecord(
            RouterDowntime(
                id: d.id(),
                tenant: d.id(),
                router: d.id(),
                beganAt: d.at(),
                endedAt: d.maybe { $0.at() },
                status: d.one(of: RouterStatus.allCases),
                detail: d.maybe { $0.text() },
                alertedAs: d.maybe { $0.one(of: RouterStatus.allCases) },
                revision: d.number()
            )
        )
        try checkRecord(
            RouterHealth(
                tenant: d.id(),
                router: d.id(),
                readAt: d.at(),
                vitals: RouterVitals(
                    cpuLoad: d.maybe { $0.count() },
                    freeMemory: d.maybe { $0.number() },
                    totalMemory: d.maybe { $0.number() },
                    freeStorage: d.maybe { $0.number() },
                    totalStorage: d.maybe { $0.number() },
                    boardName: d.maybe { $0.text() },
                    architecture: d.maybe { $0.text() },
                    temperature: d.maybe { _ in 41.5 },
                    voltage: d.maybe { _ in 24.1 }
                ),
                clockDrift: d.maybe { $0.span() },
                clockReadAt: d.maybe { $0.at() },
                clockWrongSince: d.maybe { $0.at() },
                trouble: d.maybe { $0.one(of: RouterTrouble.allCases) },
                troubleSince: d.maybe { $0.at() },
                revision: d.number()
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
