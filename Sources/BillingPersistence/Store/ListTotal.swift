/// How long a list is, counted no further than ``mostCounted``: who reads a list wants to know whether it is long, and
/// to count a million takes as long as to read them.
public struct ListTotal: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// Where counting ends.
    public static let mostCounted = 10_000

    /// How many there are, or at least are, 0…``mostCounted``.
    public let count: Int

    /// Whether there are no more than ``count``.
    public let isExact: Bool

    /// The length of a list that was counted, at least as far as one beyond ``mostCounted``.
    public init(_ counted: Int) {
        count = min(counted, Self.mostCounted)
        isExact = counted <= Self.mostCounted
    }

    /// The length of a list.
    public init(integerLiteral value: Int) { self.init(value) }

    /// `12`, or `more than 10000`.
    public var description: String { isExact ? "\(count)" : "more than \(count)" }
}
