import BillingDomain
import BillingPersistence
import BillingTesting
import Testing

@Suite("Vouchers and what belongs to them, in and out of a store")
struct VoucherRoundTripTests {
    @Test("nothing of them is lost, whatever they hold", arguments: 0..<40 as Range<UInt64>)
    func everyFieldComesBack(seed: UInt64) async throws {
        let world = VoucherWorld(seed: seed)
        let store = InMemoryStore()
        let tenant = Tenant(
            id: world.identity(),
            name: "T",
            currency: .ugx,
            timeZone: "UTC",
            createdAt: world.instant()
        )
        let router = Router(
            id: world.identity(),
            tenant: tenant.id,
            name: "R",
            host: "h",
            port: 1,
            username: "u",
            sealedPassword: [1],
            createdAt: world.instant()
        )
        let package = try world.package(of: tenant.id)
        let batch = try world.batch(of: tenant.id, package.id, router.id)
        let voucher = try world.voucher(in: batch)
        let entitlement = try world.entitlement(of: voucher)
        let device = try world.device(of: voucher)
        try await store.write(.tenant(tenant.id)) { store in
            try store.insert(tenant)
            try store.insert(router)
            try store.insert(package)
            try store.insert(batch)
            try store.insert(voucher)
            try store.insert(entitlement)
            try store.insert(device)
        }
        try await store.read(.tenant(tenant.id)) { (store: any StoreReader) throws -> Void in
            #expect(try store.find(package.id) == package)
            #expect(try store.find(batch.id) == batch)
            #expect(try store.find(voucher.id) == voucher)
            #expect(try store.find(voucher.id)?.password?.value == voucher.password?.value)
            #expect(try store.entitlements(of: voucher.id) == [entitlement])
            #expect(try store.devices(of: voucher.id) == [device])
        }
        // The same through an update, with everything else changed.
        var other = try world.voucher(in: batch, like: voucher)
        other.revision = voucher.revision
        try await store.write(.tenant(tenant.id)) { [other] in _ = try $0.update(other) }
        other.revision += 1
        let stored = try await store.read(.tenant(tenant.id)) { try $0.find(voucher.id) }
        #expect(stored == other)
    }
}

