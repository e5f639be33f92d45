/// A demand for payment.
///
/// It may be rewritten while it is a draft. From then on it is corrected by credit notes only. Moves:
///
/// | move | draft | issued | partly paid | paid | void | written off |
/// |---|---|---|---|---|---|---|
/// | rewrite | stays | – | – | – | – | – |
/// | issue | issued, or paid if nothing is due | – | – | – | – | – |
/// | pay, credit | – | partly paid or paid | stays or paid | – | – | – |
/// | reversePayment | – | – | issued or stays | issued or partly paid | – | – |
/// | void | void | void | – | – | – | – |
/// | writeOff | – | written off | written off | – | – | – |
///
/// Every other move throws ``DomainError`` with ``DomainError/Code/illegalMove`` and changes nothing.
public struct Invoice: Hashable, Sendable {
    /// The identity of the invoice.
    public let id: Identifier<Invoice>

    /// The tenant that demands.
    public let tenant: Identifier<Tenant>

    /// The customer who owes.
    public let customer: Identifier<Customer>

    /// The currency of all its amounts.
    public let currency: Currency

    /// The lines.
    public private(set) var lines: [InvoiceLine]

    /// What is taken off the sum of the lines.
    public private(set) var discount: Discount?

    /// How its taxes are worked out.
    public private(set) var taxRules: TaxRules

    /// Where it stands.
    public private(set) var state: InvoiceState

    /// The number it was given when it was issued.
    public private(set) var number: DocumentNumber?

    /// The day it was issued, in the tenant's zone.
    public private(set) var issueDate: LocalDate?

    /// The day it is due.
    public private(set) var dueDate: LocalDate?

    /// What was paid on it.
    public private(set) var paid: Money

    /// What credit notes took back.
    public private(set) var credited: Money

    /// Why it was withdrawn or given up.
    public private(set) var closingReason: String?

    /// The invoice that was paid late, where this one demands the fee for it.
    public let lateFor: Identifier<Invoice>?

    /// What of it was recognised as revenue since it was issued.
    public internal(set) var earned: Money

    /// Whether something of it is still to be earned.
    public internal(set) var isEarning: Bool

    /// When it was begun.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a draft, or recreates a stored invoice.
    ///
    /// - Throws: As ``InvoiceTotals/init(of:discount:rules:in:)`` does for its lines, and ``DomainError`` with
    ///   ``DomainError/Code/currencyMismatch`` for other amounts of another currency.
    public init(
        id: Identifier<Invoice>,
        tenant: Identifier<Tenant>,
        customer: Identifier<Customer>,
        currency: Currency,
        lines: [InvoiceLine],
        discount: Discount? = nil,
        taxRules: TaxRules = TaxRules(),
        state: InvoiceState = .draft,
        number: DocumentNumber? = nil,
        issueDate: LocalDate? = nil,
        dueDate: LocalDate? = nil,
        paid: Money? = nil,
        credited: Money? = nil,
        closingReason: String? = nil,
        lateFor: Identifier<Invoice>? = nil,
        earned: Money? = nil,
        isEarning: Bool = false,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) throws(DomainError) {
        let totals = try InvoiceTotals(of: lines, discount: discount, rules: taxRules, in: currency)
        self.id = id
        self.tenant = tenant
        self.customer = customer
        self.currency = currency
        self.lines = lines
        self.discount = discount
        self.taxRules = taxRules
        self.state = state
        self.number = number
        self.issueDate = issueDate
        self.dueDate = dueDate
        self.paid = try .zero(currency) + (paid ?? .zero(currency))
        self.credited = try .zero(currency) + (credited ?? .zero(currency))
        self.closingReason = closingReason
        self.lateFor = lateFor
        self.earned = try .zero(currency) + (earned ?? .zero(currency))
        self.isEarning = isEarning
        self.totals = totals
        self.createdAt = createdAt
        self.revision = revision
    }

    /// What its lines come to.
    public private(set) var totals: InvoiceTotals

    /// What is still owed on it: zero unless it is issued or partly paid.
    public var outstanding: Money {
        guard state.isOpen else { return .zero(currency) }
        let settled = paid.minorUnits.saturatingAdding(credited.minorUnits)
        return Money(minorUnits: max(0, totals.total.minorUnits.saturatingSubtracting(settled)), currency: currency)
    }
}

