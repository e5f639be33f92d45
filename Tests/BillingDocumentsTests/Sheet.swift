import BillingDocuments
import BillingDomain

/// Batches to print.
enum Sheet {
    static let codes = (0..<1_000).map { number in "Q7K2MXRT" + String(String(number + 10_000).suffix(4)) }

    static func terms(
        price: Money = Money(minorUnits: 2_500, currency: .ugx),
        validity: Duration? = .seconds(3 * 3_600),
        uptimeAllowance: Duration? = nil,
        dataQuota: Int64? = 1_610_612_736
    ) throws -> VoucherTerms {
        try VoucherTerms(
            validity: validity,
            uptimeAllowance: uptimeAllowance,
            dataQuota: dataQuota.map { try ByteQuota(bytes: $0) },
            price: price
        )
    }

    static func make(
        codes: [String] = Array(codes.prefix(2)),
        terms: VoucherTerms? = nil,
        packageName: String = "3 Hours",
        layout: SheetLayout = .a4(columns: 3, rows: 40),
        heading: String = "Lake View WiFi",
        settings: SheetSettings? = nil,
        activatedAt: Timestamp? = nil
    ) throws -> String {
        let start = Timestamp(secondsSince1970: 1_790_000_000)
        let terms = try terms ?? self.terms()
        let tenant = Identifier<Tenant>(timestamp: start, random: [1])
        let router = Identifier<Router>(timestamp: start, random: [2])
        let batch = VoucherBatch(
            id: Identifier(timestamp: start, random: [3]),
            tenant: tenant,
            package: nil,
            packageName: packageName,
            terms: terms,
            quantity: codes.count,
            router: router,
            createdBy: .system("test"),
            createdAt: start
        )
        let vouchers = try codes.enumerated().map { index, code in
            var voucher = Voucher(
                id: Identifier(high: 4, low: UInt64(index)),
                tenant: tenant,
                batch: batch.id,
                code: code,
                router: router,
                packageName: packageName,
                terms: terms,
                createdAt: start
            )
            if let activatedAt {
                try voucher.activate(at: activatedAt, evidence: .activeSession)
            }
            return voucher
        }
        let made = GeneratedBatch(batch, vouchers: vouchers)
        if let settings { return VoucherSheet(made, settings).html }
        return VoucherSheet(made, layout: layout, heading: heading).html
    }
}
