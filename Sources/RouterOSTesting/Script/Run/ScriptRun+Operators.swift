import RouterOSProtocol

extension ScriptRun {
    func unary(_ operation: ScriptOperator, _ value: ScriptValue) throws(ScriptFault) -> ScriptValue {
        switch operation {
        case .not: return .boolean(try !condition(value))
        case .subtract:
            switch Self.read(value) {
            case .number(let number): return .number(try checked((0 as Int64).subtractingReportingOverflow(number)))
            case .time(let time): return .time(try checked((0 as Int64).subtractingReportingOverflow(time)))
            default: throw ScriptFault("cannot negate a \(value.kindName)")
            }
        default:
            switch Self.read(value) {
            case .number(let number): return .number(~number)
            case .address(.v4(let address)): return .address(.v4(IPv4Address(~address.rawValue)))
            default: throw ScriptFault("cannot invert the bits of a \(value.kindName)")
            }
        }
    }

    mutating func binary(
        _ operation: ScriptOperator,
        _ left: ScriptValue,
        _ right: ScriptValue
    ) throws(ScriptFault) -> ScriptValue {
        switch operation {
        case .equal: return .boolean(ScriptComparison.areEqual(left, right))
        case .different: return .boolean(!ScriptComparison.areEqual(left, right))
        case .less: return .boolean(ScriptComparison.isLess(left, right))
        case .greater: return .boolean(ScriptComparison.isLess(right, left))
        case .lessOrEqual:
            return .boolean(ScriptComparison.isLess(left, right) || ScriptComparison.areEqual(left, right))
        case .greaterOrEqual:
            return .boolean(ScriptComparison.isLess(right, left) || ScriptComparison.areEqual(left, right))
        case .matches: return .boolean(try matches(left.text, right.text))
        case .within: return .boolean(try ScriptComparison.contains(left, in: right))
        case .list: return .array(Self.elements(left).joined(with: Self.elements(right)))
        case .concatenate: return .string(WireText(left.text.bytes + right.text.bytes))
        case .element: return try element(right, of: left)
        case .add, .subtract, .multiply, .divide, .remainder: return try arithmetic(operation, left, right)
        case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight: return try bits(operation, left, right)
        case .both, .either, .not: throw ScriptFault("syntax error", .syntax)
        }
    }

    private static func elements(_ value: ScriptValue) -> ScriptArray {
        switch value {
        case .array(let array): array
        case .nothing, .nil: ScriptArray()
        default: ScriptArray([value])
        }
    }

    private func element(_ key: ScriptValue, of value: ScriptValue) throws(ScriptFault) -> ScriptValue {
        switch value {
        case .array(let array): return array[key]
        case .nothing, .nil: return .nothing
        default: throw ScriptFault("cannot take an element of a \(value.kindName)")
        }
    }

    private mutating func matches(_ text: WireText, _ pattern: WireText) throws(ScriptFault) -> Bool {
        let pattern = try ScriptPattern(pattern.bytes)
        try charge(1 + (text.bytes.count + 1) * pattern.size / 16 + pattern.size * pattern.size / 64)
        return pattern.matches(text.bytes)
    }

    // MARK: Numbers

    private func arithmetic(
        _ operation: ScriptOperator,
        _ left: ScriptValue,
        _ right: ScriptValue
    ) throws(ScriptFault) -> ScriptValue {
        switch (Self.read(left), operation, Self.read(right)) {
        case (.number(let left), _, .number(let right)): return .number(try number(operation, left, right))
        case (.time(let left), .add, .time(let right)): return .time(try checked(left.addingReportingOverflow(right)))
        case (.time(let left), .subtract, .time(let right)):
            return .time(try checked(left.subtractingReportingOverflow(right)))
        case (.time(let left), .divide, .time(let right)): return .number(try number(.divide, left, right))
        case (.time(let time), .multiply, .number(let count)), (.number(let count), .multiply, .time(let time)):
            return .time(try checked(time.multipliedReportingOverflow(by: count)))
        case (.time(let time), .divide, .number(let count)): return .time(try number(.divide, time, count))
        case (.time(let time), .add, .number(let seconds)), (.number(let seconds), .add, .time(let time)):
            return .time(
                try checked(
                    time.addingReportingOverflow(checked(seconds.multipliedReportingOverflow(by: 1_000_000_000)))
                )
            )
        case (.time(let time), .subtract, .number(let seconds)):
            return .time(
                try checked(
                    time.subtractingReportingOverflow(checked(seconds.multipliedReportingOverflow(by: 1_000_000_000)))
                )
            )
        case (.address(.v4(let address)), .add, .number(let count)),
            (.number(let count), .add, .address(.v4(let address))):
            return try moved(address, by: count)
        case (.address(.v4(let address)), .subtract, .number(let count)):
            return try moved(address, by: checked((0 as Int64).subtractingReportingOverflow(count)))
        case (.address(.v4(let left)), .subtract, .address(.v4(let right))):
            return .number(Int64(left.rawValue) - Int64(right.rawValue))
        default: throw Self.mismatch(operation, left, right)
        }
    }

