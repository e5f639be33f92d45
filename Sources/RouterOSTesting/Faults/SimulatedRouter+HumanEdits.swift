extension SimulatedRouter {
    /// The menus that somebody edits by hand.
    private static let editedMenus = ["/ip/hotspot/user", "/ppp/secret"]

    mutating func awaitHumanEdit(every interval: Duration) {
        let nanoseconds = interval.nanoseconds
        let wait = Int64.random(in: nanoseconds / 2...nanoseconds + nanoseconds / 2, using: &faults.random)
        agenda.enter(.fault(.humanEdit), at: now + .nanoseconds(wait))
    }

    /// Somebody changes one row at the console, as people do.
    mutating func editByHand() {
        let paths = Self.editedMenus.filter { tables[$0] != nil }
        guard let path = paths.randomElement(using: &faults.random) else { return }
        let rows = tables[path]?.rows ?? []
        let number = Int.random(in: 1_000...9_999, using: &faults.random)
        let action = Int.random(in: 0..<5, using: &faults.random)
        guard action > 0, let row = rows.randomElement(using: &faults.random) else {
            _ = try? execute(Request(path + "/add", [("name", WireText("hand-\(number)"))]))
            return
        }
        let id = (name: ".id", value: RowID.text(row.id))
        // Whatever the router refuses is not done, as at the console.
        switch action {
        case 1: _ = try? execute(Request(path + "/set", [id, ("comment", WireText("by hand \(number)"))]))
        case 2: _ = try? execute(Request(path + "/set", [id, ("password", WireText(number))]))
        case 3:
            let isDisabled = value("disabled", of: row.id, in: path) == "true"
            _ = try? execute(Request(path + (isDisabled ? "/enable" : "/disable"), [id]))
        default: _ = try? execute(Request(path + "/remove", [id]))
        }
    }
}