/// Random values of the entities around vouchers.
final class VoucherWorld {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed &* 0x9E37_79B9 &+ 1) }

    func identity<Entity>() -> Identifier<Entity> {
        Identifier(high: generator.next(), low: generator.next())
    }

    func instant() -> Timestamp {
        Timestamp(microsecondsSince1970: Int64.random(in: 0...4_000_000_000_000_000, using: &generator))
    }

    private func maybe<Value>(_ value: @autoclosure () throws -> Value) rethrows -> Value? {
        let value = try value()
        return Bool.random(using: &generator) ? value : nil
    }

    private func time() -> Duration {
        .microseconds(Int64.random(in: 1...3_000_000_000_000, using: &generator))
    }

    private func word() -> String { "w\(generator.next() % 1_000_000) ü" }

    private func one<Values: Collection>(of values: Values) throws -> Values.Element {
        try #require(values.randomElement(using: &generator))
    }

    private func number(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &generator) }

    func terms() throws -> VoucherTerms {
        let currency: Currency = try one(of: [.ugx, .usd, .kes])
        let locks = Bool.random(using: &generator)
        let validity = try one(of: [
            Validity.elapsed(time()), .days(Int(number(1...300))), .weeks(Int(number(1...50))),
            .months(Int(number(1...12))), .untilDayOfMonth(Int(number(1...31)), months: Int(number(1...3))),
        ])
        let quotaEnd = try one(of: [QuotaEndPolicy.cut, .throttle(profile: word()), .topUp])
        let action = try one(of: [ExpiryRule.Action.keep, .notice, .remove, .moveTo(profile: word())])
        let rates = try RateLimit.Rates(rx: number(1...1_000_000_000), tx: number(1...1_000) * 1_000_000)
        let burst = try RateLimit.Burst(
            rates: RateLimit.Rates(rx: number(2...9) * 1_000_000_000, tx: number(1_000...2_000) * 1_000_000),
            threshold: RateLimit.Rates(rx: number(1...9), tx: number(1...9) * 1_000),
            rxSeconds: Int(number(1...3600)),
            txSeconds: Int(number(1...3600))
        )
        let window = AccessSchedule.Window(
            Set(try (0...Int(number(0...3))).map { _ in try one(of: Weekday.allCases) }),
            from: try #require(LocalTime("08:00:00")),
            to: try one(of: [LocalTime("17:30:00"), LocalTime("02:00:01")].compactMap { $0 })
        )
        let none = AccessSchedule.Window([], from: window.start, to: window.end)
        return try VoucherTerms(
            validityPeriod: maybe(validity),
            uptimeAllowance: maybe(time()),
            dataQuota: try maybe(try ByteQuota(bytes: number(1...1_000_000_000_000))),
            quotaEnd: quotaEnd,
            rateLimit: try maybe(try RateLimit(rates, burst: maybe(burst))),
            sharedUsers: locks ? 1 : Int(number(1...1000)),
            locksToDevice: locks,
            startRule: one(of: StartRule.allCases),
            expiryRule: ExpiryRule(action, after: maybe(time()) ?? .zero),
            schedule: try maybe(try AccessSchedule([window, none])),
            deadlines: VoucherDeadlines(
                activateAfterCreation: maybe(time()),
                activateAfterPurchase: maybe(time()),
                useAfterActivation: maybe(time())
            ),
            price: Money(minorUnits: number(0...1_000_000), currency: currency),
            cost: maybe(Money(minorUnits: number(0...1_000_000), currency: currency)),
            routerProfile: word()
        )
    }

    func package(of tenant: Identifier<Tenant>) throws -> Package {
        Package(
            id: identity(),
            tenant: tenant,
            name: word(),
            kind: try one(of: PackageKind.allCases),
            description: word(),
            terms: try terms(),
            priceRules: [
                try PriceRule(from: Int(number(1...100)), .unitPrice(number(0...1_000))),
                try PriceRule(from: Int(number(1...100)), .discount(basisPoints: Int(number(0...10_000)))),
            ],
            isVisible: Bool.random(using: &generator),
            isArchived: Bool.random(using: &generator),
            createdAt: instant()
        )
    }

    func batch(
        of tenant: Identifier<Tenant>,
        _ package: Identifier<Package>,
        _ router: Identifier<Router>
    ) throws -> VoucherBatch {
        VoucherBatch(
            id: identity(),
            tenant: tenant,
            package: maybe(package),
            packageName: word(),
            terms: try terms(),
            quantity: Int(number(1...100_000)),
            router: router,
            codeStyle: try VoucherCodeStyle(
                alphabet: one(of: [.unambiguous, .digits, .letters, .alphanumerics]),
                length: Int(number(4...30)),
                prefix: one(of: ["", "BIL-", "x9"]),
                hasCheckSymbol: Bool.random(using: &generator)
            ),
            activateBy: maybe(instant()),
            createdBy: try one(of: [.staff(identity()), .token(identity()), .system("import")]),
            createdAt: instant()
        )
    }

    /// A voucher; `like` another it keeps what never changes.
    func voucher(in batch: VoucherBatch, like other: Voucher? = nil) throws -> Voucher {
        let terms = try terms()
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: terms.price.currency) }
        let counters = (0..<3).map { _ in
            VoucherUsage.Counters(uptime: time(), bytesIn: number(0...1_000_000), bytesOut: number(0...1_000_000))
        }
        return Voucher(
            id: other?.id ?? identity(),
            tenant: batch.tenant,
            batch: batch.id,
            code: other?.code ?? "C\(generator.next() % 1_000_000_000)",
            password: other == nil ? try maybe(try VoucherPassword("p\(generator.next())")) : other?.password,
            router: batch.router,
            package: other == nil ? batch.package : other?.package,
            packageName: word(),
            terms: terms,
            customer: maybe(word()),
            customerID: maybe(identity()),
            commercial: try one(of: [.generated, .reserved, .sold, .refunded, .writtenOff]),
            access: try one(of: AccessState.allCases),
            provisioning: try one(of: ProvisioningState.allCases),
            provisioningDetail: maybe(word()),
            createdAt: other?.createdAt ?? instant(),
            reservedFor: maybe(word()),
            reservedUntil: maybe(instant()),
            soldAt: maybe(instant()),
            soldBy: maybe(.staff(identity())),
            soldFor: maybe(money(number(0...1_000))),
            paidInto: maybe(.bank),
            paidFromGrant: maybe(money(number(0...1_000))),
            saleEntry: maybe(word()),
            refundedAt: maybe(instant()),
            refundedAmount: maybe(money(number(0...1_000))),
            activatedAt: maybe(instant()),
            activationEvidence: try maybe(try one(of: ActivationEvidence.allCases)),
            activationNotBefore: maybe(instant()),
            validBeforeLogin: maybe(instant()),
            expiresAt: maybe(instant()),
            activateByExtended: maybe(instant()),
            extraBytes: number(0...1_000_000),
            extraUptime: time(),
            extensionCount: Int(number(0...9)),
            lockedDevice: maybe(DeviceAddress("AA:BB:CC:00:11:22")) ?? nil,
            endedAt: maybe(instant()),
            cleanedUpAt: maybe(instant()),
            usage: VoucherUsage(
                totals: counters[0],
                base: counters[1],
                settled: counters[2],
                lastSeenAt: maybe(instant())
            )
        )
    }

    func entitlement(of voucher: Voucher) throws -> VoucherEntitlement {
        let id: Identifier<VoucherEntitlement> = identity()
        return VoucherEntitlement(
            id: id,
            tenant: voucher.tenant,
            voucher: voucher.id,
            grant: try VoucherGrant(
                time: maybe(.months(Int(number(1...12)))),
                policy: one(of: VoucherGrant.Policy.allCases),
                bytes: try maybe(try ByteQuota(bytes: number(1...1_000_000))),
                uptime: time()
            ),
            previousEnd: maybe(instant()),
            newEnd: maybe(instant()),
            previousAccess: try one(of: AccessState.allCases),
            actor: .token(identity()),
            cause: word(),
            paid: maybe(
                VoucherPayment(
                    Money(minorUnits: number(1...1_000), currency: .ugx),
                    account: maybe(.bank),
                    granted: Money(minorUnits: number(0...1_000), currency: .ugx),
                    entry: VoucherEntitlement.entry(of: id)
                )
            ),
            createdAt: instant()
        )
    }

    func device(of voucher: Voucher) throws -> VoucherDevice {
        let first = instant()
        return VoucherDevice(
            id: identity(),
            tenant: voucher.tenant,
            voucher: voucher.id,
            address: try #require(DeviceAddress("AA:BB:CC:00:11:22")),
            firstSeenAt: first,
            lastSeenAt: first + time()
        )
    }
}
