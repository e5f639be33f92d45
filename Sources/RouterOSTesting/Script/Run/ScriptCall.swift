/// A script or a function under way.
struct ScriptCall: Sendable {
    /// What a name stands for.
    enum Binding: Sendable {
        case local(ScriptValue)
        case global
    }

    /// A loop under way; its variables have a scope of their own.
    enum Rounds: Sendable {
        case count(WireText, next: Int64?, last: Int64, step: Int64)
        case each([WireText], keys: [ScriptValue], values: [ScriptValue], next: Int)
    }

    /// Rows under examination.
    struct Scan: Sendable {
        var site: ScriptScanSite
        var attributes: [WireText]?
        var rows: [ScriptRow]
        var index = -1
        var kept: [Int] = []

        /// What the row under examination has.
        func value(of name: WireText) -> ScriptValue? {
            rows.indices.contains(index) ? rows[index][name] : nil
        }
    }

    /// Where to go on after an error, and how much of everything there was then.
    struct Guard: Sendable {
        var handler: Int
        var values: Int
        var scopes: Int
        var rounds: Int
        var scans: Int
    }

    let code: ScriptCode
    var counter: Int
    /// How many values there were before.
    let base: Int
    var scopes: [[WireText: Binding]]
    var rounds: [Rounds] = []
    var scans: [Scan] = []
    var guards: [Guard] = []

    init(_ code: ScriptCode, entry: Int = 0, base: Int, variables: [WireText: ScriptValue]) {
        self.code = code
        counter = entry
        self.base = base
        scopes = [variables.mapValues { .local($0) }]
    }

    /// Where the instruction under way comes from.
    var position: SourcePosition {
        code.positions.indices.contains(counter - 1) ? code.positions[counter - 1] : SourcePosition()
    }

    /// What a name stands for here.
    func binding(of name: WireText) -> Binding? {
        for scope in scopes.reversed() {
            if let binding = scope[name] { return binding }
        }
        return nil
    }

    /// Gives a local variable another value; false when there is none of that name.
    mutating func assign(_ name: WireText, _ value: ScriptValue) -> Bool {
        for place in scopes.indices.reversed() where scopes[place][name] != nil {
            scopes[place][name] = .local(value)
            return true
        }
        return false
    }

    mutating func declare(_ name: WireText, _ binding: Binding) {
        scopes[scopes.count - 1][name] = binding
    }

    /// Goes back to what there was when a guard was set up.
    mutating func restore(_ state: Guard) {
        scopes.removeLast(max(0, scopes.count - state.scopes))
        rounds.removeLast(max(0, rounds.count - state.rounds))
        scans.removeLast(max(0, scans.count - state.scans))
        counter = state.handler
    }
}
