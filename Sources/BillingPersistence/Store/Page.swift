/// One page of a longer list.
public struct Page<Element: Sendable>: Sendable {
    /// The elements of this page, in the list's order.
    public let items: [Element]

    /// How many elements all pages hold together; `nil` where that was not asked for.
    public let total: ListTotal?

    /// Where the next page begins; `nil` after the last.
    public let next: PageCursor?

    /// Creates a page.
    public init(items: [Element], total: ListTotal? = nil, next: PageCursor? = nil) {
        self.items = items
        self.total = total
        self.next = next
    }

    /// The same page of something made from each element.
    public func map<Other: Sendable>(_ transform: (Element) throws -> Other) rethrows -> Page<Other> {
        Page<Other>(items: try items.map(transform), total: total, next: next)
    }
}

extension Page: Equatable where Element: Equatable {}
