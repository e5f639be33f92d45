import BillingDomain
import BillingPersistence
import BillingTesting
import Testing

/// Random values of the customers' and the money's side, every field of them set in some.
private struct Values {
    var random: SeededGenerator
    let tenant: Identifier<Tenant>
    let router: Identifier<Router>

    mutating func id<Entity>(_: Entity.Type = Entity.self) -> Identifier<Entity> {
        Identifier(high: random.next(), low: random.next())
    }
    mutating func flip() -> Bool { Bool.random(using: &random) }
    mutating func maybe<Value>(_ make: (inout Self) throws -> Value) rethrows -> Value? {
        flip() ? try make(&self) : nil
    }
    mutating func number(_ range: ClosedRange<Int64> = 0...1_000_000_000) -> Int64 {
        .random(in: range, using: &random)
    }
    mutating func time() -> Timestamp { Timestamp(microsecondsSince1970: number(-(1 << 60)...(1 << 60))) }
    mutating func text() -> String { String(number()) + " – “ä” \\ \u{1F4B3}\n" }
    mutating func line() -> String { String(number()) + " “ä”" }
    mutating func day() -> LocalDate { LocalDate(daysSince1970: number(-100_000...100_000)) }
    mutating func pick<Value>(_ values: [Value]) -> Value { values.randomElement(using: &random) ?? values[0] }
    mutating func money(_ currency: Currency = .ugx) -> Money {
        Money(minorUnits: number(1...1_000_000), currency: currency)
    }

    mutating func customer(_ index: Int) throws -> Customer {
        try Customer(
            id: id(),
            tenant: tenant,
            number: "C-\(index)",
            name: line(),
            contacts: [
                ContactPoint(.phone, "+256700\(number(100_000...999_999))", isPreferred: flip()),
                ContactPoint(.email, "a\(number())@example.org"), ContactPoint(.address, text()),
            ],
            location: try maybe {
                RouterLocation(
                    region: $0.line(),
                    district: $0.line(),
                    coordinates: try $0.maybe { try .init(latitude: Double($0.number(-90...90)), longitude: 0.1) }
                )
            },
            locale: maybe { _ in "en-UG" },
            site: maybe { $0.id() },
            notes: text(),
            tags: [text(), text()],
            status: pick(CustomerStatus.allCases),
            statusBeforeDisabling: maybe { $0.pick(CustomerStatus.allCases) },
            createdAt: time(),
            closedAt: maybe { $0.time() },
            erasedAt: maybe { $0.time() },
            revision: number(1...1_000)
        )
    }

    mutating func account(_ customer: Customer, _ index: Int) throws -> ServiceAccount {
        try ServiceAccount(
            id: id(),
            tenant: tenant,
            customer: customer.id,
            kind: pick(ServiceKind.allCases),
            router: router,
            username: "net\(index)",
            sealedPassword: (0..<20).map { _ in UInt8.random(in: 0...255, using: &random) },
            routerProfile: line(),
            staticAddress: maybe { _ in "10.0.0.7" },
            callerID: maybe { _ in "02:00:00:00:00:01" },
            access: pick(ServiceAccess.allCases),
            provisioning: pick(ProvisioningState.allCases),
            provisioningDetail: maybe { $0.text() },
            createdAt: time(),
            deletedAt: maybe { $0.time() },
            revision: number(1...1_000)
        )
    }

    mutating func terms() throws -> SubscriptionTerms {
        try SubscriptionTerms(
            packageName: text(),
            cycle: pick([.days(30), .weeks(2), .monthly, .dayOfMonth(20, everyMonths: 1)]),
            price: money(pick([.ugx, .kes, .usd])),
            routerProfile: line(),
            throttledProfile: maybe { $0.line() },
            graceDays: Int(number(0...90)),
            graceService: pick(GraceService.allCases),
            terminationDays: maybe { Int($0.number(0...3_660)) },
            extensionPolicy: pick(ExtensionPolicy.allCases),
            allowsPause: flip(),
            invoicesSuspendedTime: flip()
        )
    }

