import RouterOSProtocol

/// How values compare.
///
/// Text beside a value of another kind is read as one of that kind, since the router's tables hold text for many things
/// that scripts write as numbers or times.
enum ScriptComparison {
    static func areEqual(_ left: ScriptValue, _ right: ScriptValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left == right
        case (.string(let text), let other), (let other, .string(let text)):
            ScriptValue.read(text, like: other).map { $0 == other } ?? (text == other.text)
        case (.nothing, .nil), (.nil, .nothing): true
        case (.array(let array), let other), (let other, .array(let array)):
            // A search gives an array even of one id.
            if case .array(let other) = other {
                array == other
            } else {
                array.count == 1 && array.keyed.isEmpty && array.list.first == other
            }
        default: left == right
        }
    }

    /// Whether one comes before the other; values of kinds that have no common order do not.
    static func isLess(_ left: ScriptValue, _ right: ScriptValue) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)), (.time(let left), .time(let right)): left < right
        case (.string(let left), .string(let right)): left.bytes.lexicographicallyPrecedes(right.bytes)
        case (.address(let left), .address(let right)): left < right
        case (.id(let left), .id(let right)): left < right
        case (.boolean(let left), .boolean(let right)): !left && right
        case (.number, .time), (.time, .number): isLess(seconds: left, right)
        case (.string(let text), let other):
            ScriptValue.read(text, like: other).map { isLess($0, other) } ?? false
        case (let other, .string(let text)):
            ScriptValue.read(text, like: other).map { isLess(other, $0) } ?? false
        default: false
        }
    }

    private static func isLess(seconds left: ScriptValue, _ right: ScriptValue) -> Bool {
        guard case .time(let left) = left.asTime, case .time(let right) = right.asTime else { return false }
        return left < right
    }

    /// Whether an address is in a network, a network in another, or a value in an array.
    static func contains(_ value: ScriptValue, in whole: ScriptValue) throws(ScriptFault) -> Bool {
        if case .array(let array) = whole { return array.values.contains { areEqual($0, value) } }
        guard let network = network(whole), let inner = network.isPrefix ? self.network(value) : nil else {
            if let network = self.network(whole), let inner = self.network(value) { return network == inner }
            throw ScriptFault("cannot tell whether a \(value.kindName) is in a \(whole.kindName)")
        }
        guard inner.prefix.address.bitWidth == network.prefix.address.bitWidth,
            inner.prefix.length >= network.prefix.length
        else { return false }
        return bits(inner.prefix.address).starts(with: bits(network.prefix.address).prefix(network.prefix.length))
    }

    private struct Network: Equatable {
        var prefix: IPPrefix
        var isPrefix: Bool
    }

    private static func network(_ value: ScriptValue) -> Network? {
        switch value {
        case .prefix(let prefix): Network(prefix: prefix, isPrefix: true)
        case .address(let address):
            IPPrefix(address, length: address.bitWidth).map { Network(prefix: $0, isPrefix: false) }
        case .string(let text):
            (ScriptValue.readAddress(text) ?? ScriptValue.readPrefix(text)).flatMap { network($0) }
        default: nil
        }
    }

    /// The bits of an address, the highest first.
    private static func bits(_ address: IPAddress) -> [Bool] {
        let value: UInt128 =
            switch address {
            case .v4(let address): UInt128(address.rawValue)
            case .v6(let address): UInt128(address.high) << 64 | UInt128(address.low)
            }
        return (0..<address.bitWidth).reversed().map { value >> $0 & 1 == 1 }
    }
}
