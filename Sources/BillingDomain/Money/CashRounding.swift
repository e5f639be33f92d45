/// How an amount that coins cannot make is paid in cash.
public enum CashRounding: String, Hashable, Sendable, CaseIterable {
    /// To the nearest, ties to the even one.
    case nearest
    /// To the next above.
    case up
    /// To the next below.
    case down
    /// Not at all: it is counted as it is.
    case none
}
