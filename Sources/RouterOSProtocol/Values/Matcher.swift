/// What a rule looks for, or with a `!` in front what it must not find: `!10.0.0.0/8` in `src-address` of a firewall
/// rule.
public struct Matcher<Value: RouterOSValue>: RouterOSValue, CustomStringConvertible {
    /// What is looked for.
    public var value: Value
    /// Whether everything but the value matches.
    public var isNegated: Bool

    /// Makes a matcher.
    @inlinable
    public init(_ value: Value, isNegated: Bool = false) {
        self.value = value
        self.isNegated = isNegated
    }

    /// Reads a value with or without a `!` before it; text that itself begins with `!` cannot be told from a negation.
    @inlinable
    public init?(routerOS bytes: Span<UInt8>) {
        var index = 0
        isNegated = bytes.skip(UInt8(ascii: "!"), at: &index)
        guard let value = Value(routerOS: bytes.extracting(index...)) else { return nil }
        self.value = value
    }

    /// Appends the value, a `!` before it if it is negated.
    @inlinable
    public func writeRouterOS(to bytes: inout [UInt8]) {
        if isNegated { bytes.append(UInt8(ascii: "!")) }
        value.writeRouterOS(to: &bytes)
    }

    /// As of `Value`.
    @inlinable public static var holdsText: Bool { Value.holdsText }
}

extension Matcher: ExpressibleByUnicodeScalarLiteral, ExpressibleByExtendedGraphemeClusterLiteral,
    ExpressibleByStringLiteral
where Value == String {
    /// Takes text as a router writes it, a `!` in front for what must not match.
    public init(stringLiteral text: String) {
        isNegated = text.hasPrefix("!")
        value = isNegated ? String(text.dropFirst()) : text
    }
}
