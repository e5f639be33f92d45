/// A Swift type for the rows of one menu.
///
/// A conformer reads itself from a sentence, attribute by attribute, without a dictionary in between. Attributes a router
/// did not send are nil or the type's neutral value; an attribute of another shape than documented is an error that names it.
public protocol RouterOSRow: Sendable {
    /// The menu that holds the rows, `/ip/hotspot/user`.
    static var menu: String { get }
    /// The attributes to ask for; the conformer needs no others.
    static var properties: [String] { get }
    /// Reads a row.
    ///
    /// - Throws: ``RouterOSError`` with code `malformedRow`.
    init(_ row: Sentence) throws(RouterOSError)
}

extension Sentence {
    /// The attribute `name`, which every row of this kind has.
    public func required(_ name: String) throws(RouterOSError) -> String {
        guard let value = self[name] else {
            throw RouterOSError(.malformedRow, "a row came without \"\(name)\". Check the RouterOS version.")
        }
        return value
    }

    /// The row's id, or nil for menus that hold a single record.
    public var id: ItemID? { self[".id"].map(ItemID.init) }

    /// The attribute `name` as a number, or nil when it is missing or empty.
    public func integer<Value: FixedWidthInteger>(_ name: String) throws(RouterOSError) -> Value? {
        switch withValue(of: name, { Field.integer($0, as: Value.self) }) {
        case nil, .some(.empty): return nil
        case .some(.value(let value)): return value
        case .some(.malformed): throw malformed(name, "a whole number")
        }
    }

    /// The attribute `name` as a truth value (`true`, `yes`, `false`, `no`), or nil when it is missing or empty.
    public func flag(_ name: String) throws(RouterOSError) -> Bool? {
        switch withValue(of: name, Field.flag) {
        case nil, .some(.empty): return nil
        case .some(.value(let value)): return value
        case .some(.malformed): throw malformed(name, "true or false")
        }
    }

    /// The attribute `name` as a time span, or nil when it is missing, empty or a word such as `none`.
    public func duration(_ name: String) throws(RouterOSError) -> Duration? {
        switch withValue(of: name, Field.duration) {
        case nil, .some(.empty): return nil
        case .some(.value(let value)): return value
        case .some(.malformed): throw malformed(name, "a time span")
        }
    }

    private func malformed(_ name: String, _ expected: String) -> RouterOSError {
        RouterOSError(.malformedRow, "\"\(name)\" is \"\((self[name] ?? "").prefix(80))\", which is not \(expected)")
    }
}

/// What the bytes of an attribute hold.
private enum Field<Value> {
    case empty
    case value(Value)
    case malformed
}

extension Field where Value: FixedWidthInteger {
    /// Decimal digits, a minus before them where the type has one.
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>, as: Value.Type) -> Field {
        guard !bytes.isEmpty else { return .empty }
        let isNegative = bytes[0] == UInt8(ascii: "-") && Value.isSigned
        var value: Value = 0
        guard bytes.count > (isNegative ? 1 : 0) else { return .malformed }
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            let digit = byte &- 0x30
            guard digit < 10, let digit = Value(exactly: digit) else { return .malformed }
            let (shifted, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, out) =
                isNegative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
            guard !over, !out else { return .malformed }
            value = sum
        }
        return .value(value)
    }
}

extension Field<Bool> {
    static func flag(_ bytes: UnsafeBufferPointer<UInt8>) -> Field {
        if bytes.isEmpty { return .empty }
        if bytes.elementsEqual("true".utf8) || bytes.elementsEqual("yes".utf8) { return .value(true) }
        if bytes.elementsEqual("false".utf8) || bytes.elementsEqual("no".utf8) { return .value(false) }
        return .malformed
    }
}

extension Field<Duration> {
    static func duration(_ bytes: UnsafeBufferPointer<UInt8>) -> Field {
        guard let first = bytes.first, first &- 0x30 < 10 else { return .empty }
        return Duration.nanoseconds(in: bytes).map { .value(.nanoseconds($0)) } ?? .malformed
    }
}
