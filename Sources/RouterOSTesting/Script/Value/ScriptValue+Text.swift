import RouterOSProtocol

extension ScriptValue {
    /// The value as `:put` shows it.
    var text: WireText {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return WireText(bytes)
    }

    /// Appends the value as `:put` shows it.
    ///
    /// Arrays in arrays go no deeper than ``ScriptLimits/arrayDepth``.
    func write(to bytes: inout [UInt8]) {
        switch self {
        case .nothing, .nil: break
        case .boolean(let value): bytes += (value ? "true" : "false").utf8
        case .number(let value): bytes += String(value).utf8
        case .time(let nanoseconds): Self.write(time: nanoseconds, to: &bytes)
        case .string(let text): bytes += text.bytes
        case .address(let address): address.writeRouterOS(to: &bytes)
        case .prefix(let prefix): prefix.writeRouterOS(to: &bytes)
        case .id(let id): bytes += RowID.text(id).bytes
        case .array(let array): Self.write(array, to: &bytes)
        case .function: bytes += "(code)".utf8
        }
    }

    /// The value as an argument of a menu's command, in which a list has commas.
    var argumentText: WireText {
        guard case .array(let array) = self else { return text }
        return WireText(array.values.map(\.text.bytes).joined(separator: [UInt8(ascii: ",")]))
    }

    private static func write(_ array: ScriptArray, to bytes: inout [UInt8]) {
        var isFirst = true
        func separate(_ bytes: inout [UInt8]) {
            if !isFirst { bytes.append(UInt8(ascii: ";")) }
            isFirst = false
        }
        for value in array.list {
            separate(&bytes)
            value.write(to: &bytes)
        }
        for element in array.keyed {
            separate(&bytes)
            bytes += element.key.bytes
            bytes.append(UInt8(ascii: "="))
            element.value.write(to: &bytes)
        }
    }

    /// `00:00:05`, `1w2d03:04:05`, `00:00:05.003`.
    private static func write(time nanoseconds: Int64, to bytes: inout [UInt8]) {
        if nanoseconds < 0 { bytes.append(UInt8(ascii: "-")) }
        let seconds = nanoseconds.magnitude / 1_000_000_000
        let days = seconds / 86_400
        if days >= 7 { bytes += "\(days / 7)w".utf8 }
        if days % 7 > 0 { bytes += "\(days % 7)d".utf8 }
        bytes +=
            [seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":").utf8
        var fraction = padded(nanoseconds.magnitude % 1_000_000_000, 9)
        guard fraction != "000000000" else { return }
        while fraction.hasSuffix("000") { fraction.removeLast(3) }
        bytes += ".\(fraction)".utf8
    }

    private static func padded(_ number: UInt64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
