import RouterOSProtocol

extension SimulatedRouter {
    /// What `/ip/service` says of a service.
    func setting(_ name: String, ofService service: APIService) -> WireText? {
        let path = "/ip/service"
        return tables[path]?.id(ofName: WireText(service.rawValue)).flatMap { value(name, of: $0, in: path) }
    }

    /// Ends a connection at once that comes from where the service takes none, or that is one too many.
    ///
    /// The manual counts connections to a service, whether anybody has signed in or not; a router that has enough of them accepts
    /// another and ends it without a word.
    mutating func admit(_ id: Int) {
        guard let connection = connections[id] else { return }
        let service = connection.service
        let most = setting("max-sessions", ofService: service).flatMap { Magnitude.integer($0) } ?? .max
        let isAdmitted = Self.admits(setting("address", ofService: service), connection.address)
        guard isAdmitted, connections.count <= most || sessions(of: service) <= most else { return drain(id) }
    }

    private func sessions(of service: APIService) -> Int {
        connections.values.count { $0.service == service && !$0.isClosing }
    }

    /// Whether a list of prefixes, empty for anywhere, takes an address.
    static func admits(_ prefixes: WireText?, _ address: WireText) -> Bool {
        guard let prefixes, !prefixes.isEmpty else { return true }
        guard let address = Magnitude.address(address) else { return false }
        return prefixes.commaSeparated.contains { prefix in
            let parts = prefix.bytes.split(separator: UInt8(ascii: "/"))
            guard let network = parts.first.flatMap({ Magnitude.address(WireText($0)) }) else { return false }
            let length = parts.count > 1 ? Magnitude.integer(WireText(parts[1])) ?? 32 : 32
            let shift = 32 - min(length, 32)
            return address >> shift == network >> shift
        }
    }

    /// Lets the table of users say when somebody signed in.
    ///
    /// It is no change of the configuration: nobody is told, and nothing is saved for it.
    mutating func welcome(_ caller: Caller, on id: Int) {
        let moment = dateTime
        connections[id]?.signedInAt = moment
        guard let name = caller.user, let user = tables["/user"]?.id(ofName: name),
            let column = menus["/user"]?.column("last-logged-in"), var values = tables["/user"]?.row(user)?.values
        else { return }
        values[column] = moment
        tables["/user"]?.replace(user, values: values)
    }

    /// The rows of `/user/active`: one for each connection that somebody has signed in on.
    func describeSignedIn(_ menu: Menu) -> [VisibleRow] {
        connections.keys.sorted().compactMap { describeSignedIn($0, menu) }
    }

    fileprivate func describeSignedIn(_ id: Int, _ menu: Menu) -> VisibleRow? {
        guard let connection = connections[id], let name = connection.caller?.user else { return nil }
        let group = tables["/user"]?.id(ofName: name).flatMap { value("group", of: $0, in: "/user") }
        var values: [String: WireText] = [
            "name": name, "address": connection.address, "via": "api", "radius": "false",
        ]
        values["when"] = connection.signedInAt
        values["group"] = group.flatMap { RowID.number($0) }.flatMap { value("name", of: $0, in: "/user/group") }
        return VisibleRow(id: UInt64(clamping: id), menu, values)
    }
}

extension Behaviour {
    /// `/user/active`.
    static let userActive = Behaviour(
        rows: { router, menu in router.describeSignedIn(menu) },
        row: { router, menu, id in Int(exactly: id).flatMap { router.describeSignedIn($0, menu) } },
        remove: { router, ids in router.endConnections(ids) },
        verbs: [
            "request-logout": { router, menu, request throws(Trap) in
                router.endConnections(try router.targets(menu, request))
                return Answer()
            }
        ]
    )
}

extension SimulatedRouter {
    /// Ends connections without a word.
    fileprivate mutating func endConnections(_ ids: [UInt64]) {
        for id in ids { drain(Int(clamping: id)) }
    }
}
