import RouterOSProtocol

/// What `:tonum` and its like make of a value; nil when it cannot be converted.
extension ScriptValue {
    var asNumber: ScriptValue {
        switch self {
        case .number: self
        case .string(let text): Self.readNumber(text) ?? .nil
        case .boolean(let value): .number(value ? 1 : 0)
        case .time(let nanoseconds): .number(nanoseconds / 1_000_000_000)
        case .id(let id): .number(Int64(bitPattern: id))
        case .address(.v4(let address)): .number(Int64(address.rawValue))
        default: .nil
        }
    }

    var asBoolean: ScriptValue {
        switch self {
        case .boolean: self
        case .number(let value): .boolean(value != 0)
        case .string(let text): Self.readBoolean(text) ?? .nil
        default: .nil
        }
    }

    var asTime: ScriptValue {
        switch self {
        case .time: self
        case .number(let seconds):
            seconds.multipliedReportingOverflow(by: 1_000_000_000).overflow ? .nil : .time(seconds * 1_000_000_000)
        case .string(let text): Self.readTime(text) ?? .nil
        default: .nil
        }
    }

    var asAddress: ScriptValue {
        switch self {
        case .address(.v4): self
        case .string(let text):
            if case .address(.v4(let address)) = Self.readAddress(text) { .address(.v4(address)) } else { .nil }
        case .number(let value): UInt32(exactly: value).map { .address(.v4(IPv4Address($0))) } ?? .nil
        default: .nil
        }
    }

    var asAddress6: ScriptValue {
        switch self {
        case .address(.v6): self
        case .string(let text):
            if case .address(.v6(let address)) = Self.readAddress(text) { .address(.v6(address)) } else { .nil }
        default: .nil
        }
    }

    var asID: ScriptValue {
        switch self {
        case .id: self
        case .string(let text): Self.readID(text) ?? .nil
        case .number(let value): UInt64(exactly: value).map { .id($0) } ?? .nil
        default: .nil
        }
    }

    /// An array as it is, text in pieces between commas, any other value as the only element.
    var asArray: ScriptArray {
        switch self {
        case .array(let array): array
        case .nothing, .nil: ScriptArray()
        case .string(let text): ScriptArray(text.commaSeparated.map { .string($0) })
        default: ScriptArray([self])
        }
    }
}