    mutating func subscription(_ customer: Customer, _ account: ServiceAccount) throws -> Subscription {
        let time = LocalDateTime(day(), LocalTime(secondOfDay: Int(number(0...86_399))))
        return Subscription(
            id: id(),
            tenant: tenant,
            customer: customer.id,
            serviceAccount: maybe { _ in account.id },
            kind: pick(ServiceKind.allCases),
            terms: try terms(),
            state: pick(SubscriptionState.allCases),
            anchor: maybe { _ in time },
            paidPeriods: number(),
            shift: .microseconds(number()),
            paidThrough: maybe { $0.time() },
            postponedUntil: maybe { $0.time() },
            postponementReason: maybe { $0.text() },
            haltedAt: maybe { $0.time() },
            suspensionCause: maybe { $0.pick(SuspensionCause.allCases) },
            reason: maybe { $0.text() },
            scheduledTerms: try maybe { try $0.terms() },
            endsWithPeriod: flip(),
            autoRenews: flip(),
            runs: [run(), run()],
            endedAt: maybe { $0.time() },
            createdAt: self.time(),
            revision: number(1...1_000)
        )
    }

    mutating func run() -> PeriodRun {
        PeriodRun(
            ground: pick([.payment(id()), .balance(id()), .grant(text())]),
            periods: number(),
            paid: money(.ugx),
            granted: money(.ugx),
            tax: money(.ugx),
            returned: money(.ugx),
            earned: money(.ugx),
            standing: pick(PeriodRun.Standing.allCases)
        )
    }

    mutating func invoice(_ customer: Customer, _ index: Int64) throws -> Invoice {
        let currency = pick([Currency.ugx, .kes])
        let tax = try TaxRate(name: "VAT", rate: Percentage(basisPoints: 1_800))
        let line = try InvoiceLine(
            text: text(),
            subject: maybe { $0.text() },
            period: maybe { DateRange(from: $0.day(), days: 30) },
            quantity: number(1...9),
            unitPrice: money(currency),
            discount: maybe { $0.flip() ? .amount($0.money(currency)) : .percentage(Percentage(basisPoints: 250)) },
            taxes: flip() ? [tax] : []
        )
        return try Invoice(
            id: id(),
            tenant: tenant,
            customer: customer.id,
            currency: currency,
            lines: [line, line],
            discount: maybe { _ in .percentage(Percentage(basisPoints: 1_000)) },
            taxRules: TaxRules(pricesIncludeTax: flip(), rounding: pick(TaxRules.Rounding.allCases)),
            state: pick(InvoiceState.allCases),
            number: maybe {
                DocumentNumber(
                    kind: .invoice,
                    year: $0.maybe { Int($0.number(2_000...2_100)) },
                    sequence: index,
                    text: "I\(index)"
                )
            },
            issueDate: maybe { $0.day() },
            dueDate: maybe { $0.day() },
            paid: money(currency),
            credited: money(currency),
            closingReason: maybe { $0.text() },
            createdAt: time(),
            revision: number(1...1_000)
        )
    }

    mutating func payment(_ customer: Customer, _ index: Int) throws -> Payment {
        let kinds: [PaymentEvent.Kind] = [
            .pending(reference: text()), .settled(amount: money(), fee: maybe { $0.money() }, reference: text()),
            .failed(reason: text()), .expired, .cancelled(reason: text()),
            .refundRequested(amount: money(), key: text()),
            .refunded(amount: money(), reference: text(), key: maybe { $0.text() }), .refundFailed(key: text()),
            .chargedBack(amount: money(), reference: text()),
            .released(captured: money(), foreign: [money()], by: text()),
        ]
        var events: [PaymentEvent] = []
        for kind in kinds where flip() { events.append(try PaymentEvent(kind, at: time())) }
        return try Payment(
            id: id(),
            tenant: tenant,
            customer: maybe { _ in customer.id },
            method: pick([.cash, .bankTransfer, .balance, .gateway("mpesa")]),
            amount: Money(minorUnits: 5_000_000, currency: .ugx),
            payerFee: maybe { $0.money() },
            purpose: pick([.topUp, .invoice(id()), .subscription(id()), .voucher(id())]),
            quoted: maybe { QuotedPrice(list: $0.money(), unit: try TaxedPrice(asked: $0.money())) },
            publicReference: "P\(index)",
            events: events,
            createdAt: time()
        )
    }
}

