public import BillingDomain

/// What can be asked of a snapshot.
///
/// Only what lies in the transaction's ``StoreScope`` is ever seen: every call builds the scope's own condition into
/// what the store is asked. A reader is good only inside the body it was given to. Every call can throw
/// ``PersistenceError``.
///
/// A store implements the calls that speak of rows, and is asked through those that speak of records.
public protocol StoreReader {
    /// The scope this reader sees.
    var scope: StoreScope { get }

    /// The rows that a query means, in its order, with a value for every column.
    func rows(_ query: RowQuery) throws -> [[StoreValue]]

    /// How many rows a query means, no more than its limit: counting ends there.
    func count(_ query: RowQuery) throws -> Int

    /// Exact sums of whole-number columns over the rows that a query means, whatever its order and limit, one for each
    /// combination of values in the columns `groups`, in their order; without any, one for all if there are rows.
    func sums(_ query: RowQuery, of columns: [String], by groups: [String]) throws -> [RowSums]

    /// The store's own clock at the beginning of a writing transaction, for what several machines must agree on; `nil`
    /// for a store that has none, as those of one process do.
    func clock() throws -> Timestamp?
}

extension StoreReader {
    /// No clock.
    public func clock() throws -> Timestamp? { nil }
}

/// What some rows come to together.
public struct RowSums: Hashable, Sendable {
    /// The values that these rows share.
    public let group: [StoreValue]
    /// How many they are.
    public let count: Int
    /// The sums, wider than any column, so that they are exact.
    public let sums: [Int128]

    /// Creates sums.
    public init(group: [StoreValue], count: Int, sums: [Int128]) {
        self.group = group
        self.count = count
        self.sums = sums
    }
}
