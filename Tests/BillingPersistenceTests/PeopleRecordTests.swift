import BillingDomain
import TestSupport
import Testing

@testable import BillingPersistence

/// Random values for the fields of a record.
private struct Draw {
    var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func id<Entity>() -> Identifier<Entity> { Identifier(high: generator.next(), low: generator.next()) }
    mutating func number() -> Int64 { Int64.random(in: .min ... .max, using: &generator) }
    mutating func count() -> Int { Int.random(in: 0...1_000_000, using: &generator) }
    mutating func flag() -> Bool { Bool.random(using: &generator) }
    mutating func at() -> Timestamp { Timestamp(microsecondsSince1970: number()) }
    mutating func span() -> Duration { .microseconds(Int64.random(in: 0...1 << 50, using: &generator)) }
    mutating func text() -> String { "é'\"\\ \(generator.next())" }
    mutating func bytes(_ count: Int = 32) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
    mutating func maybe<Value>(_ make: (inout Draw) -> Value) -> Value? { flag() ? make(&self) : nil }
    mutating func currency() -> Currency { flag() ? .ugx : .kes }
    mutating func amount() -> Int64 { Int64.random(in: 1...1_000_000_000, using: &generator) }
    mutating func money() -> Money { Money(minorUnits: amount(), currency: currency()) }
    mutating func one<Value>(of values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }
    mutating func actor() -> BillingDomain.Actor {
        one(of: [.staff(id()), .token(id()), .system("clean-up")])
    }
    mutating func assignment() -> StaffAssignment {
        StaffAssignment(
            routers: Set((0..<Int.random(in: 0...3, using: &generator)).map { _ in id() }),
            sites: Set((0..<Int.random(in: 0...3, using: &generator)).map { _ in id() })
        )
    }
    mutating func permissions() -> Set<Permission> { Set(Permission.allCases.filter { _ in flag() }) }
    mutating func location() -> RouterLocation? {
        guard flag() else { return nil }
        var location = RouterLocation(region: text(), district: text())
        if flag() { location.coordinates = try? .init(latitude: Double(count() % 90), longitude: -1.5) }
        return location
    }
    mutating func earner() -> CommissionEarner { flag() ? .staff(id()) : .agent(id()) }
    mutating func subject() -> SessionSubject { flag() ? .voucher(id()) : .service(id()) }
    mutating func day() -> LocalDate { LocalDate(daysSince1970: Int64.random(in: 0...40_000, using: &generator)) }
}

@Suite("The records of people, cash, jobs and messages")
struct PeopleRecordTests {
    /// Writes a record and reads it back: nothing is lost, and every column holds what the table says.
    private func check<Record: StoredRecord>(
        _ record: Record,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let row = record.row
        let columns = Record.table.columns
        #expect(row.count == columns.count, sourceLocation: sourceLocation)
        for (column, value) in zip(columns, row) {
            let fits: Bool =
                switch value {
                case .null: column.isOptional
                case .integer: column.kind == .integer
                case .real: column.kind == .real
                case .text: column.kind == .text
                case .bytes: column.kind == .bytes
                case .identity: column.kind == .identity
                }
            #expect(fits, "\(Record.table.name).\(column.name)", sourceLocation: sourceLocation)
        }
        #expect(try Record(row: row) == record, sourceLocation: sourceLocation)
    }

