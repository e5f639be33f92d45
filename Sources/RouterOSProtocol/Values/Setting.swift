/// A field that holds a value, a word in its place, or nothing.
///
/// `keepalive-timeout` is `2m` or `none`, `shared-users` is `3` or `unlimited`. Four things are told apart: a missing
/// attribute (the optional around a setting), an empty one, a word, a value. `Setting<Duration>` is a time that may be
/// `none`, `never`, `unlimited`, `immediately`, `received` or `startup`.
public enum Setting<Value: RouterOSValue>: RouterOSValue, CustomStringConvertible {
    /// The attribute is there and empty; on output, the field is to be cleared.
    case empty
    /// A word where a value could stand.
    case keyword(Keyword)
    /// A value.
    case value(Value)

    /// Reads nothing at all, a value, or else a word.
    ///
    /// A word that is itself a value (`yes` for `Bool`, any for `String`) is read as the value; a value whose text is
    /// empty is read as ``empty``.
    @inlinable
    public init?(routerOS bytes: Span<UInt8>) {
        if bytes.isEmpty {
            self = .empty
        } else if let value = Value(routerOS: bytes) {
            self = .value(value)
        } else if let keyword = Keyword(routerOS: bytes) {
            self = .keyword(keyword)
        } else {
            return nil
        }
    }

    /// Appends the value or the word.
    @inlinable
    public func writeRouterOS(to bytes: inout [UInt8]) {
        switch self {
        case .empty: break
        case .keyword(let keyword): keyword.writeRouterOS(to: &bytes)
        case .value(let value): value.writeRouterOS(to: &bytes)
        }
    }

    /// The value, nil for a word or nothing.
    public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    /// As of `Value`.
    @inlinable public static var holdsText: Bool { Value.holdsText }
}
