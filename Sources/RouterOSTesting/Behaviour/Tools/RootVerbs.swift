import RouterOSProtocol

extension Behaviour {
    /// Verbs that belong to no menu.
    static let root = Behaviour(verbs: [
        "ping": { router, _, request throws(Trap) in try router.ping(request) },
        "execute": { router, _, request throws(Trap) in try router.execute(script: request) },
    ])
}

extension SimulatedRouter {
    /// `/execute`: begins a script; the id of its job, or with `as-string` what it has put out.
    fileprivate mutating func execute(script request: Request) throws(Trap) -> Answer {
        var wantsOutput = false
        for (name, _) in request.attributes {
            switch name {
            case "script", "file": continue
            case "as-string" where release >= RouterOSVersion(7, 1): wantsOutput = true
            default: throw .unknownParameter(name)
            }
        }
        guard let given = request["script"], !given.isEmpty else { throw .missingValue("script") }
        let (source, name) = namedScript(given)
        let script = begin(source, .execute, name: name ?? "", as: request.caller)
        return wantsOutput ? output(of: script) : Answer(returned: RowID.text(script.job))
    }
}
