/// Variables by name, such as the global ones of a router.
struct ScriptVariables: Equatable, Sendable {
    private var values: [WireText: ScriptValue] = [:]

    init(_ values: [WireText: ScriptValue] = [:]) {
        self.values = values
    }

    subscript(name: WireText) -> ScriptValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    var count: Int { values.count }

    /// All of them by name, as `/system/script/environment` lists them.
    var sorted: [(name: WireText, value: ScriptValue)] {
        values.map { ($0.key, $0.value) }.sorted { $0.0.bytes.lexicographicallyPrecedes($1.0.bytes) }
    }
}
