/// Word that something was changed, by this process or another.
///
/// It is a hint and no more: one may be lost, come late, come twice, or speak of several changes. What must not be missed
/// is found by asking the store from time to time.
public struct ChangeHint: Hashable, Sendable {
    /// The tables in which something changed, of those that workers share; empty where anything may have.
    public let tables: Set<String>

    /// Creates a hint.
    public init(tables: Set<String> = []) { self.tables = tables }

    /// Reads what was notified.
    package init(payload: String) { tables = Set(payload.split(separator: ",").map(String.init)) }

    /// What to notify: short enough for PostgreSQL, which allows 8000 bytes.
    package var payload: String {
        let text = tables.sorted().joined(separator: ",")
        return text.utf8.count < 8_000 ? text : ""
    }
}
