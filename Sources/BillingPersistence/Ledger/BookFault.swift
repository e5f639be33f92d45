public import BillingDomain

/// The first place where a tenant's books are not as they were written.
public struct BookFault: Hashable, Sendable, CustomStringConvertible {
    /// Which of the books.
    public enum Book: String, Hashable, Sendable, CaseIterable {
        /// The ledger.
        case ledger
        /// The audit trail.
        case audit
    }

    /// What is wrong there.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Another number belongs here: a line is missing, or there is one too many.
        case gap
        /// The postings do not sum to zero in every currency, or are not two at least.
        case unbalanced
        /// The digest is not that of the line and of all before it: one of them was changed.
        case broken
    }

    /// The tenant.
    public let tenant: Identifier<Tenant>
    /// Which of the tenant's books.
    public let book: Book
    /// The number of the line, from 1.
    public let position: Int64
    /// What is wrong with it.
    public let kind: Kind

    /// Creates a fault.
    public init(tenant: Identifier<Tenant>, book: Book, position: Int64, kind: Kind) {
        self.tenant = tenant
        self.book = book
        self.position = position
        self.kind = kind
    }

    /// All of it, in a line.
    public var description: String { "\(book.rawValue) of tenant \(tenant), line \(position): \(kind.rawValue)" }
}
