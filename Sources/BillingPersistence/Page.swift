/// One page of a longer list, and how long that list is.
public struct Page<Element: Sendable>: Sendable {
    /// The elements of this page, in the list's order.
    public let items: [Element]

    /// How many elements all pages hold together.
    public let total: Int

    /// Creates a page.
    public init(items: [Element], total: Int) {
        self.items = items
        self.total = total
    }
}

extension Page: Equatable where Element: Equatable {}
