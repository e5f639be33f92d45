import BillingDomain

/// A statement and the values for its places.
package struct SQLStatement: Hashable, Sendable {
    /// The text.
    package let sql: String
    /// The values, in the order of the places.
    package let values: [StoreValue]

    /// A statement.
    package init(_ sql: String, _ values: [StoreValue] = []) {
        self.sql = sql
        self.values = values
    }
}
