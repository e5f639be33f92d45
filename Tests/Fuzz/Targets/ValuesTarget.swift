import RouterOSProtocol

/// The first byte chooses a type; the rest is what a router might have written there.
enum ValuesTarget {
    private static let types: [any RouterOSValue.Type] = [
        BitRate.self, ByteCount.self, RateLimit.self, RxTxPair<BitRate>.self, RxTxPair<Duration>.self,
        CalendarDate.self, TimeOfDay.self, LocalDateTime.self, LogTime.self, GMTOffset.self, Duration.self,
        IPAddress.self, IPv4Address.self, IPv6Address.self, IPPrefix.self, IPRange.self, MACAddress.self,
        ItemID.self, Keyword.self, Bool.self, Int8.self, Int64.self, UInt16.self, UInt64.self, String.self,
        ScriptString.self, RouterOSList<String>.self, RouterOSList<IPPrefix>.self, RouterOSList<UInt64>.self,
        Matcher<Keyword>.self, Matcher<RouterOSList<UInt16>>.self, Setting<Duration>.self, Setting<IPAddress>.self,
        Setting<UInt64>.self,
    ]

    private static let encodings: [TextEncoding] = [
        .windows874, .windows1250, .windows1251, .windows1252, .windows1253, .windows1254, .windows1255, .windows1256,
        .windows1257, .windows1258, .koi8R, .latin1,
    ]

    static func check(_ input: [UInt8]) throws(BrokenLaw) {
        var input = FuzzInput(input)
        let choice = Int(input.byte())
        let type = types[choice % types.count]
        switch choice {
        case types.count..<(types.count + encodings.count): try text(encodings[choice - types.count], input.rest())
        case 0x80: try clock(&input)
        case 0x81: try variants(input.rest())
        case 0x82: try literal(input.rest())
        default: try readBack(type, input.rest())
        }
    }

    /// What is read is written, and reads as the same; what was written once is written the same again.
    private static func readBack<Value: RouterOSValue>(_: Value.Type, _ bytes: [UInt8]) throws(BrokenLaw) {
        guard let value = Value(routerOS: bytes.span) else { return }
        try readBack(value)
    }

    private static func readBack<Value: RouterOSValue>(_ value: Value) throws(BrokenLaw) {
        var written: [UInt8] = []
        value.writeRouterOS(to: &written)
        guard let again = Value(routerOS: written.span) else {
            throw BrokenLaw("\(value): cannot be read from \(written)")
        }
        try law(again == value, "\(value) is read back as \(again)")
        var twice: [UInt8] = [0x21]
        again.writeRouterOS(to: &twice)
        try law(twice == [0x21] + written, "\(value) is written differently the second time")
    }

    /// Reading in a code page never fails, and what was not lossy can be written again.
    private static func text(_ encoding: TextEncoding, _ bytes: [UInt8]) throws(BrokenLaw) {
        let (text, isLossy) = encoding.decode(bytes.span)
        if let unicode = String(validating: bytes, as: UTF8.self) {
            try law(text == unicode && !isLossy, "valid UTF-8 is read as \(text)")
            return
        }
        try law(text.unicodeScalars.count == bytes.count, "\(bytes) is read as \(text)")
        try law(isLossy == text.unicodeScalars.contains("\u{FFFD}"), "lossy: \(isLossy), \(text)")
        let written = encoding.encode(text)
        guard !isLossy else { return }
        try law(
            written.bytes == bytes && written.missing.isEmpty && !written.isAmbiguous,
            "\(text) is written \(written)"
        )
    }

    /// Instants and the clocks of routers.
    private static func clock(_ input: inout FuzzInput) throws(BrokenLaw) {
        let number = Int64(bitPattern: input.number())
        let offset = GMTOffset(seconds: Int(truncatingIfNeeded: Int16(truncatingIfNeeded: input.number()))) ?? .zero
        for seconds in [number, number % 400_000_000_000] {
            guard let time = LocalDateTime(secondsSince1970: seconds, offset: offset) else { continue }
            try law(time.secondsSince1970(offset: offset) == seconds, "\(seconds) is \(time.routerOSText)")
            try readBack(time)
            for style in CalendarDate.Style.allCases {
                try law(LocalDateTime(routerOS: time.text(style)) == time, "\(time.text(style)) is read differently")
            }
            for past in [LogTime(routerOS: "jan/02 03:04:05"), LogTime(routerOS: "03:04:05")] {
                guard let resolved = past?.resolved(notAfter: time) else { continue }
                try law(resolved <= time, "\(resolved.routerOSText) is after \(time.routerOSText)")
            }
        }
        let days = Int(truncatingIfNeeded: number) % 5_000_000
        if let date = CalendarDate(daysSince1970: days) {
            try law(date.daysSince1970 == days, "day \(days) is \(date.routerOSText)")
            try law(CalendarDate(year: date.year, month: date.month, day: date.day) == date, "\(days) is no date")
        }
        _ = TimeOfDay(hour: Int(truncatingIfNeeded: number), minute: .max, second: .min)
        _ = CalendarDate(year: .max, month: Int(truncatingIfNeeded: number), day: .min)
        _ = GMTOffset(seconds: Int(truncatingIfNeeded: number))
    }

    /// Other grammars of the same values: what they read, the ordinary one writes and reads.
    private static func variants(_ bytes: [UInt8]) throws(BrokenLaw) {
        for grammar in RateLimit.Grammar.allCases {
            guard let limit = RateLimit(routerOS: bytes.span, grammar: grammar) else { continue }
            try readBack(limit.resolved)
            try law(limit.resolved.resolved == limit.resolved, "\(limit) resolves twice")
        }
        for separator in RouterOSList<Keyword>.Separator.allCases {
            if let list = RouterOSList<Keyword>(routerOS: bytes.span, separator: separator) { try readBack(list) }
        }
        if let swapped = RxTxPair<UInt64>(transmittedFirst: bytes.span) {
            let pair = RxTxPair<UInt64>(routerOS: bytes.span)
            try law(
                pair == RxTxPair(rx: swapped.tx, tx: swapped.rx),
                "\(swapped) is not \(pair, default: "nil") swapped"
            )
        }
    }

    /// A literal holds its bytes and nothing that could end it or run.
    private static func literal(_ bytes: [UInt8]) throws(BrokenLaw) {
        let string = ScriptString(bytes: bytes)
        try readBack(string)
        let text = Array(string.routerOSText.utf8)
        try law(text.first == 0x22 && text.last == 0x22 && text.count >= 2, "not in quotes: \(text)")
        let inside = text.dropFirst().dropLast()
        try law(!inside.contains(0x22) && !inside.contains(0x24), "a quote or a dollar in \(text)")
        try law(inside.allSatisfy { (0x20..<0x7F).contains($0) }, "a control character in \(text)")
        let source: ScriptSource = ":put \(string)"
        try law(source.text == ":put " + string.routerOSText, "another literal in a script")
        let quoted: ScriptSource = ":put \"\(string)\""
        try law(quoted.text == source.text, "another string between quotes")
    }
}
