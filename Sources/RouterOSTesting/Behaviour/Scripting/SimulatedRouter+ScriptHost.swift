import RouterOSProtocol

extension SimulatedRouter {
    /// The user name that the router's own scripts have.
    private static let systemUser: WireText = "*sys"

    /// Begins a script.
    ///
    /// It runs at once, unless another one is just running.
    @discardableResult
    mutating func begin(
        _ source: WireText,
        _ origin: ScriptRecord.Origin,
        name: WireText,
        as caller: Caller,
        variables: [WireText: ScriptValue] = [:],
        waiter: ScriptJob.Waiter? = nil
    ) -> BegunScript {
        let id = scripting.nextJob()
        let record = scripting.append(
            ScriptRecord(
                origin: origin,
                name: name.description,
                owner: caller.user?.description,
                begins: now
            )
        )
        let menus = ScriptMenuLibrary.menus(of: release)
        let program: Result<Script, ScriptError> =
            scripting.mayBegin(at: now, awaitedBy: waiter)
            ? scripting.program(source, menus)
            : .failure(ScriptError(kind: .limit, message: "too many scripts", position: SourcePosition()))
        switch program {
        case .success(let script):
            scripting.jobs[id] = ScriptJob(
                id: id,
                name: name,
                caller: caller,
                startedAt: dateTime,
                record: record,
                waiter: waiter,
                run: ScriptRun(script, variables: variables, seed: scripting.seed(), limits: scripting.limits)
            )
            scripting.ready.append((id, nil))
            runReadyScripts()
        case .failure(let error): end(id, record: record, waiter, output: [], .failed(error), name)
        }
        return BegunScript(job: id, record: record)
    }

    /// A script has waited long enough.
    mutating func wakeScript(_ id: UInt64) {
        scripting.ready.append((id, nil))
        runReadyScripts()
    }

    /// Lets every script go on that can, one after the other; what they begin comes behind them.
    private mutating func runReadyScripts() {
        guard !scripting.isRunning else { return }
        scripting.isRunning = true
        defer { scripting.isRunning = false }
        var next = 0
        while next < scripting.ready.count {
            let (id, answer) = scripting.ready[next]
            next += 1
            if next > 1_024 {
                scripting.ready.removeFirst(next)
                next = 0
            }
            goOn(id, answer)
        }
        scripting.ready = []
    }

    /// Lets a script go on until it waits or ends.
    private mutating func goOn(_ id: UInt64, _ given: ScriptAnswer?) {
        guard var job = scripting.jobs[id] else { return }
        var answer = given
        let owner = job.caller.user ?? Self.systemUser
        while true {
            var globals = scripting.globals[owner] ?? ScriptVariables()
            scripting.globals[owner] = nil
            let step = job.run.resume(answer, globals: &globals)
            scripting.globals[owner] = globals
            answer = nil
            switch step {
            case .rows(let request): answer = scriptRows(request, job.caller)
            case .command(let command):
                guard let child = beginScript(of: command, for: job) else {
                    answer = carryOut(command, job.caller)
                    // It may have ended itself, by way of its job or by a restart.
                    guard scripting.jobs[id] != nil else { return }
                    break
                }
                scripting.jobs[id] = job
                if let refused = child { scripting.ready.append((id, .refused(WireText(refused.message)))) }
                return
            case .delay(let time):
                scripting.jobs[id] = job
                return agenda.enter(.script(id), at: now + max(.zero, time))
            case .put(let text):
                job.output.append(text)
                scripting.update(record: job.record) { $0.output.append(text.description) }
            case .log(let topic, let text): note("script,\(topic)", text)
            case .execute(let source, let isAwaited):
                scripting.jobs[id] = job
                let (source, name) = namedScript(source)
                let child = begin(
                    source,
                    .execute,
                    name: name ?? "",
                    as: job.caller,
                    waiter: isAwaited ? .output(id) : nil
                )
                if isAwaited { return }
                answer = .value(.id(child.job))
            case .timestamp:
                let (nanoseconds, overflow) = clock.seconds(at: now).multipliedReportingOverflow(by: 1_000_000_000)
                answer = .value(.time(overflow ? .max : nanoseconds))
            case .finished(let value):
                scripting.jobs[id] = nil
                return end(id, record: job.record, job.waiter, output: job.output, .finished(value), job.name)
            case .failed(let error):
                scripting.jobs[id] = nil
                return end(id, record: job.record, job.waiter, output: job.output, .failed(error), job.name)
            }
        }
    }

    /// `/system script run` in a script, which waits for it: nil when the command is another, the refusal if there is one.
    private mutating func beginScript(of command: ScriptCommand, for job: ScriptJob) -> Trap?? {
        guard command.path == "/system/script", command.verb == "run" else { return nil }
        do throws(Trap) {
            let number = command.numbers?.first ?? command.arguments.first { $0.name == "number" }?.value
            guard let number, let menu = menus[command.path] else { throw .missingID }
            let request = Request(command.path + "/run", [("number", number)], from: job.caller)
            guard let id = try targets(menu, request).first else { throw .noSuchItem }
            scripting.jobs[job.id] = job
            try runScript(id, job.caller, waiter: .job(job.id))
            return .some(nil)
        } catch {
            return .some(error)
        }
    }

    // MARK: Ends

    private enum End {
        case finished(ScriptValue)
        case failed(ScriptError)
    }

    /// A script has ended: its record, whoever waits and the log learn of it.
    private mutating func end(
        _ job: UInt64,
        record: Int,
        _ waiter: ScriptJob.Waiter?,
        output: [WireText],
        _ end: End,
        _ name: WireText
    ) {
        let outcome: ScriptRecord.Outcome
        let answer: ScriptAnswer
        var failure: Trap?
        switch end {
        case .finished(let value):
            outcome = .finished(value.text.description)
            let text = WireText(output.map(\.bytes).joined(separator: [UInt8(ascii: "\n")]))
            if case .output = waiter { answer = .value(.string(text)) } else { answer = .value(value) }
        case .failed(let error):
            let text = error.description
            outcome = error.kind == .beyond ? .unsupported(text) : .failed(text)
            answer = error.kind == .beyond ? .beyond(error.message.description) : .refused(error.message)
            failure = Trap(message: text)
            note("script,error", "script error: \(name.isEmpty ? "" : "\(name): ")\(text)")
        }
        scripting.update(record: record) { $0.end(at: now, outcome) }
        switch waiter {
        case .job(let id), .output(let id):
            scripting.ready.append((id, answer))
            // A script that cannot be read ends before anybody runs.
            runReadyScripts()
        case nil: break
        }
        tellEnd(ofScript: job, output: output, failure: failure)
    }

    /// Somebody takes a script off its job.
    mutating func stopScript(_ id: UInt64) {
        guard let job = scripting.jobs.removeValue(forKey: id) else { return }
        agenda.remove(.script(id))
        scripting.update(record: job.record) { $0.end(at: now, .failed("interrupted")) }
        switch job.waiter {
        case .job(let waiter), .output(let waiter):
            scripting.ready.append((waiter, .refused("interrupted")))
            runReadyScripts()
        case nil: break
        }
        tellEnd(ofScript: id, output: job.output, failure: .interrupted)
    }
}