extension Invoice {
    /// Draft stays: other lines, discount and rules.
    public mutating func rewrite(
        lines: [InvoiceLine],
        discount: Discount? = nil,
        taxRules: TaxRules? = nil
    ) throws(DomainError) {
        guard state == .draft else { throw illegal("rewrite", "it is issued; correct it with a credit note") }
        let rules = taxRules ?? self.taxRules
        totals = try InvoiceTotals(of: lines, discount: discount, rules: rules, in: currency)
        self.lines = lines
        self.discount = discount
        self.taxRules = rules
    }

    /// draft → issued, or paid if nothing is due: it gets its number and its dates.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` for anything but a draft with lines, with
    ///   ``DomainError/Code/invalidValue`` for the number of another kind of document or a due date before the issue.
    public mutating func issue(
        _ number: DocumentNumber,
        on date: LocalDate,
        due: LocalDate
    ) throws(DomainError) {
        guard state == .draft else { throw illegal("issue", "only a draft can be") }
        guard !lines.isEmpty else { throw illegal("issue", "it has no lines") }
        guard number.kind == .invoice else {
            throw DomainError(.invalidValue, field: "number", "\(number) is the number of a \(number.kind.rawValue).")
        }
        guard due >= date else {
            throw DomainError(.invalidValue, field: "due", "An invoice is not due before it is issued.")
        }
        self.number = number
        issueDate = date
        dueDate = due
        state = totals.total.isZero ? .paid : .issued
        isEarning = lateFor == nil && !totals.net.isZero
    }

    /// issued or partly paid → partly paid or paid.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` in any other state, with
    ///   ``DomainError/Code/invalidValue`` for an amount that is not above zero or above ``outstanding``.
    public mutating func pay(_ amount: Money) throws(DomainError) {
        try checkShare(amount, "pay")
        paid = try paid + amount
        settleState()
    }

    /// issued or partly paid → partly paid or paid: a credit note takes back a part of what is still owed.
    ///
    /// What is paid already goes back as a refund, not as a credit note.
    ///
    /// - Throws: As ``pay(_:)`` does, and ``DomainError`` with ``DomainError/Code/invalidValue`` for the credit note of
    ///   another invoice.
    public mutating func credit(_ note: CreditNote) throws(DomainError) {
        guard note.invoice == id else {
            throw DomainError(.invalidValue, field: "invoice", "Credit note \(note.number) is for another invoice.")
        }
        try checkShare(note.amount, "credit")
        credited = try credited + note.amount
        settleState()
    }

    /// partly paid or paid → issued or partly paid: a payment was taken back.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` in any other state, with
    ///   ``DomainError/Code/invalidValue`` for an amount that is not above zero or above what was paid.
    public mutating func reversePayment(of amount: Money) throws(DomainError) {
        guard state == .partlyPaid || state == .paid else { throw illegal("reverse a payment of", "nothing is paid") }
        guard amount.minorUnits > 0, try !(paid - amount).isNegative else {
            throw DomainError(.invalidValue, field: "amount", "At most \(paid) was paid and can be reversed.")
        }
        paid = try paid - amount
        settleState()
    }

    /// draft or issued → void: withdrawn, with a reason; a number that was given stays used.
    public mutating func void(reason: String) throws(DomainError) {
        guard state == .draft || state == .issued else { throw illegal("void", "credit or refund what is settled") }
        try close(as: .void, reason: reason)
        isEarning = false
    }

    /// issued or partly paid → written off: what is owed is given up, with a reason.
    public mutating func writeOff(reason: String) throws(DomainError) {
        guard state.isOpen else { throw illegal("write off", "nothing is owed on it") }
        try close(as: .writtenOff, reason: reason)
    }

    private mutating func close(as final: InvoiceState, reason: String) throws(DomainError) {
        guard (1...500).contains(reason.utf8.count) else {
            throw DomainError(.invalidValue, field: "reason", "A reason has 1 to 500 bytes.")
        }
        state = final
        closingReason = reason
    }

    private func checkShare(_ amount: Money, _ move: String) throws(DomainError) {
        guard state.isOpen else { throw illegal(move, "nothing is owed on it") }
        guard amount.minorUnits > 0, try !(outstanding - amount).isNegative else {
            throw DomainError(
                .invalidValue,
                field: "amount",
                "\(outstanding) is owed; \(amount) cannot be settled on it."
            )
        }
    }

    private mutating func settleState() {
        let settled = paid.minorUnits.saturatingAdding(credited.minorUnits)
        state = settled == 0 ? .issued : settled >= totals.total.minorUnits ? .paid : .partlyPaid
    }

    private func illegal(_ move: String, _ reason: String) -> DomainError {
        DomainError(
            .illegalMove,
            "Cannot \(move) invoice \(number?.text ?? id.description) (\(state.rawValue)): \(reason)."
        )
    }
}
