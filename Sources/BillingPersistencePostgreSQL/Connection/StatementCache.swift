/// The statements that a server has prepared for one connection: as many as are worth it, those used last.
struct StatementCache {
    /// What is to be done before a statement can be run.
    struct Plan: Hashable {
        /// What the server knows the statement as; `nil` for one that is not worth keeping.
        var name: String?
        /// Whether the server has to prepare it first.
        var isNew = false
        /// What the server has to forget first.
        var forgotten: String?
    }

    /// The most statements that are kept.
    let capacity: Int
    /// A longer text is not kept: it is one of many that differ in the number of their values.
    static let longestText = 8_192

    private var names: [String: (name: String, use: UInt64)] = [:]
    private var uses: UInt64 = 0
    private var lastNumber: UInt64 = 0

    init(capacity: Int) { self.capacity = max(0, capacity) }

    /// How many are kept.
    var count: Int { names.count }

    /// What to do for a statement.
    mutating func plan(for text: String) -> Plan {
        guard capacity > 0, text.utf8.count <= Self.longestText else { return Plan() }
        uses += 1
        if let known = names[text] {
            names[text] = (known.name, uses)
            return Plan(name: known.name)
        }
        var plan = Plan(isNew: true)
        if names.count >= capacity, let oldest = names.min(by: { $0.value.use < $1.value.use }) {
            names[oldest.key] = nil
            plan.forgotten = oldest.value.name
        }
        lastNumber += 1
        let name = "routeros_\(lastNumber)"
        names[text] = (name, uses)
        plan.name = name
        return plan
    }

    /// Forgets a statement that could not be prepared.
    mutating func forget(_ text: String) { names[text] = nil }
}
