import RouterOSProtocol

extension SimulatedRouter {
    /// Runs a command of a menu.
    mutating func execute(_ request: Request) throws(Trap) -> Answer {
        guard let menu = menus[request.menu] else {
            if let verb = behaviours[""]?.verbs[request.verb], request.menu.isEmpty {
                try permit(request, .test)
                return try verb(&self, Menu("", .record), request)
            }
            throw menus.keys.contains { $0.hasPrefix(request.menu + "/") } ? .noSuchCommand : .noSuchMenu
        }
        guard menu.takes(request.verb) else { throw .noSuchCommand }
        try permit(request, menu)
        behaviours[menu.path]?.refresh?(&self)
        if let verb = behaviours[menu.path]?.verbs[request.verb] { return try verb(&self, menu, request) }
        switch request.verb {
        case "print", "getall": return try print(menu, request)
        case "listen": return try listen(menu, request)
        case "get": return try get(menu, request)
        case "add": return try add(menu, request)
        case "set": return try set(menu, request)
        case "remove": return try remove(menu, request)
        case "enable": return try assign("disabled", "false", menu, request)
        case "disable": return try assign("disabled", "true", menu, request)
        case "comment": return try assign("comment", request["comment"] ?? "", menu, request)
        case "unset": return try unset(menu, request)
        case "move": return try move(menu, request)
        case "reset-counters", "reset-counters-all": return try resetCounters(menu, request)
        default: throw .noSuchCommand
        }
    }

    private static func usualPolicy(of verb: String) -> Policy {
        switch verb {
        case "print", "getall", "get", "listen": .read
        case "monitor", "monitor-traffic", "run", "ping": .test
        default: .write
        }
    }

    func permit(_ request: Request, _ menu: Menu) throws(Trap) {
        try permit(request, menu.policies[request.verb] ?? Self.usualPolicy(of: request.verb))
    }

    private func permit(_ request: Request, _ policy: Policy) throws(Trap) {
        guard request.caller.holds(policy) else { throw .notPermitted }
    }

    /// The arguments of a verb of the menu's own but for those that address rows, checked as the menu describes them.
    func arguments(of menu: Menu, _ request: Request) throws(Trap) -> [String: WireText] {
        let known = menu.arguments[request.verb] ?? []
        var values: [String: WireText] = [:]
        for (name, value) in request.attributes {
            guard let argument = known.first(where: { $0.name == name }) else {
                guard Self.addressing.contains(name) else { throw .unknownParameter(name) }
                continue
            }
            guard !value.isEmpty else { continue }
            guard let canonical = canonical(value, argument) else { throw .invalidValue(name, argument.kind) }
            values[name] = canonical
        }
        for argument in known where argument.isRequired && values[argument.name] == nil {
            throw .missingValue(argument.name)
        }
        return values
    }

    /// A value as it is kept, with the names of rows turned into their ids.
    func canonical(_ value: WireText, _ column: Column) -> WireText? {
        // The tables alone: to capture the router would be to copy it.
        column.kind.canonical(value) { [tables] menu, name in
            if let id = tables[menu]?.id(ofName: name) { return id }
            guard let id = RowID.number(name), tables[menu]?.row(id) != nil else { return nil }
            return id
        }
    }
}
