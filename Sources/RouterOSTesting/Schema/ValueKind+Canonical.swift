import RouterOSProtocol

extension ValueKind {
    /// Checks a value somebody sent and writes it as the router keeps it; nil when it is not of this kind.
    ///
    /// `id` finds the row of that name in that menu, for references.
    func canonical(_ input: WireText, id: (String, WireText) -> UInt64? = { _, _ in nil }) -> WireText? {
        switch self {
        case .text: return input
        case .flag:
            return switch input {
            case "yes", "true": "true"
            case "no", "false": "false"
            default: nil
            }
        case .integer(let range):
            return Magnitude.integer(input).flatMap { range.contains($0) ? WireText($0) : nil }
        case .bytes: return Magnitude.scaled(input, by: 1_024).map { WireText($0) }
        case .rate: return Magnitude.scaled(input, by: 1_000).map { WireText($0) }
        case .duration: return Duration(routerOS: input.description).map { WireText($0.routerOSText) }
        case .date: return Magnitude.date(input) == nil ? nil : input
        case .timeOfDay: return Magnitude.timeOfDay(input).map { Magnitude.timeOfDayText($0) }
        case .address: return Magnitude.address(input).map { Self.addressText(UInt32(truncatingIfNeeded: $0)) }
        case .prefix: return Self.prefix(input)
        case .range: return Self.range(input)
        case .decimal: return Self.isDecimal(input) ? input : nil
        case .macAddress: return Self.macAddress(input)
        case .word(let word): return input == word ? input : nil
        case .reference(let menu): return id(menu, input).map { RowID.text($0) }
        case .oneOf(let kinds):
            for kind in kinds {
                if let value = kind.canonical(input, id: id) { return value }
            }
            return nil
        case .list(let element):
            var values: [WireText] = []
            for item in input.commaSeparated {
                guard let value = element.canonical(item, id: id) else { return nil }
                values.append(value)
            }
            return WireText(values.map(\.bytes).joined(separator: [UInt8(ascii: ",")]))
        case .pair(let half):
            let halves = input.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            guard (1...2).contains(halves.count), let first = half.canonical(WireText(halves[0]), id: id),
                let second = halves.count == 1 ? first : half.canonical(WireText(halves[1]), id: id)
            else { return nil }
            return WireText(first.bytes + [UInt8(ascii: "/")] + second.bytes)
        case .negatable(let kind):
            guard input.bytes.first == UInt8(ascii: "!") else { return kind.canonical(input, id: id) }
            return kind.canonical(WireText(input.bytes.dropFirst()), id: id).map {
                WireText([UInt8(ascii: "!")] + $0.bytes)
            }
        case .switches(let words): return Self.switches(input, words)
        }
    }

    /// What is shown of a kept value: the names of the rows it refers to, or the id of a row that is gone.
    func shown(_ value: WireText, name: (String, UInt64) -> WireText?) -> WireText {
        switch self {
        case .reference(let menu): RowID.number(value).flatMap { name(menu, $0) } ?? value
        case .oneOf(let kinds):
            RowID.number(value).flatMap { id in kinds.flatMap(\.references).compactMap { name($0, id) }.first } ?? value
        case .list(let kind): Self.joined(value, by: UInt8(ascii: ",")) { kind.shown($0, name: name) }
        case .pair(let kind): Self.joined(value, by: UInt8(ascii: "/")) { kind.shown($0, name: name) }
        default: value
        }
    }

    private static func joined(_ value: WireText, by separator: UInt8, _ transform: (WireText) -> WireText) -> WireText
    {
        let pieces = value.bytes.split(separator: separator, omittingEmptySubsequences: false)
        return WireText(pieces.map { transform(WireText($0)).bytes }.joined(separator: [separator]))
    }

    /// The menus whose rows a value of this kind may name.
    var references: [String] {
        switch self {
        case .reference(let menu): [menu]
        case .oneOf(let kinds): kinds.flatMap(\.references)
        case .list(let kind), .pair(let kind), .negatable(let kind): kind.references
        default: []
        }
    }

    /// Whether a refused value is told to match nothing rather than to be malformed.
    var isChoice: Bool {
        switch self {
        case .word, .reference, .switches: true
        case .oneOf(let kinds): kinds.allSatisfy(\.isChoice)
        case .list(let kind), .pair(let kind), .negatable(let kind): kind.isChoice
        default: false
        }
    }

    /// Whether it takes durations.
    var isDuration: Bool {
        switch self {
        case .duration: true
        case .oneOf(let kinds): kinds.contains { $0.isDuration }
        default: false
        }
    }

    static func addressText(_ address: UInt32) -> WireText {
        WireText([24, 16, 8, 0].map { String((address >> UInt32($0)) & 0xFF) }.joined(separator: "."))
    }

    private static func prefix(_ input: WireText) -> WireText? {
        let parts = input.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = ValueKind.address.canonical(WireText(parts[0])) else {
            return nil
        }
        guard parts.count == 2 else { return address }
        guard let length = Magnitude.integer(WireText(parts[1])), length <= 32 else { return nil }
        return WireText(address.bytes + "/\(length)".utf8)
    }

    private static func range(_ input: WireText) -> WireText? {
        let ends = input.bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard ends.count == 2 else { return prefix(input) }
        guard let low = Magnitude.address(WireText(ends[0])), let high = Magnitude.address(WireText(ends[1])),
            low <= high
        else { return nil }
        return WireText(
            [low, high].map { addressText(UInt32(truncatingIfNeeded: $0)).description }.joined(separator: "-")
        )
    }

    private static func isDecimal(_ input: WireText) -> Bool {
        let parts = input.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isDigit) }
    }

    /// Words that are named are in the set, unless with `!`; the others are not.
    private static func switches(_ input: WireText, _ words: [WireText]) -> WireText? {
        var chosen = [Bool](repeating: false, count: words.count)
        for item in input.commaSeparated {
            let isOut = item.bytes.first == UInt8(ascii: "!")
            guard let index = words.firstIndex(of: isOut ? WireText(item.bytes.dropFirst()) : item) else { return nil }
            chosen[index] = !isOut
        }
        let isIn = zip(words, chosen).filter(\.1).map { $0.0.bytes }
        let isOut = zip(words, chosen).filter { !$0.1 }.map { [UInt8(ascii: "!")] + $0.0.bytes }
        return WireText((isIn + isOut).joined(separator: [UInt8(ascii: ",")]))
    }

    private static func macAddress(_ input: WireText) -> WireText? {
        let groups = input.bytes.split(omittingEmptySubsequences: false) { ":-.".utf8.contains($0) }
        guard groups.count == 6, groups.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0.hexadecimalValue != nil } })
        else { return nil }
        return WireText(groups.map { String(decoding: $0, as: UTF8.self).uppercased() }.joined(separator: ":"))
    }
}
