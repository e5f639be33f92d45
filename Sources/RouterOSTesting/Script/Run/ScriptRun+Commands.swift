extension ScriptRun {
    /// Does a command of the language itself.
    mutating func call(_ command: ScriptCommandName, _ present: [Bool]) throws(ScriptFault) -> ScriptStep? {
        var given = pop(present.count(where: { $0 })).makeIterator()
        let arguments = present.map { $0 ? given.next() ?? .nothing : nil }
        for argument in arguments { try charge(argument?.cost ?? 0) }
        let first = arguments.first.flatMap { $0 } ?? .nothing
        switch command {
        case .put:
            values.append(.nothing)
            return .put(first.text)
        case .log: return try log(topic: first.text, arguments[1]?.text ?? "")
        case .error: throw ScriptFault(raised: first.text)
        case .delay: return try delay(arguments[0] ?? .time(1_000_000_000))
        case .execute:
            pending = .value
            return .execute(first.text, isAwaited: arguments[2] == .boolean(true))
        case .timestamp:
            pending = .value
            return .timestamp
        default:
            try push(value(of: command, first, arguments))
            return nil
        }
    }

    private mutating func log(topic: WireText, _ message: WireText) throws(ScriptFault) -> ScriptStep {
        let topics = ["debug", "error", "info", "warning"]
        guard let topic = topics.first(where: { $0.hasPrefix(topic.description) }), !topic.isEmpty else {
            throw ScriptFault("bad command name \(topic)", .syntax)
        }
        values.append(.nothing)
        return .log(topic: topic, message)
    }

    private mutating func delay(_ value: ScriptValue) throws(ScriptFault) -> ScriptStep {
        guard case .time(let time) = value.asTime, time >= 0 else {
            throw ScriptFault("invalid time value for argument delay-time")
        }
        values.append(.nothing)
        // A router's timers go by the millisecond; shorter waits would keep a loop of them from ever getting anywhere.
        let (whole, isLong) = time.addingReportingOverflow(999_999)
        let wait = isLong ? time : whole / 1_000_000 * 1_000_000
        pending = .delay(wait)
        return .delay(.nanoseconds(wait))
    }

    private mutating func value(
        of command: ScriptCommandName,
        _ first: ScriptValue,
        _ arguments: [ScriptValue?]
    ) throws(ScriptFault) -> ScriptValue {
        switch command {
        case .len: return .number(Self.length(first))
        case .pick: return try pick(first, arguments[1] ?? .nothing, arguments[2])
        case .find: return find(arguments[1] ?? .nothing, in: first, after: arguments[2])
        case .tostr: return .string(first.text)
        case .tonum: return first.asNumber
        case .tobool: return first.asBoolean
        case .totime: return first.asTime
        case .toip: return first.asAddress
        case .toip6: return first.asAddress6
        case .toid: return first.asID
        case .toarray: return .array(first.asArray)
        case .typeof: return .text(first.typeName)
        case .nothing: return .nothing
        case .rndnum: return try randomNumber(first, arguments[1] ?? .nothing)
        case .rndstr: return try randomText(first, arguments[1])
        case .parse: return try parse(first.text)
        default: throw beyond("the command :\(command.rawValue)")
        }
    }

    private static func length(_ value: ScriptValue) -> Int64 {
        if case .array(let array) = value { return Int64(array.count) }
        return Int64(value.text.bytes.count)
    }

    // MARK: Parts

    private func pick(_ value: ScriptValue, _ begin: ScriptValue, _ end: ScriptValue?) throws(ScriptFault)
        -> ScriptValue
    {
        guard case .number(let begin) = begin.asNumber else {
            throw ScriptFault("invalid value for argument begin: a number is required")
        }
        let count = Int(Self.length(value))
        // `:pick` up to nothing, such as the result of a search in vain, goes up to the end.
        let isRange = end != nil
        let end =
            if case .number(let end)? = end?.asNumber { Int(clamping: end) } else {
                isRange ? count : Int(clamping: begin)
            }
        let start = max(0, Int(clamping: begin))
        guard start < count else {
            if case .array = value, isRange { return .array(ScriptArray()) }
            return isRange ? .text("") : .nil
        }
        if case .array(let array) = value {
            return isRange ? .array(array.part(from: start, to: max(0, end))) : array[.number(Int64(start))]
        }
        let bytes = value.text.bytes
        return .string(WireText(isRange ? bytes[start..<max(start, min(end, count))] : bytes[start...start]))
    }

    /// The first place of something behind a place, of which `-1` is the one before the first.
    private func find(_ key: ScriptValue, in value: ScriptValue, after place: ScriptValue?) -> ScriptValue {
        let after = if case .number(let after)? = place?.asNumber { Int(clamping: after) } else { -1 }
        let start = max(0, min(after, .max - 1) + 1)
        if case .array(let array) = value {
            for (place, element) in array.values.enumerated().dropFirst(start)
            where ScriptComparison.areEqual(element, key) {
                return .number(Int64(place))
            }
            return .nil
        }
        return Self.place(of: key.text.bytes, in: value.text.bytes, from: start).map { .number(Int64($0)) } ?? .nil
    }

    /// Where some bytes begin among others, found in one way through both (Knuth, Morris and Pratt).
    private static func place(of wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard start <= bytes.count else { return nil }
        guard !wanted.isEmpty else { return start }
        // How much of what is wanted still fits when it stops fitting behind so many bytes.
        var fallback = [0]
        var fitting = 0
        for place in wanted.indices.dropFirst() {
            while fitting > 0, wanted[fitting] != wanted[place] { fitting = fallback[fitting - 1] }
            if wanted[fitting] == wanted[place] { fitting += 1 }
            fallback.append(fitting)
        }
        fitting = 0
        for place in bytes.indices[start...] {
            while fitting > 0, wanted[fitting] != bytes[place] { fitting = fallback[fitting - 1] }
            if wanted[fitting] == bytes[place] { fitting += 1 }
            if fitting == wanted.count { return place + 1 - fitting }
        }
        return nil
    }

    // MARK: Randomness

    private mutating func randomNumber(_ from: ScriptValue, _ to: ScriptValue) throws(ScriptFault) -> ScriptValue {
        guard case .number(let from) = from.asNumber, case .number(let to) = to.asNumber, from <= to else {
            throw ScriptFault("invalid value for argument from or to")
        }
        return .number(Int64.random(in: from...to, using: &random))
    }

    private mutating func randomText(_ length: ScriptValue, _ from: ScriptValue?) throws(ScriptFault) -> ScriptValue {
        let letters =
            from.map(\.text.bytes)
            ?? Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        guard case .number(let length) = length.asNumber, (0...Int64(limits.size)).contains(length), !letters.isEmpty
        else {
            throw ScriptFault("invalid value for argument length or from")
        }
        try charge(Int(length))
        return .string(
            WireText((0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
        )
    }

    /// Reads text as a script; what is wrong with it is an error of the command.
    private mutating func parse(_ text: WireText) throws(ScriptFault) -> ScriptValue {
        try charge(text.bytes.count)
        do throws(ScriptError) {
            let script = try Script(text.bytes, menus: calls[calls.count - 1].code.menus)
            return .function(ScriptFunction(code: script.code, entry: 0, isParsed: true))
        } catch {
            throw ScriptFault(error.description, error.kind == .limit ? .limit : .syntax)
        }
    }
}
