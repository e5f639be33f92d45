import RouterOSProtocol

/// How often and for how long something is measured.
struct MonitorOrder {
    private static let silent: Set<String> = [
        ".proplist", "proplist", "freeze-frame-interval", "without-paging", "append", "as-value", "file",
    ]

    private var interval = Duration.seconds(1)
    private var duration: Duration?
    private var isOnce = false

    /// Reads the attributes of a `monitor` that are not its own.
    init(_ request: Request, own: Set<String> = []) throws(Trap) {
        for (name, value) in request.attributes where !own.contains(name) && !Self.silent.contains(name) {
            switch name {
            case "once": isOnce = true
            case "interval", "duration":
                guard let span = Duration(routerOS: value.description), span >= .milliseconds(20) else {
                    throw Trap(category: 1, message: "invalid time value for argument \(name)")
                }
                if name == "interval" { interval = span } else { duration = span }
            default: throw .unknownParameter(name)
            }
        }
    }

    /// The answer with what was measured first.
    func answer(_ rows: [[(name: String, value: WireText)]], to request: Request, at now: Duration) -> Answer {
        let rest = Activity.Kind.monitor(request, every: interval, until: duration.map { now + $0 })
        return Answer(rows: rows, section: 0, activity: isOnce ? nil : rest)
    }
}
