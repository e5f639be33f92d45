import BillingDomain

extension VoucherTerms {
    /// The columns that terms take in the table of whatever has them.
    static let columns: [RecordTable.Column] = [
        .integer("validity").optional, .integer("uptime_allowance").optional, .integer("data_quota").optional,
        .integer("price"), .text("currency"), .text("router_profile"),
    ]

    func encode(into row: inout RowEncoder) {
        row(validity)
        row(uptimeAllowance)
        row(dataQuota)
        row(price.minorUnits)
        row(price.currency)
        row(routerProfile)
    }

    init(from row: inout RowDecoder) throws {
        try self.init(
            validity: try row(),
            uptimeAllowance: try row(),
            dataQuota: try row(),
            price: Money(minorUnits: try row(), currency: try row()),
            routerProfile: try row()
        )
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
