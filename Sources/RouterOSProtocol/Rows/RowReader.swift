/// Reads the attributes of one row as the values of a Swift type.
///
/// A look-up begins behind the attribute that was read last, so that reading a whole row in the order in which the router
/// sent it goes through the words once. Any other order gives the same values, as long as no name comes twice; routers send
/// none twice.
public struct RowReader: Sendable {
    /// The row.
    public let sentence: Sentence
    /// Whether some text that was read, by itself or within a list, a setting or a matcher, had bytes that its encoding has
    /// no character for; they read as U+FFFD.
    ///
    /// To ask it of a typed row, read the row from a reader of one's own:
    ///
    /// ```swift
    /// var reader = RowReader(sentence, encoding: .windows1251)
    /// let user = try HotspotUser(&reader)
    /// if reader.isLossy { … }
    /// ```
    public private(set) var isLossy = false

    /// Nil for the usual one, which costs nothing then.
    private let encoding: TextEncoding?
    /// The word at which the next look-up begins.
    private var position = 0

    /// Makes a reader for a row.
    ///
    /// - Parameters:
    ///   - sentence: the row.
    ///   - encoding: the code page of text that is not UTF-8; Windows-1252 when nil. An attribute is in one or the other as
    ///     a whole, all elements of a list alike.
    public init(_ sentence: consuming Sentence, encoding: TextEncoding? = nil) {
        self.sentence = sentence
        self.encoding = encoding
    }

    /// The attribute `name`, nil when the row does not have it or when it is empty and its type has no empty value.
    ///
    /// - Throws: ``RouterOSError`` with code `malformedRow` when it is anything but a `Value`.
    @inlinable
    public mutating func value<Value: RouterOSValue>(
        _ name: String,
        as type: Value.Type = Value.self
    ) throws(RouterOSError) -> Value? {
        guard let range = next(name) else { return nil }
        let value: Value?
        if Value.holdsText, !isASCII(range) {
            value = Value(routerOS: text(range))
        } else {
            value = sentence.framed.bytes.withUnsafeBufferPointer { bytes in
                Value(routerOS: UnsafeBufferPointer(rebasing: bytes[range]).span)
            }
        }
        if value == nil, !range.isEmpty { throw malformed(name, type) }
        return value
    }

    /// The attribute `name` as text, nil when the row does not have it; never an error, see ``isLossy``.
    public mutating func value(_ name: String, as type: String.Type = String.self) throws(RouterOSError) -> String? {
        guard let range = next(name) else { return nil }
        return text(range)
    }

    @usableFromInline
    func isASCII(_ range: Range<Int>) -> Bool {
        sentence.framed.bytes.withUnsafeBufferPointer { TextEncoding.isASCII(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    @usableFromInline
    mutating func text(_ range: Range<Int>) -> String {
        sentence.framed.unicode(range) ?? encodedText(range)
    }

    @inline(never)
    private mutating func encodedText(_ range: Range<Int>) -> String {
        let (text, hasLost) = (encoding ?? .windows1252).decode(sentence.framed.bytes[range].span)
        isLossy = isLossy || hasLost
        return text
    }

    /// The attribute `name` as text, which every row of this kind has.
    ///
    /// - Throws: ``RouterOSError`` with code `malformedRow` when it is missing.
    public mutating func required(_ name: String, as type: String.Type = String.self) throws(RouterOSError) -> String {
        guard let text = try value(name, as: type) else { throw missing(name) }
        return text
    }

    /// The attribute `name`, which every row of this kind has.
    ///
    /// - Throws: ``RouterOSError`` with code `malformedRow` when it is missing, or anything but a `Value`.
    @inlinable
    public mutating func required<Value: RouterOSValue>(
        _ name: String,
        as type: Value.Type = Value.self
    ) throws(RouterOSError) -> Value {
        guard let value: Value = try value(name) else { throw missing(name) }
        return value
    }

    @usableFromInline
    mutating func next(_ name: String) -> Range<Int>? {
        guard let found = sentence.find(name, prefix: UInt8(ascii: "="), from: position) else { return nil }
        position = found.word + 1
        return found.value
    }

    @usableFromInline
    func missing(_ name: String) -> RouterOSError {
        RouterOSError(
            .malformedRow,
            "a row came without \"\(name)\". Ask for it, and check the user's policies and the RouterOS version."
        )
    }

    @usableFromInline
    func malformed(_ name: String, _ type: Any.Type) -> RouterOSError {
        let value = Redaction.isSecret(name) ? "hidden here" : "\"\((sentence[name] ?? "").prefix(80))\""
        return RouterOSError(.malformedRow, "\"\(name)\" is \(value), which cannot be read as \(type)")
    }
}