@Suite("Records of customers and their money")
struct CustomerRecordTests {
    @Test("every field is read back as it was written", arguments: 0..<8)
    func roundTrips(seed: UInt64) async throws {
        let store = InMemoryStore()
        let tenant = Identifier<Tenant>(high: 1, low: seed)
        let router = Identifier<Router>(high: 2, low: seed)
        let now = Timestamp(secondsSince1970: 1)
        try await store.write(.tenant(tenant)) { store in
            try store.insert(Tenant(id: tenant, name: "T", currency: .ugx, timeZone: "UTC", createdAt: now))
            try store.insert(
                Router(
                    id: router,
                    tenant: tenant,
                    name: "R",
                    host: "h",
                    port: 1,
                    username: "u",
                    sealedPassword: [],
                    createdAt: now
                )
            )
            func check<Record: StoredRecord>(_ record: Record) throws {
                try store.insert(record)
                #expect(try store.find(record.id) == record)
            }
            var values = Values(random: SeededGenerator(seed: seed), tenant: tenant, router: router)
            for index in 0..<25 {
                let customer = try values.customer(index)
                try check(customer)
                let account = try values.account(customer, index)
                try check(account)
                try check(values.subscription(customer, account))
                let invoice = try values.invoice(customer, Int64(index))
                try check(invoice)
                let creditNumber = DocumentNumber(kind: .creditNote, year: nil, sequence: 1, text: "CN\(index)")
                try check(
                    CreditNote(
                        id: values.id(),
                        tenant: tenant,
                        invoice: invoice.id,
                        number: creditNumber,
                        amount: values.money(),
                        reason: values.text(),
                        date: values.day(),
                        createdAt: values.time()
                    )
                )
                let payment = try values.payment(customer, index)
                try store.insert(payment)
                #expect(try store.payment(payment.id) == payment)
                #expect(try store.payment(publicReference: payment.publicReference) == payment)
                var heard = payment
                heard.record(try PaymentEvent(.failed(reason: "late"), at: values.time()))
                let updated = try store.update(heard)
                #expect(updated.revision == 2)
                #expect(try store.payment(payment.id) == updated)
                let share = PaymentAllocation.Share(invoice: invoice.id, amount: values.money())
                try check(
                    Receipt(
                        id: values.id(),
                        tenant: tenant,
                        number: DocumentNumber(kind: .receipt, year: 2_026, sequence: 7, text: "R\(index)"),
                        payment: payment.id,
                        customer: values.maybe { _ in customer.id },
                        method: payment.method,
                        amount: share.amount + values.money(),
                        allocation: PaymentAllocation(shares: [share], unapplied: .zero(.ugx)),
                        date: values.day(),
                        createdAt: values.time()
                    ).settled()
                )
                try check(
                    ExchangeRateRow(
                        id: values.id(),
                        tenant: tenant,
                        rate: ExchangeRate(
                            from: .usd,
                            to: .ugx,
                            mantissa: values.number(1...1_000_000),
                            scale: 3,
                            source: values.text(),
                            at: values.time()
                        )
                    )
                )
                try check(
                    InboxMessage(
                        id: values.id(),
                        tenant: tenant,
                        source: "gateway:mpesa",
                        key: "k\(index)",
                        digest: Array(values.text().utf8),
                        sealedHeaders: Array(values.text().utf8),
                        body: Array(values.text().utf8),
                        sourceAddress: values.maybe { $0.text() },
                        state: values.pick(InboxState.allCases),
                        notBefore: values.time(),
                        attempts: Int(values.number()),
                        claimedUntil: values.maybe { $0.time() },
                        detail: values.maybe { $0.text() },
                        createdAt: values.time(),
                        endedAt: values.maybe { $0.time() },
                        revision: values.number()
                    )
                )
            }
            for kind in DocumentKind.allCases {
                let pattern = try #require(NumberPattern("X-{YYYY}-{000}"))
                try check(
                    DocumentSeries(
                        id: values.id(),
                        tenant: tenant,
                        kind: kind,
                        pattern: pattern,
                        restartsYearly: values.flip(),
                        last: values.number(),
                        lastDate: values.maybe { $0.day() },
                        revision: 3
                    )
                )
            }
            for method in [PaymentMethod.cash, .gateway("mpesa")] {
                let fee = try FeeRule(
                    percentage: Percentage(basisPoints: 150),
                    fixed: values.money(),
                    bearer: values.pick(FeeBearer.allCases)
                )
                let terms = try PaymentTerms(
                    method: method,
                    currency: .ugx,
                    fee: fee,
                    minimum: values.maybe { $0.money() },
                    step: values.number(1...100),
                    isEnabled: values.flip()
                )
                try check(PaymentTermsRow(id: values.id(), tenant: tenant, terms: terms))
            }
        }
    }
}

extension Receipt {
    /// The same receipt with what its shares leave, as a store works it out.
    fileprivate func settled() throws -> Receipt {
        var rest = amount
        for share in allocation.shares { rest = try rest - share.amount }
        return try Receipt(
            id: id,
            tenant: tenant,
            number: number,
            payment: payment,
            customer: customer,
            method: method,
            amount: amount,
            allocation: PaymentAllocation(shares: allocation.shares, unapplied: rest),
            date: date,
            createdAt: createdAt
        )
    }
}
