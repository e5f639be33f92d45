import BillingDomain
import BillingServices
import RouterOSProtocol

/// What is new in a router's log and tells of errors or of logins to its hotspot, pure.
struct RouterLogReading: Hashable, Sendable {
    /// The lines that are new and tell of errors, those that say the same put together.
    let lines: [RouterLogLine]
    /// The new lines that tell of logins, the oldest first.
    let logins: [Login]
    /// How far the log was read now.
    let cursor: RouterLogCursor?

    /// How many lines are remembered that were told of.
    private static let remembered = 64

    /// One line.
    struct Line: Hashable, Sendable {
        let number: UInt64
        let time: String
        let topics: String
        let message: String

        /// What tells it from others.
        ///
        /// The number is left out: it begins anew. So is the day, which routers leave off while it lasts.
        var fingerprint: UInt64 {
            // FNV-1a.
            let text = "\(time.suffix(8))\u{0}\(topics)\u{0}\(message)"
            return text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        }

        var isError: Bool { topics.split(separator: ",").contains { $0 == "error" || $0 == "critical" } }

        /// A line as it was read; nil without a number.
        init?(id: String, time: String, topics: String, message: String) {
            guard id.hasPrefix("*"), let number = UInt64(id.dropFirst(), radix: 16) else { return nil }
            self.number = number
            self.time = time
            self.topics = topics
            self.message = message
        }

        init?(_ row: Sentence) {
            self.init(
                id: row[".id"] ?? "",
                time: row["time"] ?? "",
                topics: row["topics"] ?? "",
                message: row["message"] ?? ""
            )
        }
    }

    /// Finds what is new.
    ///
    /// - Parameters:
    ///   - all: the whole log, as the router gives it.
    ///   - before: how far it was read before; nil when it never was.
    init(_ all: [Line], after before: RouterLogCursor?) {
        guard let last = all.last else {
            lines = []
            logins = []
            cursor = before
            return
        }
        let new = Self.fresh(all, after: before)
        logins = new.compactMap(Login.init)
        let fresh = new.filter(\.isError)
        var counts: [String: Int] = [:]
        for line in fresh { counts[line.topics + "\u{0}" + line.message, default: 0] += 1 }
        var told: Set<String> = []
        lines =
            fresh.reversed().filter { told.insert($0.topics + "\u{0}" + $0.message).inserted }.reversed().map { line in
                RouterLogLine(
                    time: line.time,
                    topics: line.topics,
                    message: line.message,
                    count: counts[line.topics + "\u{0}" + line.message] ?? 1
                )
            }
        cursor = RouterLogCursor(
            line: last.number,
            fingerprint: last.fingerprint,
            told: Array(((before?.told ?? []) + fresh.map(\.fingerprint)).suffix(Self.remembered))
        )
    }

    private static func fresh(_ all: [Line], after before: RouterLogCursor?) -> [Line] {
        guard let before else { return all }
        if let place = all.lastIndex(where: { $0.number == before.line && $0.fingerprint == before.fingerprint }) {
            return Array(all[(place + 1)...])
        }
        // So much was written since that the line is gone.
        if let first = all.first, first.number > before.line { return all }
        // It has started anew, or somebody cleared it: some lines may be there from before.
        let told = Set(before.told)
        return all.filter { !told.contains($0.fingerprint) }
    }
}
