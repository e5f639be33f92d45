/// Header fields in the order they were sent; names compare without regard to case.
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private struct Field: Sendable, Hashable {
        var name: String
        var value: String
    }

    private var fields: [Field]

    /// Makes header fields from a literal, in its order.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// Makes header fields from pairs, in their order.
    public init(_ pairs: some Sequence<(name: String, value: String)>) {
        fields = pairs.map { Field(name: $0.name, value: $0.value) }
    }

    /// The first value under a name.
    ///
    /// Setting replaces every field of that name; `nil` removes them.
    public subscript(name: String) -> String? {
        get { fields.first { $0.name.equalsIgnoringCase(name) }?.value }
        set {
            fields.removeAll { $0.name.equalsIgnoringCase(name) }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    /// Every value under a name, in order.
    public func values(_ name: String) -> [String] {
        fields.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
    }

    /// Adds a field after the others, even where the name is already present (`Set-Cookie`).
    public mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// The fields as pairs, in order.
    public var pairs: [(name: String, value: String)] { fields.map { ($0.name, $0.value) } }

    /// Whether every name is a token and no value holds a control character, so that none can split the message.
    var areSafe: Bool {
        fields.allSatisfy { $0.name.isHeaderName && $0.value.isHeaderValue }
    }
}

extension String {
    /// ASCII case-insensitive equality, the rule for field names.
    fileprivate func equalsIgnoringCase(_ other: String) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy {
                ($0 | 0x20) == ($1 | 0x20) && ($0 == $1 || ($0 | 0x20).isASCIILetter)
            }
    }

    /// A token of RFC 9110 §5.6.2.
    var isHeaderName: Bool {
        !isEmpty && utf8.allSatisfy(\.isTokenByte)
    }

    /// Field content of RFC 9110 §5.5: no control character but the tab.
    var isHeaderValue: Bool {
        utf8.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { self >= 0x61 && self <= 0x7A }

    /// A `tchar` of RFC 9110 §5.6.2.
    var isTokenByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}
