/// Values written one after the other: `mac,cookie,http-chap`.
///
/// Order and repetitions are kept. The empty text is the empty list. There is no escaping: an element whose own text
/// holds the separator, or a single element whose text is empty, does not survive being written.
public struct RouterOSList<Element: RouterOSValue>: RouterOSValue, ExpressibleByArrayLiteral, CustomStringConvertible {
    /// The elements in the order they were written.
    public var elements: [Element]

    /// Makes a list.
    public init(_ elements: [Element]) { self.elements = elements }

    /// Makes a list.
    public init(arrayLiteral elements: Element...) { self.elements = elements }

    /// What stands between two elements.
    public enum Separator: Sendable, Hashable, CaseIterable {
        /// `,`, as nearly everywhere.
        case comma
        /// `;`, as in fields that print an array of the scripting language.
        case semicolon
    }

    /// Reads elements with commas between them; nil when one of them is none.
    @inlinable
    public init?(routerOS bytes: Span<UInt8>) { self.init(routerOS: bytes, separator: .comma) }

    /// Reads elements with a separator between them; nil when one of them is none.
    @inlinable
    public init?(routerOS bytes: Span<UInt8>, separator: Separator) {
        elements = []
        guard !bytes.isEmpty else { return }
        let separator = separator == .comma ? UInt8(ascii: ",") : UInt8(ascii: ";")
        var start = 0
        while true {
            let end = bytes.firstIndex(of: separator, from: start)
            guard let element = Element(routerOS: bytes.extracting(start..<(end ?? bytes.count))) else { return nil }
            elements.append(element)
            guard let end else { return }
            start = end + 1
        }
    }

    /// Appends the elements with commas between them.
    @inlinable
    public func writeRouterOS(to bytes: inout [UInt8]) {
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            element.writeRouterOS(to: &bytes)
        }
    }

    /// As of `Element`.
    @inlinable public static var holdsText: Bool { Element.holdsText }
}
