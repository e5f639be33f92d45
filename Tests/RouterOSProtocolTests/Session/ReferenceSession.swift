import RouterOSProtocol

/// What a session has to do, written down once more and as plainly as possible, to hold the real one against.
///
/// It knows sentences, not bytes, and tells events in the words of `describe(_:)`.
struct ReferenceSession {
    /// Something that happens to a session.
    enum Input: Hashable, Sendable, CustomStringConvertible {
        case logIn(LoginMode)
        case submit
        case submitWithoutPath
        case cancel(UInt32)
        case abandon(UInt32)
        case quit
        case take
        case hear([String])
        case hearGarbage
        case hearPart
        case close

        var description: String {
            switch self {
            case .hear(let words): words.joined(separator: " ")
            case .logIn(let mode): "log in \(mode)"
            case .cancel(let tag): "cancel \(tag)"
            case .abandon(let tag): "abandon \(tag)"
            case .submit: "submit"
            case .submitWithoutPath: "submit without a path"
            case .quit: "quit"
            case .take: "take"
            case .hearGarbage: "garbage"
            case .hearPart: "a part of a sentence"
            case .close: "close"
            }
        }
    }

    enum Phase: Equatable {
        case fresh
        case loggingIn(LoginMode, step: Int, tag: UInt32, trap: String?)
        case ready
        case quitting
        case closed
    }

    struct Entry {
        var isHeard: Bool
        var victim: UInt32?
        var isCancelled = false
        var trap: String?
        var isRefused = true
        var isSent = false

        /// The first trap, which is no refusal when another leaves open what was done.
        var told: String? { trap.map { isRefused ? $0 : String($0.prefix { $0 != "," }) } }
    }

    var phase = Phase.fresh
    var live: [UInt32: Entry] = [:]
    var lastTag: UInt32 = 0
    let maximum: Int

    /// The tag the next command gets.
    var nextTag: UInt32 {
        var tag = lastTag + 1
        while live[tag] != nil { tag += 1 }
        return tag
    }

    /// What has to be told after `input`, in order.
    mutating func apply(_ input: Input) -> [String] {
        switch (input, phase) {
        case (_, .closed): return []
        case (.logIn(let mode), .fresh):
            phase = .loggingIn(mode, step: mode == .legacyOnly ? 1 : 0, tag: take(), trap: nil)
        case (.submit, .ready) where live.count < maximum: live[take()] = Entry(isHeard: true)
        case (.cancel(let tag), _) where live[tag]?.isHeard == true && live[tag]?.isCancelled == false:
            live[tag]?.isCancelled = true
            sendCancel(of: tag)
        case (.abandon(let tag), _) where live[tag]?.isHeard == true:
            live[tag]?.isHeard = false
            if live[tag]?.isCancelled == false { sendCancel(of: tag) }
        case (.quit, .ready): phase = .quitting
        case (.take, _): for tag in live.keys { live[tag]?.isSent = true }
        case (.hear(let words), _): return hear(words)
        case (.hearGarbage, _): return end("protocolViolation")
        case (.close, .quitting): return end(nil)
        case (.close, _): return end("connectionClosed")
        default: break
        }
        return []
    }

    private mutating func sendCancel(of tag: UInt32) {
        if phase == .ready { live[take()] = Entry(isHeard: false, victim: tag) }
    }

    private mutating func take() -> UInt32 {
        lastTag = nextTag
        return lastTag
    }

    private mutating func end(_ code: String?) -> [String] {
        phase = .closed
        let settled = live.sorted { $0.key < $1.key }.filter(\.value.isHeard).map { tag, entry in
            let failure = (code ?? "connectionClosed") + (entry.isSent ? "" : ", safe to retry")
            return "failed \(tag) \(entry.told ?? failure)"
        }
        live = [:]
        return settled + [code.map { "closed \($0)" } ?? "closed"]
    }

    private mutating func hear(_ words: [String]) -> [String] {
        let tag = words.first { $0.hasPrefix(".tag=") }.flatMap { UInt32($0.dropFirst(5)) }
        let value = { (name: String) in
            words.first { $0.hasPrefix("=\(name)=") }.map { String($0.dropFirst(name.count + 2)) }
        }
        let isTagged = words.contains { $0.hasPrefix(".tag=") }
        if words[0] == "!fatal", phase == .quitting { return end(nil) }
        if words[0] == "!fatal" { return end(words.contains("not logged in") ? "authentication" : "fatal") }
        let trap = value("message") == "interrupted" ? "interrupted" : "noSuchItem, safe to retry"
        if case .loggingIn(let mode, let step, let own, let heard) = phase {
            // By challenge, whatever the router refuses is an authentication error.
            let refusal = step == 0 ? String(trap.prefix { $0 != "," }) : "authentication"
            if words[0] == "!trap", !isTagged { return end(refusal) }
            guard tag == own else { return [] }
            if words[0] == "!trap" { phase = .loggingIn(mode, step: step, tag: own, trap: heard ?? refusal) }
            guard words[0] == "!done" else { return [] }
            if let heard { return end(heard) }
            return answer(mode, step: step, value("ret"))
        }
        guard let tag, let entry = live[tag] else { return [] }
        switch words[0] {
        case "!re": return entry.isHeard ? ["row \(tag) \(value("name") ?? "")"] : []
        case "!trap":
            let isOurs = entry.isCancelled && trap == "interrupted"
            if !isOurs { live[tag]?.trap = entry.trap ?? trap }
            if trap == "interrupted" { live[tag]?.isRefused = false }
            return []
        case "!done":
            live[tag] = nil
            live = live.filter { $0.value.victim != tag }
            return !entry.isHeard
                ? [] : [entry.told.map { "failed \(tag) \($0)" } ?? "done \(tag) \(value("ret") ?? "")"]
        default: return []
        }
    }

    private mutating func answer(_ mode: LoginMode, step: Int, _ challenge: String?) -> [String] {
        switch (step, challenge) {
        case (1, nil): return end("authentication")
        case (_, nil):
            phase = .ready
            return ["logged in"]
        case (2, _): return end("protocolViolation")
        case (0, _) where mode == .plain: return end("authentication")
        default:
            guard challenge?.count == 32 else { return end("protocolViolation") }
            phase = .loggingIn(mode, step: 2, tag: take(), trap: nil)
            return []
        }
    }
}
