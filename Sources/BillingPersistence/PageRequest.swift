/// Which page of a list is wanted.
public struct PageRequest: Hashable, Sendable {
    /// The number of the page, from 1.
    public let number: Int

    /// How many elements a page holds, 1…``maximumSize``.
    public let size: Int

    /// The longest page that is ever read: the largest batch.
    public static let maximumSize = 10_000

    /// Asks for a page; numbers outside the ranges are moved to the nearest end.
    public init(number: Int = 1, size: Int = 50) {
        self.number = max(1, number)
        self.size = min(max(1, size), Self.maximumSize)
    }

    /// How many elements come before the page; saturates.
    public var offset: Int {
        let (offset, overflow) = (number - 1).multipliedReportingOverflow(by: size)
        return overflow ? .max : offset
    }
}
