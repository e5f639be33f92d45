/// A script that runs.
///
/// A value: it can be copied, kept and resumed at any later time, and does nothing by itself. It knows no router and no
/// clock; whatever it needs it asks its host for by a ``ScriptStep``. The same answers give the same run.
struct ScriptRun: Sendable {
    /// What the host is asked for.
    enum Pending: Sendable {
        case none
        case delay(Int64)
        case value
        case rows(ScriptScanSite, numbers: [WireText]?, attributes: [WireText]?)
        case row(ScriptMenus.Node, numbers: [WireText]?, name: String?)
    }

    let limits: ScriptLimits
    var calls: [ScriptCall]
    var values: [ScriptValue] = []
    /// The router's variables while the run goes on; the host has them while it waits.
    var globals = ScriptVariables()
    var random: SeededRandom
    var pending = Pending.none
    /// How much the script has waited so far, in nanoseconds.
    var elapsed: Int64 = 0
    /// The error that a handler is there for.
    var caught: ScriptError?
    private var steps = 0
    private var outcome: ScriptStep?

    /// Makes a script ready to run.
    ///
    /// - Parameters:
    ///   - script: What to run.
    ///   - variables: What the script finds as its own, such as `user` and `mac-address` for a hotspot's `on-login`.
    ///   - seed: What `:rndnum` and `:rndstr` come from.
    ///   - limits: What it may use up.
    init(_ script: Script, variables: [WireText: ScriptValue] = [:], seed: UInt64 = 0, limits: ScriptLimits = .init()) {
        self.limits = limits
        random = SeededRandom(seed: seed)
        calls = [ScriptCall(script.code, base: 0, variables: variables)]
    }

    /// Goes on until something is needed; the first time, and after what needs no answer, with none.
    ///
    /// A run that has ended keeps saying how.
    mutating func resume(_ answer: ScriptAnswer? = nil, globals router: inout ScriptVariables) -> ScriptStep {
        if let outcome { return outcome }
        swap(&globals, &router)
        defer { swap(&globals, &router) }
        do throws(ScriptFault) {
            try accept(answer)
        } catch {
            if let step = unwind(error) { return step }
        }
        while true {
            do throws(ScriptFault) {
                if let step = try advance() { return step }
            } catch {
                if let step = unwind(error) { return step }
            }
        }
    }

    // MARK: Errors

    /// Goes to the handler of an error; gives the end when there is none.
    private mutating func unwind(_ fault: ScriptFault) -> ScriptStep? {
        pending = .none
        let error = fault.at(calls.last?.position ?? SourcePosition())
        guard error.isCatchable else { return end(.failed(error)) }
        while !calls.isEmpty {
            if let state = calls[calls.count - 1].guards.popLast() {
                calls[calls.count - 1].restore(state)
                values.removeLast(max(0, values.count - state.values))
                caught = error
                return nil
            }
            calls.removeLast()
        }
        return end(.failed(error))
    }

    /// Ends the run for good.
    mutating func end(_ step: ScriptStep) -> ScriptStep {
        outcome = step
        calls = []
        values = []
        return step
    }

    // MARK: The answer

    private mutating func accept(_ answer: ScriptAnswer?) throws(ScriptFault) {
        let asked = pending
        pending = .none
        switch answer {
        case .refused(let message): throw ScriptFault(refused: message)
        case .beyond(let what): throw beyond(what)
        default: break
        }
        switch (asked, answer) {
        case (.none, _): break
        case (.delay(let time), _):
            elapsed = elapsed.addingReportingOverflow(time).overflow ? .max : elapsed + time
            if time > 0 { steps = 0 }
        case (.value, .value(let value)): try push(value)
        case (.value, nil): try push(.nothing)
        case (.rows(let site, let numbers, let attributes), .rows(let rows)):
            let rows = numbers.map { numbers in rows.filter { numbers.contains(where: $0.isNamed) } } ?? rows
            calls[calls.count - 1].scans.append(ScriptCall.Scan(site: site, attributes: attributes, rows: rows))
        case (.row(let node, let numbers, let name), .rows(let rows)):
            try push(attribute(name, of: row(of: rows, numbers: numbers, node: node), in: node))
        default: throw beyond("what the script asked for")
        }
    }

    func beyond(_ what: String) -> ScriptFault {
        ScriptFault("\(what) is beyond the simulator", .beyond)
    }

    // MARK: Values

    mutating func push(_ value: ScriptValue) throws(ScriptFault) {
        guard value.weight <= limits.size, value.depth <= ScriptLimits.arrayDepth else {
            throw ScriptFault("value is too large", .limit)
        }
        values.append(value)
    }

    mutating func pop() -> ScriptValue { values.popLast() ?? .nothing }

    /// The last so many values, in the order they came.
    mutating func pop(_ count: Int) -> [ScriptValue] {
        let taken = Array(values.suffix(count))
        values.removeLast(taken.count)
        return taken
    }

    /// Counts what is done; ends a script that does not end by itself.
    mutating func charge(_ cost: Int) throws(ScriptFault) {
        steps += cost
        guard steps <= limits.steps else {
            throw ScriptFault("script takes more than \(limits.steps) steps without a delay", .limit)
        }
    }
}
