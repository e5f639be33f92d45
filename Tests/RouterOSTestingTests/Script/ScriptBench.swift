import RouterOSProtocol

@testable import RouterOSTesting

/// A host for scripts: a few tables that commands change, and a record of what happened.
struct ScriptBench {
    static let user = "/ip/hotspot/user"
    static let active = "/ip/hotspot/active"
    static let scheduler = "/system/scheduler"
    static let script = "/system/script"
    static let clock = "/system/clock"

    static let menus = ScriptMenus([
        ScriptMenu(
            path: user,
            arguments: [
                "name", "password", "profile", "comment", "limit-uptime", "disabled", "mac-address", "server", "uptime",
            ]
        ),
        ScriptMenu(path: "/ip/hotspot/user/profile", arguments: ["name", "rate-limit"]),
        ScriptMenu(path: active, arguments: ["user", "address"]),
        ScriptMenu(
            path: scheduler,
            arguments: ["name", "start-date", "start-time", "interval", "on-event", "disabled", "next-run", "comment"]
        ),
        ScriptMenu(
            path: script,
            verbs: ScriptMenu.tableVerbs + ["run"],
            arguments: ["name", "owner", "source", "comment", "policy"]
        ),
        ScriptMenu(path: clock, isTable: false, verbs: ScriptMenu.settingVerbs, arguments: ["date", "time"]),
        ScriptMenu(path: "/system/identity", isTable: false, verbs: ScriptMenu.settingVerbs, arguments: ["name"]),
        ScriptMenu(path: "/tool", isTable: false, verbs: ["fetch"]),
    ])

    /// The rows of each menu.
    var tables: [String: [ScriptRow]] = [
        clock: [ScriptRow(attributes: [("date", .text("jan/02/2024")), ("time", .time(11_045_000_000_000))])],
        "/system/identity": [ScriptRow(attributes: [("name", .text("MikroTik"))])],
    ]
    var globals = ScriptVariables()
    /// The text of every `:put`.
    private(set) var output: [String] = []
    /// What was logged: `info: text`.
    private(set) var log: [String] = []
    private(set) var delays: [Duration] = []
    /// Commands as text: `/ip/hotspot/user set *1 comment=x`.
    private(set) var commands: [String] = []
    private(set) var executed: [String] = []
    /// The hints that came with requests for rows: `name=x`.
    private(set) var hints: [String] = []
    /// When schedulers that a script adds run next.
    var nextRun = ""
    private var nextID: UInt64 = 1

    /// Adds a row to a menu.
    mutating func add(_ menu: String, _ attributes: [(name: WireText, value: ScriptValue)]) {
        tables[menu, default: []].append(ScriptRow(attributes: [(".id", .id(nextID))] + attributes))
        nextID += 1
    }

    /// Runs a script to its end, or until so many steps were answered.
    mutating func run(
        _ source: String,
        variables: [WireText: ScriptValue] = [:],
        limits: ScriptLimits = ScriptLimits(steps: 200_000, size: 1_048_576)
    ) throws(ScriptError) -> ScriptValue {
        let script = try Script(source.utf8, menus: Self.menus)
        var run = ScriptRun(script, variables: variables, seed: 1, limits: limits)
        return try finish(&run)
    }

    /// Answers a run until it ends.
    mutating func finish(_ run: inout ScriptRun) throws(ScriptError) -> ScriptValue {
        var answer: ScriptAnswer?
        while true {
            let step = run.resume(answer, globals: &globals)
            switch step {
            case .finished(let value): return value
            case .failed(let error): throw error
            default: answer = self.answer(step)
            }
        }
    }

    /// What this host makes of a step.
    mutating func answer(_ step: ScriptStep) -> ScriptAnswer? {
        switch step {
        case .rows(let request):
            hints += request.hints.map { "\($0.name)=\($0.value.text)" }
            return .rows(tables[request.path] ?? [])
        case .command(let command): return perform(command)
        case .delay(let time): delays.append(time)
        case .put(let text): output.append(text.description)
        case .log(let topic, let text): log.append("\(topic): \(text)")
        case .execute(let source, _):
            executed.append(source.description)
            return .value(.id(7))
        case .timestamp: return .value(.time(1_700_000_000_000_000_000))
        case .finished, .failed: break
        }
        return nil
    }

    /// The text an attribute has in the rows of a menu.
    func column(_ menu: String, _ name: WireText) -> [String] {
        tables[menu, default: []].map { $0[name]?.text.description ?? "-" }
    }

    private mutating func perform(_ command: ScriptCommand) -> ScriptAnswer {
        let words = (command.numbers ?? []).map(\.description) + command.arguments.map { "\($0.name)=\($0.value)" }
        commands.append(([command.path, command.verb] + words).joined(separator: " "))
        let menu = command.path
        let isMeant = { (row: ScriptRow) in command.numbers?.contains(where: row.isNamed) ?? false }
        switch command.verb {
        case "add":
            let next: [(name: WireText, value: ScriptValue)] =
                menu == Self.scheduler ? [("next-run", .text(nextRun))] : []
            add(menu, command.arguments.map { ($0.name, .string($0.value)) } + next)
            return .value(.id(nextID - 1))
        case "remove":
            tables[menu]?.removeAll(where: isMeant)
        case "set":
            for place in tables[menu, default: []].indices where isMeant(tables[menu, default: []][place]) {
                for (name, value) in command.arguments {
                    tables[menu]?[place].attributes.removeAll { $0.name == name }
                    tables[menu]?[place].attributes.append((name, .string(value)))
                }
            }
        case "fetch": return .value(.text("fetched"))
        case "run": return .refused("no such item")
        case "move": return .beyond("moving rows")
        default: break
        }
        return .value(.nothing)
    }
}

/// The value of an expression or command as `:put` would show it, with its type: `num 5`.
func evaluated(_ source: String) -> String {
    var bench = ScriptBench()
    do {
        let value = try bench.run(":return \(source)")
        return "\(value.typeName) \(value.text)"
    } catch {
        return error.description
    }
}
