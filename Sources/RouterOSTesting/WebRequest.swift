/// A request that a simulated router sends with `/tool/fetch`.
public struct WebRequest: Sendable, Hashable {
    /// What comes back.
    public enum Answer: Sendable, Hashable {
        /// A body with status 200.
        case body(String)
        /// A status that is no success; the fetch fails with it.
        case status(Int)
        /// No answer at all, for a reason such as `connection timeout`.
        case failure(String)
    }

    /// Where it goes.
    public let url: String
    /// `get`, `post` and so on.
    public let method: String
    /// What it carries.
    public let body: String
    /// The header lines, as they were given.
    public let header: String
    /// When it was sent, in the time of the simulator.
    public let sentAt: Duration
}

/// What answers a router's requests: nothing outside of the process is ever asked.
struct SimulatedWeb: Sendable {
    private static let capacity = 10_000

    var answer: @Sendable (WebRequest) -> WebRequest.Answer = { _ in .body("") }
    private(set) var requests: [WebRequest] = []

    mutating func send(_ request: WebRequest) -> WebRequest.Answer {
        requests.append(request)
        if requests.count >= 2 * Self.capacity { requests.removeFirst(requests.count - Self.capacity) }
        return answer(request)
    }
}