    private func number(_ operation: ScriptOperator, _ left: Int64, _ right: Int64) throws(ScriptFault) -> Int64 {
        switch operation {
        case .add: return try checked(left.addingReportingOverflow(right))
        case .subtract: return try checked(left.subtractingReportingOverflow(right))
        case .multiply: return try checked(left.multipliedReportingOverflow(by: right))
        default:
            guard right != 0 else { throw ScriptFault("division by zero") }
            return try checked(
                operation == .divide
                    ? left.dividedReportingOverflow(by: right) : left.remainderReportingOverflow(dividingBy: right)
            )
        }
    }

    private func checked(_ result: (partialValue: Int64, overflow: Bool)) throws(ScriptFault) -> Int64 {
        guard !result.overflow else { throw ScriptFault("number is too large") }
        return result.partialValue
    }

    private func moved(_ address: IPv4Address, by count: Int64) throws(ScriptFault) -> ScriptValue {
        let place = try checked(Int64(address.rawValue).addingReportingOverflow(count))
        guard let place = UInt32(exactly: place) else { throw ScriptFault("number is too large") }
        return .address(.v4(IPv4Address(place)))
    }

    private func bits(
        _ operation: ScriptOperator,
        _ left: ScriptValue,
        _ right: ScriptValue
    ) throws(ScriptFault) -> ScriptValue {
        switch (Self.read(left), Self.read(right)) {
        case (.number(let left), .number(let right)): return .number(Self.bits(operation, left, right))
        case (.address(.v4(let left)), .address(.v4(let right))):
            return .address(
                .v4(
                    IPv4Address(
                        UInt32(truncatingIfNeeded: Self.bits(operation, Int64(left.rawValue), Int64(right.rawValue)))
                    )
                )
            )
        case (.address(.v4(let left)), .number(let right)):
            return .address(
                .v4(IPv4Address(UInt32(truncatingIfNeeded: Self.bits(operation, Int64(left.rawValue), right))))
            )
        default: throw Self.mismatch(operation, left, right)
        }
    }

    /// A shift by more than there are bits gives none of them, one by less than none goes the other way.
    private static func bits(_ operation: ScriptOperator, _ left: Int64, _ right: Int64) -> Int64 {
        switch operation {
        case .bitAnd: left & right
        case .bitOr: left | right
        case .bitXor: left ^ right
        case .shiftLeft: left << right
        default: left >> right
        }
    }

    /// Text that looks like something one can calculate with, as that.
    private static func read(_ value: ScriptValue) -> ScriptValue {
        guard case .string(let text) = value else { return value }
        return ScriptValue.readNumber(text) ?? ScriptValue.readTime(text) ?? ScriptValue.readAddress(text) ?? value
    }

    private static func mismatch(_ operation: ScriptOperator, _ left: ScriptValue, _ right: ScriptValue) -> ScriptFault
    {
        let (left, right) = (left.kindName, right.kindName)
        return switch operation {
        case .add: ScriptFault("cannot add \(left) to \(right)")
        case .subtract: ScriptFault("cannot subtract \(right) from \(left)")
        case .multiply: ScriptFault("cannot multiply \(left) by \(right)")
        case .divide: ScriptFault("cannot divide \(left) by \(right)")
        default: ScriptFault("cannot apply \(operation.rawValue) to \(left) and \(right)")
        }
    }
}
