import BillingDomain
import Testing

@testable import BillingPersistence

@Suite("The records of the trail, jobs and messages")
struct WorkRecordTests {
    @Test("the trail, jobs and messages read back in every field", arguments: 0..<50 as Range<UInt64>)
    func work(seed: UInt64) throws {
        var d = Draw(seed: seed)
        let entry = AuditEntry(
            id: d.id(),
            tenant: d.id(),
            at: d.at(),
            actor: d.actor(),
            action: d.text(),
            subject: d.text(),
            detail: d.text(),
            before: d.maybe { $0.text() },
            after: d.maybe { $0.text() },
            requestID: d.maybe { $0.text() },
            sourceAddress: d.maybe { $0.text() }
        )
        try checkRecord(AuditRow(entry, position: d.number(), digest: d.bytes()))
        let time = LocalTime("23:55:10") ?? LocalTime("00:00:00")
        let daily = time.map { JobSchedule.daily($0) } ?? .every(seconds: 1)
        try checkRecord(
            ScheduledJob(
                id: d.id(),
                tenant: d.id(),
                name: d.text(),
                schedule: d.flag() ? daily : .every(seconds: d.amount()),
                catchUp: d.one(of: ScheduledJob.CatchUp.allCases),
                isPaused: d.flag(),
                handledUntil: d.at(),
                createdAt: d.at(),
                revision: d.number()
            )
        )
        try checkRecord(
            JobRun(
                id: d.id(),
                tenant: d.id(),
                job: d.id(),
                dueAt: d.at(),
                term: d.number(),
                state: d.one(of: JobRun.State.allCases),
                attempts: d.count(),
                startedAt: d.at(),
                endedAt: d.maybe { $0.at() },
                detail: d.maybe { $0.text() },
                createdAt: d.at(),
                revision: d.number()
            )
        )
        let term = LeaderTerm(number: d.number(), owner: d.text(), electedAt: d.at(), until: d.at())
        try checkRecord(Leadership(term: term, revision: d.number()))
        let first = d.day()
        try checkRecord(
            SavedReport(
                id: d.id(),
                tenant: d.id(),
                kind: d.text(),
                days: DateRange(from: first, days: 1 + Int64(d.count() % 40)),
                edition: d.number(),
                content: d.text(),
                format: d.text(),
                actor: d.actor(),
                createdAt: d.at()
            )
        )
        try checkRecord(
            NotificationIntent(
                id: d.id(),
                tenant: d.id(),
                template: d.text(),
                recipient: d.text(),
                variables: [d.text(): d.text()],
                dedupeKey: d.text(),
                state: d.one(of: NotificationState.allCases),
                notBefore: d.at(),
                attempts: d.count(),
                claimedUntil: d.maybe { $0.at() },
                receipt: d.maybe { $0.text() },
                detail: d.maybe { $0.text() },
                createdAt: d.at(),
                endedAt: d.maybe { $0.at() },
                revision: d.number()
            )
        )
        try checkRecord(
            InboxMessage(
                id: d.id(),
                tenant: d.id(),
                source: d.text(),
                key: d.text(),
                digest: d.bytes(32),
                sealedHeaders: d.bytes(d.count() % 100),
                body: d.bytes(d.count() % 100),
                sourceAddress: d.maybe { $0.text() },
                state: d.one(of: InboxState.allCases),
                notBefore: d.at(),
                attempts: d.count(),
                claimedUntil: d.maybe { $0.at() },
                detail: d.maybe { $0.text() },
                createdAt: d.at(),
                endedAt: d.maybe { $0.at() },
                revision: d.number()
            )
        )
    }
}
