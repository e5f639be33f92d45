/// What a list of routers holds, line by line.
public struct RouterListPlan: Hashable, Sendable {
    /// One router of the list.
    public struct Line: Hashable, Sendable {
        /// The line that it begins on, from 1.
        public let number: Int
        /// The router's name; empty where it has none.
        public let name: String
        /// The value at fault; nil where there is nothing wrong.
        public let field: String?
        /// What is wrong with it; nil for nothing.
        public let problem: String?
    }

    /// The routers in the order of the list.
    public let lines: [Line]

    /// Whether all of them can be added.
    public var isComplete: Bool { lines.allSatisfy { $0.problem == nil } }
}
