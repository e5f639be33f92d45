/// What the router has noted, the oldest forgotten when there is too much.
struct RouterLog: Sendable {
    struct Entry: Sendable {
        let id: UInt64
        let at: Duration
        /// The date and time as the router's clock had them, right or wrong.
        let time: WireText
        let topics: WireText
        let message: WireText
    }

    /// As many lines as the memory buffer of a router holds by default.
    private static let capacity = 1_000

    private(set) var entries: [Entry] = []
    private var lastID: UInt64 = 0

    mutating func append(at: Duration, time: WireText, topics: String, _ message: WireText) -> UInt64 {
        lastID += 1
        entries.append(Entry(id: lastID, at: at, time: time, topics: WireText(topics), message: message))
        // Not one by one: a removal at the front moves everything behind it.
        if entries.count >= 2 * Self.capacity { entries.removeFirst(entries.count - Self.capacity) }
        return lastID
    }

    /// The lines that are still there.
    var lines: ArraySlice<Entry> { entries.suffix(Self.capacity) }

    /// A line that is still there; their ids have no gaps.
    func line(_ id: UInt64) -> Entry? {
        guard let first = lines.first, id >= first.id, id <= lastID else { return nil }
        return lines[lines.startIndex + Int(id - first.id)]
    }
}

extension SimulatedRouter {
    /// Notes something in the log.
    mutating func note(_ topics: String, _ message: String) {
        note(topics, WireText(message))
    }

    mutating func note(_ topics: String, _ message: WireText) {
        let id = log.append(at: now, time: dateTime, topics: topics, message)
        changes.append(RowChange(menu: "/log", id: id, kind: .added))
    }
}

extension Behaviour {
    /// `/log`: read by everybody, written by `info`, `warning`, `error` and `debug`.
    static let log = Behaviour(
        rows: { router, menu in router.log.lines.map { describe($0, menu) } },
        row: { router, menu, id in router.log.line(id).map { describe($0, menu) } },
        verbs: [
            "info": write("info"), "warning": write("warning"), "error": write("error"), "debug": write("debug"),
        ]
    )

    private static func describe(_ line: RouterLog.Entry, _ menu: Menu) -> VisibleRow {
        VisibleRow(
            id: line.id,
            menu,
            ["time": line.time, "topics": line.topics, "message": line.message, "buffer": "memory"]
        )
    }

    private static func write(_ topic: String) -> Verb {
        { router, menu, request throws(Trap) in
            guard let message = try router.arguments(of: menu, request)["message"] else {
                throw .missingValue("message")
            }
            router.note("script,\(topic)", message)
            return Answer()
        }
    }
}
