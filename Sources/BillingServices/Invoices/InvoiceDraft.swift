public import BillingDomain

/// What is entered about an invoice.
public struct InvoiceDraft: Hashable, Sendable {
    /// The customer who owes.
    public var customer: Identifier<Customer>
    /// The lines, 1…500, of one currency.
    public var lines: [InvoiceLine]
    /// What is taken off the sum of the lines.
    public var discount: Discount?
    /// How its taxes are worked out.
    public var taxRules: TaxRules

    /// A draft of the given parts.
    public init(
        customer: Identifier<Customer>,
        lines: [InvoiceLine],
        discount: Discount? = nil,
        taxRules: TaxRules = TaxRules()
    ) {
        self.customer = customer
        self.lines = lines
        self.discount = discount
        self.taxRules = taxRules
    }

    func currency() throws -> Currency {
        guard let first = lines.first, lines.count <= 500 else {
            throw BillingError.invalid("lines", "An invoice has 1 to 500 lines.")
        }
        return first.unitPrice.currency
    }

    var hasDiscount: Bool { discount != nil || lines.contains { $0.discount != nil } }

    var fingerprint: [String?] {
        [customer.description, discount.map { "\($0)" }, taxRules.rounding.rawValue, String(taxRules.pricesIncludeTax)]
            + lines.flatMap { line -> [String?] in
                [
                    line.text, line.subject, line.period?.description, String(line.quantity),
                    line.unitPrice.description, line.discount.map { "\($0)" },
                ] + line.taxes.flatMap { [$0.name, $0.rate.description] }
            }
    }
}
