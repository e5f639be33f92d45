/// Which page of a list is wanted.
public struct PageRequest: Hashable, Sendable {
    /// Where a page begins.
    public enum Start: Hashable, Sendable {
        /// At the page of this number, from 1: what stands before it is counted off, so far pages take longer.
        case number(Int)
        /// After the last element of another page; `nil` for the first page. As fast wherever it is, and nothing is
        /// shown twice or left out when the list grows at its other end meanwhile.
        case after(PageCursor?)
    }

    /// Where the page begins.
    public let start: Start

    /// How many elements a page holds, 1…``maximumSize``.
    public let size: Int

    /// Whether the list is counted too, as far as ``ListTotal/mostCounted``: where that is far, it takes longer than to read
    /// the page.
    public let isCounted: Bool

    /// The longest page that is ever read.
    public static let maximumSize = 10_000

    /// Asks for a page by its number; numbers outside the ranges are moved to the nearest end.
    public init(number: Int = 1, size: Int = 50, isCounted: Bool = false) {
        start = .number(max(1, number))
        self.size = Self.clamped(size)
        self.isCounted = isCounted
    }

    /// Asks for the page after another, or for the first.
    public init(after cursor: PageCursor?, size: Int = 50, isCounted: Bool = false) {
        start = .after(cursor)
        self.size = Self.clamped(size)
        self.isCounted = isCounted
    }

    /// How many elements come before a page with a number; saturates.
    public var offset: Int {
        guard case .number(let number) = start else { return 0 }
        let (offset, overflow) = (number - 1).multipliedReportingOverflow(by: size)
        return overflow ? .max : offset
    }

    private static func clamped(_ size: Int) -> Int { min(max(1, size), maximumSize) }
}
