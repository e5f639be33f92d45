/// A value for each router, for a bounded number of routers; those that come later share one.
struct BoundedEndpoints<Value> {
    /// What the routers share that came when there was no room.
    static var others: String { "other" }

    private(set) var values: [String: Value] = [:]
    private let limit: Int

    init(limit: Int) { self.limit = max(0, limit) }

    /// Under which name a router is kept.
    func name(of endpoint: String) -> String {
        values[endpoint] != nil || values.count - (values[Self.others] == nil ? 0 : 1) < limit ? endpoint : Self.others
    }

    /// Changes the value of a router, which is `initial` before.
    mutating func change<Result>(
        _ endpoint: String,
        initial: @autoclosure () -> Value,
        _ body: (inout Value) -> Result
    ) -> Result {
        body(&values[name(of: endpoint), default: initial()])
    }

    /// Makes room.
    mutating func remove(_ endpoint: String) { values[endpoint] = nil }
}
