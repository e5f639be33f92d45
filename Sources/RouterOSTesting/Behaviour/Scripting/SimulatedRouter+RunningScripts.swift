import RouterOSProtocol

extension SimulatedRouter {
    private static let scripts = "/system/script"

    // MARK: What makes scripts run

    /// Runs the script of a profile for a hotspot session that begins or ends.
    mutating func runHotspotScript(_ event: String, of session: HotspotSession, cause: String?) {
        guard let source = session.profile.flatMap({ value(event, of: $0, in: "/ip/hotspot/user/profile") }),
            !source.isEmpty
        else { return }
        var variables: [WireText: ScriptValue] = [
            "user": .string(session.user),
            "username": .string(session.user),
            "address": .address(.v4(IPv4Address(session.address))),
            "mac-address": .string(session.macAddress),
            "interface": .string(session.interface),
        ]
        if let cause {
            let (bytesIn, bytesOut) = (session.meter.bytesIn(at: now), session.meter.bytesOut(at: now))
            let (packetsIn, packetsOut) = (Meter.packets(bytesIn), Meter.packets(bytesOut))
            variables["cause"] = .text(cause)
            variables["uptime-secs"] = .number(session.meter.seconds(at: now))
            variables["bytes-in"] = .number(Int64(clamping: bytesIn))
            variables["bytes-out"] = .number(Int64(clamping: bytesOut))
            variables["bytes-total"] = .number(Int64(clamping: saturatingSum(bytesIn, bytesOut)))
            variables["packets-in"] = .number(Int64(clamping: packetsIn))
            variables["packets-out"] = .number(Int64(clamping: packetsOut))
            variables["packets-total"] = .number(Int64(clamping: saturatingSum(packetsIn, packetsOut)))
        }
        begin(
            source,
            cause == nil ? .hotspotLogin : .hotspotLogout,
            name: session.user,
            as: .console,
            variables: variables
        )
    }

    /// Runs the script of a profile for a PPP session that begins or ends.
    mutating func runPPPScript(_ event: String, of session: PPPSession) {
        guard let source = session.profile.flatMap({ value(event, of: $0, in: "/ppp/profile") }), !source.isEmpty
        else { return }
        let interface = session.dynamicRows.first { $0.menu == "/interface" }
        begin(
            source,
            event == "on-up" ? .pppUp : .pppDown,
            name: session.name,
            as: .console,
            variables: [
                "user": .string(session.name),
                "local-address": .string(session.localAddress ?? ""),
                "remote-address": .address(.v4(IPv4Address(session.address))),
                "caller-id": .string(session.callerID),
                "called-id": .text(""),
                "interface": interface.map { .id($0.id) } ?? .string(session.interface),
            ]
        )
    }

    /// Runs what a scheduler has: a script, or the name of one.
    mutating func runEvent(_ event: WireText, name: WireText, as caller: Caller) {
        guard !event.isEmpty else { return }
        begin(namedScript(event).source, .scheduler, name: name, as: caller)
    }

    /// The rights of a row that belongs to a user: its own policies, as far as the user has them.
    func owner(_ user: WireText?, policies list: WireText?) -> Caller {
        let own = Set((list?.commaSeparated ?? []).compactMap { Policy(rawValue: $0.description) })
        let group = user.flatMap { tables["/user"]?.id(ofName: $0) }.flatMap { value("group", of: $0, in: "/user") }
        // Rows whose owner is gone keep what they have.
        return Caller(user: user, policies: group.map { policies(of: $0).intersection(own) } ?? own, address: nil)
    }

    /// The source of a script that is given by its name, with that name; otherwise what was given.
    mutating func namedScript(_ text: WireText) -> (source: WireText, name: WireText?) {
        guard let id = tables[Self.scripts]?.id(ofName: text) else { return (text, nil) }
        countRun(of: id)
        return (value("source", of: id, in: Self.scripts) ?? "", text)
    }

