import BillingDomain

enum Samples {
    static let start = Timestamp(secondsSince1970: 1_767_225_600)

    static func id<Entity>(_ number: UInt64, _ type: Entity.Type = Entity.self) -> Identifier<Entity> {
        Identifier(high: number, low: number)
    }

    static func terms(
        validityPeriod: Validity? = .elapsed(.seconds(3 * 3600)),
        uptimeAllowance: Duration? = nil,
        dataQuota: ByteQuota? = nil,
        quotaEnd: QuotaEndPolicy = .cut,
        locksToDevice: Bool = false,
        startRule: StartRule = .onFirstLogin,
        expiryRule: ExpiryRule = .remove,
        deadlines: VoucherDeadlines = .none
    ) throws -> VoucherTerms {
        try VoucherTerms(
            validityPeriod: validityPeriod,
            uptimeAllowance: uptimeAllowance,
            dataQuota: dataQuota,
            quotaEnd: quotaEnd,
            locksToDevice: locksToDevice,
            startRule: startRule,
            expiryRule: expiryRule,
            deadlines: deadlines,
            price: Money(minorUnits: 250, currency: .usd)
        )
    }

    static func voucher(
        terms: VoucherTerms? = nil,
        commercial: CommercialState = .generated,
        access: AccessState = .unused,
        provisioning: ProvisioningState = .pending
    ) throws -> Voucher {
        let terms =
            try terms
            ?? VoucherTerms(
                validity: .seconds(3 * 3600),
                dataQuota: .mebibytes(1536),
                price: Money(minorUnits: 250, currency: .usd)
            )
        let wasActivated = access == .active || access == .expired || access == .depleted
        return Voucher(
            id: id(1),
            tenant: id(1),
            batch: id(1),
            code: "BIL-A7K2",
            router: id(1),
            terms: terms,
            commercial: commercial,
            access: access,
            provisioning: provisioning,
            createdAt: start,
            reservedFor: commercial == .reserved ? "payment:1" : nil,
            reservedUntil: commercial == .reserved ? start + .seconds(600) : nil,
            activatedAt: wasActivated ? start : nil,
            activationEvidence: wasActivated ? .userCounters : nil,
            expiresAt: wasActivated ? start + .seconds(3 * 3600) : nil
        )
    }
}
