/// A table of hotspot users of which no two rows are alike, as a router in use has it.
///
/// Identical rows let a processor foretell every length and every comparison; no router sends such a table.
enum VariedTable {
    /// The words of each row; the same ones for the same seed.
    static func rows(_ count: Int, seed: UInt64 = 20_261_121) -> [[String]] {
        var dice = Dice(state: seed)
        return (1...count).map { row($0, &dice) }
    }

    /// The rows as bytes of the wire.
    static func wire(_ count: Int) -> [UInt8] { rows(count).flatMap { CodecWorkloads.encoded($0) } }

    private static func row(_ number: Int, _ dice: inout Dice) -> [String] {
        let start = 1_700_000_000 + dice.below(80_000_000)
        var words = ["!re", ".tag=17", "=.id=*\(String(number * 7 + dice.below(7), radix: 16, uppercase: true))"]
        if dice.below(4) > 0 { words.append("=server=\(dice.one(of: ["hotspot1", "hs-lobby", "all", "wlan-guests"]))") }
        words.append("=name=\(dice.text(4...14))")
        words.append("=password=\(dice.text(4...10))")
        words.append("=profile=\(dice.one(of: ["default", "1h", "day-5M", "week-unlimited", "staff"]))")
        if dice.below(3) > 0 { words.append("=limit-uptime=\(duration(dice.below(700_000)))") }
        if dice.below(3) > 0 { words.append("=limit-bytes-total=\(dice.below(40) << 28)") }
        words.append("=uptime=\(duration(dice.below(900_000)))")
        for counter in ["bytes-in", "bytes-out", "packets-in", "packets-out"] {
            words.append("=\(counter)=\(dice.below(1 << dice.below(40)))")
        }
        words.append("=dynamic=false")
        words.append("=disabled=\(dice.below(8) == 0)")
        switch dice.below(4) {
        case 0: words.append("=comment=\(dice.text(1...60))")
        case 1: break
        default: words.append("=comment=VOUCHER_SYSTEM|\(dice.below(30)).\(dice.below(10))0|\(start)|\(start + 10_800)")
        }
        return words
    }

    /// A duration as routers print it: `1w2d3h4m5s`, parts that are zero left out.
    private static func duration(_ seconds: Int) -> String {
        let parts = [
            (seconds / 604_800, "w"), (seconds / 86_400 % 7, "d"), (seconds / 3_600 % 24, "h"),
            (seconds / 60 % 60, "m"), (seconds % 60, "s"),
        ]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
        return text.isEmpty ? "0s" : text
    }

    /// A linear congruential generator: the rows have to be unlike, not unforeseeable.
    private struct Dice {
        var state: UInt64

        mutating func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 20) % max(1, limit)
        }

        mutating func one(of choices: [String]) -> String { choices[below(choices.count)] }

        mutating func text(_ lengths: ClosedRange<Int>) -> String {
            let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
            let length = lengths.lowerBound + below(lengths.count)
            return String((0..<length).map { _ in letters[below(letters.count)] })
        }
    }
}
