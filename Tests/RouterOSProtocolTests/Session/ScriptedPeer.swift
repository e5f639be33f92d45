import RouterOSProtocol
import TestSupport

/// A router that answers as routers may: commands in any order, rows, traps and ends of a command in theirs, cancels
/// before or after the command they end, and now and then not at all.
struct ScriptedPeer {
    private var decoder = SentenceDecoder()
    /// What is still to be said of each command, in the order in which it has to be.
    private var open: [String: [[String]]] = [:]
    private var rows = 0
    private(set) var isGone = false

    /// Takes in what a session has sent.
    mutating func receive(_ bytes: [UInt8], using random: inout SplitMix64) throws {
        decoder.feed(bytes)
        while let command = try decoder.next() {
            let tag = command.integerTag.map { ".tag=\($0)" } ?? ""
            switch command.name {
            case "/quit":
                isGone = true
            case "/cancel":
                cancel(".tag=\(command["tag"] ?? "")", by: tag, using: &random)
            default:
                open[tag] = script(tag, using: &random)
            }
        }
    }

    /// What the router says next, or nil when it has nothing to say.
    mutating func next(using random: inout SplitMix64) -> [String]? {
        guard let tag = open.filter({ !$0.value.isEmpty }).keys.sorted().randomElement(using: &random) else {
            return nil
        }
        let sentence = open[tag]?.removeFirst()
        if sentence?.first == "!done" { open[tag] = nil }
        return sentence
    }

    private mutating func script(_ tag: String, using random: inout SplitMix64) -> [[String]] {
        var script: [[String]] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            rows += 1
            script.append(["!re", "=name=\(rows)", tag])
        }
        switch Int.random(in: 0..<8, using: &random) {
        // A stream ends only when it is cancelled; a router that hangs says nothing.
        case 0...1: return script
        case 2: script.append(["!empty", tag])
        case 3: script += [["!trap", "=message=no such item", tag], ["!trap", "=message=interrupted", tag]]
        case 4: script.append(["!trap", "=message=interrupted", "=category=2", tag])
        case 5: script.append(["!later", tag])
        default: break
        }
        return script + [["!done", tag, "=ret=*\(rows)"]]
    }

    private mutating func cancel(_ victim: String, by tag: String, using random: inout SplitMix64) {
        let isUnknown = open[victim] == nil
        let isIgnored = Int.random(in: 0..<8, using: &random) == 0
        guard !isIgnored else { return }
        open[tag] = isUnknown && Bool.random(using: &random) ? [["!trap", "=message=no such item", tag]] : []
        open[tag]?.append(["!done", tag])
        guard !isUnknown, Int.random(in: 0..<8, using: &random) > 0 else { return }
        let under = open[victim] ?? []
        let kept = under.filter { $0[0] == "!re" }.prefix(Int.random(in: 0...3, using: &random))
        open[victim] = kept + [["!trap", "=category=2", "=message=interrupted", victim], ["!done", victim]]
    }
}
