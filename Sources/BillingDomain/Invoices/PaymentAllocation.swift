/// How an amount of money is divided among open invoices.
public struct PaymentAllocation: Hashable, Sendable {
    /// What one invoice gets.
    public struct Share: Hashable, Sendable {
        /// The invoice.
        public let invoice: Identifier<Invoice>

        /// What it gets, above zero and never more than is owed on it.
        public let amount: Money

        /// Recreates a stored share.
        public init(invoice: Identifier<Invoice>, amount: Money) {
            self.invoice = invoice
            self.amount = amount
        }
    }

    /// What each invoice gets, in the order in which they are paid.
    public let shares: [Share]

    /// What is left: credit of the customer.
    public let unapplied: Money

    /// Recreates a stored allocation.
    public init(shares: [Share], unapplied: Money) {
        self.shares = shares
        self.unapplied = unapplied
    }

    /// Divides an amount: the invoice due first is paid first, and the one entered first among equals.
    ///
    /// Where the payer said what to pay, only that is paid, in that order, and the rest is left.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a negative amount, with
    ///   ``DomainError/Code/currencyMismatch`` for an invoice of another currency.
    public init(
        of amount: Money,
        to open: [OpenInvoice],
        directedTo directed: [Identifier<Invoice>]? = nil
    ) throws(DomainError) {
        guard !amount.isNegative else {
            throw DomainError(.invalidValue, field: "amount", "What is divided is not negative.")
        }
        var queue = open.sorted { ($0.dueDate, $0.invoice) < ($1.dueDate, $1.invoice) }
        if let directed {
            queue = directed.compactMap { wanted in open.first { $0.invoice == wanted } }
        }
        var rest = amount
        var shares: [Share] = []
        var served: Set<Identifier<Invoice>> = []
        for item in queue where served.insert(item.invoice).inserted {
            let share = try Money.smaller(rest, item.outstanding)
            guard share.minorUnits > 0 else { continue }
            shares.append(Share(invoice: item.invoice, amount: share))
            rest = try rest - share
        }
        self.shares = shares
        unapplied = rest
    }
}
