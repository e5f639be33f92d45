/// A tax that a tenant charges on what it sells, from its making to its end.
public struct Tax: Hashable, Sendable {
    /// The identity of the tax.
    public let id: Identifier<Tax>

    /// The tenant that charges it.
    public let tenant: Identifier<Tenant>

    /// Its name and rate; what was sold before a change keeps the tax of its day.
    public private(set) var rate: TaxRate

    /// What it is charged on by itself; on an invoice it is named line by line.
    public private(set) var products: Set<PostingRecipe.Product>

    /// When it was entered.
    public let createdAt: Timestamp

    /// Since when it is charged no more.
    public private(set) var endedAt: Timestamp?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a tax that is charged from now on, or recreates a stored one.
    public init(
        id: Identifier<Tax>,
        tenant: Identifier<Tenant>,
        rate: TaxRate,
        products: Set<PostingRecipe.Product>,
        createdAt: Timestamp,
        endedAt: Timestamp? = nil,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.rate = rate
        self.products = products
        self.createdAt = createdAt
        self.endedAt = endedAt
        self.revision = revision
    }

    /// Charges another rate, or on other things, from now on.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` once it has ended.
    public mutating func change(to rate: TaxRate, on products: Set<PostingRecipe.Product>) throws(DomainError) {
        try requireForce("change")
        self.rate = rate
        self.products = products
    }

    /// Ends it.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` once it has ended.
    public mutating func end(at instant: Timestamp) throws(DomainError) {
        try requireForce("end")
        endedAt = instant
    }

    private func requireForce(_ move: String) throws(DomainError) {
        guard endedAt == nil else {
            throw DomainError(.illegalMove, "Cannot \(move) the tax “\(rate.name)”: it has ended. Enter it anew.")
        }
    }
}