    private mutating func countRun(of id: UInt64) {
        let count = value("run-count", of: id, in: Self.scripts).flatMap { Magnitude.integer($0) } ?? 0
        refresh(
            ["run-count": WireText(saturatingSum(count, 1)), "last-started": dateTime],
            in: id,
            of: Self.scripts
        )
    }

    /// Runs a row of `/system/script` for somebody who may.
    @discardableResult
    mutating func runScript(_ id: UInt64, _ caller: Caller, waiter: ScriptJob.Waiter? = nil) throws(Trap) -> BegunScript
    {
        let needed = owner(nil, policies: value("policy", of: id, in: Self.scripts)).policies
        let isFree = value("dont-require-permissions", of: id, in: Self.scripts) == "true"
        guard isFree || needed.isSubset(of: caller.policies) else { throw .notPermitted }
        countRun(of: id)
        return begin(
            value("source", of: id, in: Self.scripts) ?? "",
            .run,
            name: value("name", of: id, in: Self.scripts) ?? "",
            as: Caller(user: caller.user, policies: needed, address: caller.address),
            waiter: waiter
        )
    }
}

extension Behaviour {
    /// `/system/script`.
    static let script = Behaviour(
        verbs: [
            "add": { router, menu, request throws(Trap) in
                let answer = try router.add(menu, request)
                if let id = answer.returned.flatMap({ RowID.number($0) }),
                    router.value("owner", of: id, in: menu.path) == nil
                {
                    router.refresh(["owner": request.caller.user ?? "admin"], in: id, of: menu.path)
                }
                return answer
            },
            "run": { router, menu, request throws(Trap) in
                guard let id = try router.targets(menu, request).first else { throw .noSuchItem }
                let script = try router.runScript(id, request.caller)
                return try router.answer(to: script)
            },
        ]
    )

    /// `/system/script/job`: the scripts under way.
    static let scriptJob = Behaviour(
        rows: { router, menu in
            router.scripting.jobs.values.sorted { $0.id < $1.id }.map { describe($0, menu) }
        },
        row: { router, menu, id in router.scripting.jobs[id].map { describe($0, menu) } },
        remove: { router, ids in for id in ids { router.stopScript(id) } }
    )

    private static func describe(_ job: ScriptJob, _ menu: Menu) -> VisibleRow {
        let policies = Policy.allCases.filter(job.caller.holds).map(\.rawValue)
        return VisibleRow(
            id: job.id,
            menu,
            [
                "script": job.name, "owner": job.caller.user ?? "*sys", "type": "command", "started": job.startedAt,
                "policy": WireText(policies.joined(separator: ",")),
            ]
        )
    }

    /// `/system/script/environment`: the global variables.
    static let scriptEnvironment = Behaviour(rows: { router, menu in
        let owners = router.scripting.globals.keys.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        let variables = owners.flatMap { owner in
            (router.scripting.globals[owner]?.sorted ?? []).map { (owner, $0) }
        }
        return variables.enumerated().map { place, variable in
            VisibleRow(
                id: UInt64(place) + 1,
                menu,
                ["user": variable.0, "name": variable.1.name, "value": variable.1.value.text]
            )
        }
    })
}

extension SimulatedRouter {
    /// What a client hears that waits for a script: nothing until it has ended, and how when it has failed.
    func answer(to script: BegunScript) throws(Trap) -> Answer {
        if scripting.jobs[script.job] != nil { return Answer(activity: .script(job: script.job, wantsOutput: false)) }
        switch scripting.record(script.record)?.outcome {
        case .failed(let reason), .unsupported(let reason): throw Trap(message: reason)
        case .finished, .running, nil: return Answer()
        }
    }

    /// What a client hears that wants what a script puts out: nothing until it has ended, then all of it, however it ended.
    func output(of script: BegunScript) -> Answer {
        if scripting.jobs[script.job] != nil { return Answer(activity: .script(job: script.job, wantsOutput: true)) }
        return Answer(returned: WireText((scripting.record(script.record)?.output ?? []).joined(separator: "\n")))
    }
}
