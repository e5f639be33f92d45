public import BillingDomain
public import BillingPersistence

extension InvoiceService {
    /// Who owes how much for how long, customers within reach, who owes most first, each with the credit that no invoice
    /// has used.
    ///
    /// In the tenant's currency and as of today where that is left out. Places are pages by number: what is owed changes.
    public func debtors(
        in currency: Currency? = nil,
        on date: LocalDate? = nil,
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Debtor> {
        guard case .number = page.start else {
            throw BillingError.invalid("page", "This list has pages by number only.")
        }
        let currency = currency ?? session.tenant.currency
        let date = date ?? TenantCalendar(session.tenant).date(session.context.environment.now())
        let assignment = session.assignment
        return try await session.read(.viewReports) { store in
            let all = try store.owing(in: currency, within: assignment)
            let shown = all.dropFirst(page.offset).prefix(page.size)
            return Page(items: try store.debtors(Array(shown), in: currency, on: date), total: ListTotal(all.count))
        }
    }
}

extension StoreReader {
    /// Everybody within reach who owes, who owes most first.
    func debtors(
        in currency: Currency,
        on date: LocalDate,
        within assignment: StaffAssignment
    ) throws -> [Debtor] {
        try debtors(owing(in: currency, within: assignment), in: currency, on: date)
    }

    /// The customers within reach with open invoices, who owes most first.
    fileprivate func owing(
        in currency: Currency,
        within assignment: StaffAssignment
    ) throws -> [Identifier<Customer>] {
        try sums(Query.open(in: currency).within(assignment, in: self), of: ["outstanding"], by: ["customer"])
            .map { (id: try Identifier<Customer>(storeValue: $0.group[0]), owed: $0.sums[0]) }
            .filter { $0.owed > 0 }
            .sorted { ($1.owed, $0.id) < ($0.owed, $1.id) }
            .map(\.id)
    }

    fileprivate func debtors(
        _ ids: [Identifier<Customer>],
        in currency: Currency,
        on date: LocalDate
    ) throws -> [Debtor] {
        let customers = Dictionary(try find(ids).map { ($0.id, $0) }) { first, _ in first }
        return try ids.compactMap { id in
            guard let customer = customers[id] else { return nil }
            let ageing = try Ageing(
                of: open(of: id, in: currency),
                unapplied: wallet(of: id, in: currency).paid,
                on: date
            )
            return Debtor(customer: customer, ageing: ageing)
        }
    }
}

extension Query where Record == Invoice {
    /// Invoices on which something is owed.
    static func open(in currency: Currency) -> Self {
        Query(Invoice.Columns.state.isOne(of: [.issued, .partlyPaid]), Invoice.Columns.currency == currency)
    }
}