    @Test("people read back in every field", arguments: 0..<50 as Range<UInt64>)
    func people(seed: UInt64) throws {
        var d = Draw(seed: seed)
        let factor = d.maybe { d in
            SecondFactor(
                sealedSecret: d.bytes(40),
                confirmedAt: d.maybe { $0.at() },
                lastStep: d.maybe { $0.number() },
                recoveryDigests: (0..<(d.count() % 4)).map { _ in d.bytes() }
            )
        }
        try check(
            Staff(
                id: d.id(),
                tenant: d.id(),
                username: d.text(),
                passwordHash: d.text(),
                role: d.one(of: Role.allCases),
                customRole: d.maybe { $0.id() },
                displayName: d.maybe { $0.text() },
                email: d.maybe { $0.text() },
                phone: d.maybe { $0.text() },
                language: d.maybe { $0.text() },
                assignment: d.assignment(),
                isDisabled: d.flag(),
                mustChangePassword: d.flag(),
                passwordChangedAt: d.at(),
                secondFactor: factor,
                createdAt: d.at(),
                revision: d.number()
            )
        )
        try check(
            RoleDefinition(
                id: d.id(),
                tenant: d.id(),
                name: d.text(),
                permissions: d.permissions(),
                isArchived: d.flag(),
                createdAt: d.at(),
                revision: d.number()
            )
        )
        try check(
            APIToken(
                id: d.id(),
                tenant: d.id(),
                name: d.text(),
                digest: d.bytes(),
                role: d.one(of: Role.allCases),
                scopes: d.maybe { $0.permissions() },
                assignment: d.assignment(),
                createdAt: d.at(),
                expiresAt: d.maybe { $0.at() },
                lastUsedAt: d.maybe { $0.at() },
                revokedAt: d.maybe { $0.at() },
                revision: d.number()
            )
        )
        try check(
            SignInSession(
                id: d.id(),
                tenant: d.id(),
                staff: d.id(),
                digest: d.bytes(),
                createdAt: d.at(),
                expiresAt: d.at(),
                address: d.maybe { $0.text() },
                userAgent: d.maybe { $0.text() },
                revision: d.number()
            )
        )
        try check(
            SignInAttempt(
                id: d.id(),
                tenant: d.id(),
                at: d.at(),
                username: d.text(),
                staff: d.maybe { $0.id() },
                address: d.maybe { $0.text() },
                outcome: d.one(of: SignInAttempt.Outcome.allCases)
            )
        )
        let account = AccountThrottle(
            failures: d.count(),
            lastAttemptAt: d.maybe { $0.at() },
            notBefore: d.maybe { $0.at() }
        )
        try check(ThrottledAccount(id: d.id(), tenant: d.id(), throttle: account, revision: d.number()))
        let address = AddressThrottle(theoreticalArrival: d.maybe { $0.at() })
        try check(ThrottledAddress(id: d.id(), throttle: address, revision: d.number()))
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
        try check(tenant)
        try check(
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
        try check(
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
                lastSeen: d.maybe { $0.at() },
                lastSync: d.maybe { $0.at() },
                createdAt: d.at(),
                removedAt: d.maybe { $0.at() },
                revision: d.number()
            )
        )
        try check(
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
        try check(Settings(tenant: d.id(), values: [d.text(): d.text(), "a": ""], revision: d.number()))
        try check(
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
            day: d.day(),
            uptime: d.span(),
            bytesIn: d.number(),
            bytesOut: d.number()
        )
        try check(UsageDayRow(id: d.id(), usage: usage, revision: d.number()))
    }

    @Test("cash and commission read back in every field", arguments: 0..<50 as Range<UInt64>)
    func cash(seed: UInt64) throws {
        var d = Draw(seed: seed)
        let currency = d.currency()
        func money(_ d: inout Draw) -> Money { Money(minorUnits: d.number(), currency: currency) }
        try check(
            Shift(
                id: d.id(),
                tenant: d.id(),
                staff: d.id(),
                site: d.maybe { $0.id() },
                openingFloat: money(&d),
                sales: money(&d),
                refunds: money(&d),
                cashIn: money(&d),
                cashOut: money(&d),
                handedOver: money(&d),
                counted: d.maybe { money(&$0) },
                reason: d.maybe { $0.text() },
                state: d.one(of: ShiftState.allCases),
                endedBy: d.maybe { $0.actor() },
                createdAt: d.at(),
                countedAt: d.maybe { $0.at() },
                endedAt: d.maybe { $0.at() },
                revision: d.number()
            )
        )
        try check(
            CashMovement(
                id: d.id(),
                tenant: d.id(),
                shift: d.id(),
                at: d.at(),
                kind: d.one(of: CashMovement.Kind.allCases),
                amount: d.money(),
                actor: d.actor(),
                cause: d.text(),
                reason: d.text()
            )
        )
        try check(
            CommissionRule(
                id: d.id(),
                tenant: d.id(),
                earner: d.maybe { $0.earner() },
                package: d.maybe { $0.id() },
                reward: d.flag() ? .rate(basisPoints: d.count() % 10_001) : .amount(d.money()),
                moment: d.one(of: CommissionRule.Moment.allCases),
                createdAt: d.at(),
                endedAt: d.maybe { $0.at() },
                revision: d.number()
            )
        )
        try check(
            CommissionAccrual(
                id: d.id(),
                tenant: d.id(),
                earner: d.earner(),
                rule: d.id(),
                cause: d.text(),
                amount: money(&d),
                reverses: d.maybe { $0.id() },
                statement: d.maybe { $0.id() },
                createdAt: d.at(),
                revision: d.number()
            )
        )
        try check(
            CommissionStatement(
                id: d.id(),
                tenant: d.id(),
                number: d.number(),
                earner: d.earner(),
                total: d.money(),
                accrualCount: d.number(),
                before: d.at(),
                state: d.one(of: CommissionStatement.State.allCases),
                createdAt: d.at(),
                endedAt: d.maybe { $0.at() },
                revision: d.number()
            )
        )
        try check(
            Agent(
                id: d.id(),
                tenant: d.id(),
                name: d.text(),
                phone: d.maybe { $0.text() },
                email: d.maybe { $0.text() },
                staff: d.maybe { $0.id() },
                terms: d.flag() ? .prepaid : .consignment(ceiling: d.money()),
                state: d.one(of: Agent.State.allCases),
                createdAt: d.at(),
                revision: d.number()
            )
        )
    }

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
        try check(AuditRow(entry, position: d.number(), digest: d.bytes()))
        let time = LocalTime("23:55:10") ?? LocalTime("00:00:00")
        let daily = time.map { JobSchedule.daily($0) } ?? .every(seconds: 1)
        try check(
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
        try check(
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
        try check(Leadership(term: term, revision: d.number()))
        let first = d.day()
        try check(
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
        try check(
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
        try check(
            InboxMessage(
                id: d.id(),
                tenant: d.id(),
                source: d.text(),
                key: d.text(),
                headers: d.text(),
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
