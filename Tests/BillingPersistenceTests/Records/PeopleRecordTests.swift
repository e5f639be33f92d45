import BillingDomain
import Testing

@testable import BillingPersistence

@Suite("The records of people")
struct PeopleRecordTests {
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
        try checkRecord(
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
        try checkRecord(
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
        try checkRecord(
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
        try checkRecord(
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
        try checkRecord(
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
        try checkRecord(ThrottledAccount(id: d.id(), tenant: d.id(), throttle: account, revision: d.number()))
        let address = AddressThrottle(theoreticalArrival: d.maybe { $0.at() })
        try checkRecord(ThrottledAddress(id: d.id(), throttle: address, revision: d.number()))
    }
}
