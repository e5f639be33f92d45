package import BillingDomain
package import BillingPersistence

/// Small records with predictable identities, for the tests of every store: the number decides everything.
package enum Samples {
    package static let start = Timestamp(secondsSince1970: 1_767_225_600)

    package static func id<Entity>(_ number: Int, _ type: Entity.Type = Entity.self) -> Identifier<Entity> {
        Identifier(high: UInt64(number) << 16 | 0x7000, low: 0x8000_0000_0000_0000 | UInt64(number))
    }

    package static func time(_ seconds: Int) -> Timestamp { start + .seconds(seconds) }

    package static func tenant(_ number: Int = 1, currency: Currency = .ugx) -> Tenant {
        Tenant(
            id: id(number),
            name: "Tenant \(number)",
            currency: currency,
            timeZone: "Africa/Kampala",
            createdAt: time(number)
        )
    }

    package static func router(_ number: Int = 1, tenant: Int = 1) -> Router {
        Router(
            id: id(number),
            tenant: id(tenant),
            name: "Router \(number)",
            host: "10.0.0.\(number)",
            username: "api",
            sealedPassword: [1, 2, 3],
            createdAt: time(number)
        )
    }

    package static func terms(_ price: Int64 = 2500) throws -> VoucherTerms {
        try VoucherTerms(
            validity: .seconds(3 * 3600),
            dataQuota: try .mebibytes(1536),
            price: Money(minorUnits: price, currency: .ugx),
            routerProfile: "3h"
        )
    }

    package static func package(_ number: Int = 1, tenant: Int = 1, name: String? = nil) throws -> Package {
        Package(
            id: id(number),
            tenant: id(tenant),
            name: name ?? "Package \(number)",
            terms: try terms(),
            cost: Money(minorUnits: 100, currency: .ugx),
            createdAt: time(number)
        )
    }

    package static func batch(
        _ number: Int = 1,
        tenant: Int = 1,
        router: Int = 1,
        quantity: Int = 1,
        at seconds: Int? = nil
    ) throws -> VoucherBatch {
        VoucherBatch(
            id: id(number),
            tenant: id(tenant),
            package: nil,
            terms: try terms(),
            quantity: quantity,
            router: id(router),
            codeStyle: try VoucherCodeStyle(prefix: "BIL"),
            createdBy: .staff(id(1)),
            createdAt: time(seconds ?? number)
        )
    }

    package static func voucher(_ number: Int = 1, tenant: Int = 1, batch: Int = 1, router: Int = 1) throws -> Voucher {
        Voucher(
            id: id(number),
            tenant: id(tenant),
            batch: id(batch),
            code: "Code-\(number)",
            router: id(router),
            packageName: "3 Hours",
            terms: try terms(),
            createdAt: time(number)
        )
    }

    package static func staff(_ number: Int = 1, tenant: Int = 1, username: String? = nil) -> Staff {
        Staff(
            id: id(number),
            tenant: id(tenant),
            username: username ?? "user\(number)",
            passwordHash: "scrypt$…",
            role: .cashier,
            createdAt: time(number)
        )
    }

    package static func token(_ number: Int = 1, tenant: Int = 1) -> APIToken {
        APIToken(
            id: id(number),
            tenant: id(tenant),
            name: "Token \(number)",
            digest: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 32),
            role: .manager,
            createdAt: time(number)
        )
    }

    package static func session(_ number: Int = 1, tenant: Int = 1, staff: Int = 1) -> SignInSession {
        SignInSession(
            id: id(number),
            tenant: id(tenant),
            staff: id(staff),
            digest: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 32),
            createdAt: time(number),
            expiresAt: time(number + 3600)
        )
    }

    package static func audit(_ number: Int = 1, tenant: Int = 1) -> AuditEntry {
        AuditEntry(
            id: id(number),
            tenant: id(tenant),
            at: time(number),
            actor: .system("test"),
            action: "voucher.generate",
            subject: "batch:\(number)",
            detail: "“quoted” é\u{1}"
        )
    }

    /// A cash sale of `amount` by member of staff 1.
    package static func sale(_ number: Int = 1, tenant: Int = 1, amount: Int64 = 2500, at seconds: Int? = nil) throws
        -> LedgerEntry
    {
        let money = Money(minorUnits: amount, currency: .ugx)
        return try LedgerEntry(
            id: id(number),
            tenant: id(tenant),
            at: time(seconds ?? number),
            cause: "sale:\(number)",
            idempotencyKey: "sale-\(number)",
            actor: .staff(id(1)),
            postings: [.debit(.cash(id(1)), money), try .credit(.deferredVouchers, money)]
        )
    }

    package static func job(
        _ number: Int = 1,
        tenant: Int = 1,
        router: Int = 1,
        voucher: Int? = nil,
        urgency: OutboxJob.Urgency = .ordinary
    ) -> OutboxJob {
        OutboxJob(
            id: id(number),
            tenant: id(tenant),
            router: id(router),
            subject: .voucher(id(voucher ?? number)),
            urgency: urgency,
            enqueuedAt: time(0)
        )
    }

    package static func record(_ key: String, _ number: Int = 1, tenant: Int? = 1) -> IdempotencyRecord {
        IdempotencyRecord(
            id: id(number),
            tenant: tenant.map { id($0) },
            key: key,
            fingerprint: [9, 9],
            result: "done",
            createdAt: start
        )
    }
}
