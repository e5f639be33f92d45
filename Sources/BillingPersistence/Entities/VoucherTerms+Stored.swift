public import BillingDomain

extension VoucherTerms {
    /// The columns that terms take in the table of whatever has them.
    static let columns: [RecordTable.Column] = [
        .text("validity").optional, .integer("uptime_allowance").optional, .integer("data_quota").optional,
        .text("quota_end"), .text("rate_limit").optional, .integer("shared_users"), .integer("locks_to_device"),
        .text("start_rule"), .text("expiry_action"), .integer("expiry_delay"), .text("schedule").optional,
        .integer("activate_after_creation").optional, .integer("activate_after_purchase").optional,
        .integer("use_after_activation").optional, .integer("price").notNegative, .integer("cost").optional,
        .text("currency"),
        .text("router_profile"),
    ]

    func encode(into row: inout RowEncoder) {
        row(validityPeriod)
        row(uptimeAllowance)
        row(dataQuota)
        row(quotaEnd)
        row(rateLimit)
        row(sharedUsers)
        row(locksToDevice)
        row(startRule)
        row(expiryRule.action)
        row(expiryRule.delay)
        row(schedule)
        row(deadlines.activateAfterCreation)
        row(deadlines.activateAfterPurchase)
        row(deadlines.useAfterActivation)
        row(price.minorUnits)
        row(cost?.minorUnits)
        row(price.currency)
        row(routerProfile)
    }

    init(from row: inout RowDecoder) throws {
        let validity: Validity? = try row()
        let uptimeAllowance: Duration? = try row()
        let dataQuota: ByteQuota? = try row()
        let quotaEnd: QuotaEndPolicy = try row()
        let rateLimit: RateLimit? = try row()
        let sharedUsers: Int = try row()
        let locksToDevice: Bool = try row()
        let startRule: StartRule = try row()
        let expiryRule = ExpiryRule(try row(), after: try row())
        let schedule: AccessSchedule? = try row()
        let deadlines = VoucherDeadlines(
            activateAfterCreation: try row(),
            activateAfterPurchase: try row(),
            useAfterActivation: try row()
        )
        let price: Int64 = try row()
        let cost: Int64? = try row()
        let currency: Currency = try row()
        try self.init(
            validityPeriod: validity,
            uptimeAllowance: uptimeAllowance,
            dataQuota: dataQuota,
            quotaEnd: quotaEnd,
            rateLimit: rateLimit,
            sharedUsers: sharedUsers,
            locksToDevice: locksToDevice,
            startRule: startRule,
            expiryRule: expiryRule,
            schedule: schedule,
            deadlines: deadlines,
            price: Money(minorUnits: price, currency: currency),
            cost: cost.map { Money(minorUnits: $0, currency: currency) },
            routerProfile: try row()
        )
    }
}

extension Validity: StorableText {}
extension QuotaEndPolicy: StorableText {}
extension AccessSchedule: StorableText {}
extension ExpiryRule.Action: StorableText {}
extension StartRule: StorableWord {}

extension RateLimit: StorableValue {
    /// Text.
    public static var columnKind: ColumnKind { .text }

    /// The text that a router takes.
    public var storeValue: StoreValue { .text(description) }

    /// Reads the text that a router takes.
    public init(storeValue: StoreValue) throws {
        let text = try String(storeValue: storeValue)
        do {
            try self.init(text)
        } catch {
            throw PersistenceError.unreadable("RateLimit")
        }
    }
}

extension Money {
    /// Reads an amount that may be missing from its two columns.
    init?(optionalFrom row: inout RowDecoder) throws {
        let units: Int64? = try row()
        let currency: Currency? = try row()
        guard let units, let currency else { return nil }
        self.init(minorUnits: units, currency: currency)
    }
}
