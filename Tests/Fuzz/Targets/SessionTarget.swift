import RouterOSProtocol

/// The input is a script of what the caller does and what the router sends, lies of the router's included.
///
/// Two sessions follow it, one given each piece whole and one byte by byte; both must see the same.
enum SessionTarget {
    static func check(_ input: [UInt8]) throws(BrokenLaw) {
        var whole = SessionRun(isDripped: false)
        var dripped = SessionRun(isDripped: true)
        var input = FuzzInput(input)
        let mode = input.byte()
        try step(&whole, &dripped) { run throws(BrokenLaw) in
            if mode & 3 > 0 { run.logIn(LoginMode.allCases[Int(mode >> 4) % LoginMode.allCases.count]) }
            if mode & 3 > 1 { try run.receive(reply("!done", tag: "1", [])) }
            for _ in 0..<(mode >> 2 & 3) { run.submit() }
        }
        while !input.isAtEnd {
            let action = input.byte()
            let number = input.byte()
            var received: [UInt8] = []
            switch action & 0x0F {
            case 0:
                try step(&whole, &dripped) { $0.submit() }
                continue
            case 1:
                try step(&whole, &dripped) { run in
                    switch number >> 4 & 3 {
                    case 0, 1: run.abandon(UInt32(number & 0x0F))
                    case 2: run.cancel(UInt32(number & 0x0F))
                    default: run.quit()
                    }
                }
                continue
            case 2: received = input.bytes(Int(number))
            case 3: received = reply("!fatal", tag: nil, number & 1 == 0 ? ["session terminated on request"] : [])
            case 4: received = reply("!trap", tag: tag(number), ["=message=no such item"])
            case 5: received = reply("!trap", tag: tag(number), ["=category=2", "=message=interrupted"])
            case 6: received = reply("!empty", tag: tag(number), [])
            case 7...9: received = reply("!done", tag: tag(number), result(action))
            case 10: received = reply("!new", tag: tag(number), [])
            case 11: received = reply("!trap", tag: tag(number), ["=message=\(input.text(12))x"])
            default: received = reply("!re", tag: tag(number), ["=name=\(number)"])
            }
            try step(&whole, &dripped) { run throws(BrokenLaw) in try run.receive(received) }
        }
        try step(&whole, &dripped) { run throws(BrokenLaw) in try run.close() }
    }

    private static func step(
        _ whole: inout SessionRun,
        _ dripped: inout SessionRun,
        _ action: (inout SessionRun) throws(BrokenLaw) -> Void
    ) throws(BrokenLaw) {
        try action(&whole)
        try action(&dripped)
        let (seen, drip) = (whole.takeSeen(), dripped.takeSeen())
        try law(seen == drip, "whole: \(seen), byte by byte: \(drip)")
    }

    private static func result(_ action: UInt8) -> [String] {
        switch action >> 4 & 3 {
        case 1: ["=ret=*1"]
        case 2: ["=ret=93b438ec9b80057c06dd9fe67d56aa9a"]
        default: []
        }
    }

    /// Mostly tags that are in use, now and then one that no session of ours gave.
    private static func tag(_ number: UInt8) -> String? {
        number & 0x80 == 0 ? "\(number & 0x0F)" : number & 0x40 == 0 ? nil : number & 1 == 0 ? "" : "99999999999"
    }

    private static func reply(_ kind: String, tag: String?, _ words: [String]) -> [UInt8] {
        var wire = WireWriter()
        wire.word(kind)
        for word in words { wire.word(word) }
        if let tag { wire.word(".tag=\(tag)") }
        wire.endSentence()
        return wire.bytes
    }
}
