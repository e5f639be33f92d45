extension ScriptRun {
    /// What a variable holds: in a condition on rows the row's own attribute comes first, as on a router.
    func variable(_ name: WireText) -> ScriptValue {
        if let value = rowValue(name) { return value }
        return switch calls.last?.binding(of: name) {
        case .local(let value): value
        case .global: globals[name] ?? .nothing
        case nil: .nothing
        }
    }

    /// What the row under examination has, the innermost first.
    func rowValue(_ name: WireText) -> ScriptValue? {
        guard let scans = calls.last?.scans, !scans.isEmpty else { return nil }
        for scan in scans.reversed() {
            if let value = scan.value(of: name) { return value }
        }
        return nil
    }

    mutating func declare(_ name: WireText, isGlobal: Bool, value: ScriptValue?) throws(ScriptFault) {
        if isGlobal {
            calls[calls.count - 1].declare(name, .global)
            if let value { globals[name] = value }
            if globals[name] == nil { globals[name] = .nothing }
        } else {
            calls[calls.count - 1].declare(name, .local(value ?? .nothing))
        }
        values.append(.nothing)
    }

    /// Gives a variable, or an element within it, a value; without one it is forgotten.
    mutating func assign(_ name: WireText, keys: [ScriptValue], value: ScriptValue?) throws(ScriptFault) {
        guard let binding = calls.last?.binding(of: name) else { throw ScriptFault("syntax error", .syntax) }
        var new = value ?? .nothing
        if let key = keys.last {
            let old = variable(name)
            try charge(old.cost)
            new = try changed(old, along: keys.dropLast(), key, to: value)
            guard new.weight <= limits.size, new.depth <= ScriptLimits.arrayDepth else {
                throw ScriptFault("value is too large", .limit)
            }
        }
        switch binding {
        case .global: globals[name] = new
        case .local: _ = calls[calls.count - 1].assign(name, new)
        }
        values.append(.nothing)
    }

    /// A value with one element of it, or of an array in it, changed.
    private func changed(
        _ value: ScriptValue,
        along path: ArraySlice<ScriptValue>,
        _ key: ScriptValue,
        to element: ScriptValue?
    ) throws(ScriptFault) -> ScriptValue {
        // From the outermost array in, then back with the changed ones.
        var arrays = [try array(value)]
        for key in path { arrays.append(try array(arrays[arrays.count - 1][key])) }
        var changed = arrays.removeLast()
        if let element { changed.set(key, to: element) } else { changed.remove(key) }
        for key in path.reversed() {
            var outer = arrays.removeLast()
            outer.set(key, to: .array(changed))
            changed = outer
        }
        return .array(changed)
    }

    private func array(_ value: ScriptValue) throws(ScriptFault) -> ScriptArray {
        switch value {
        case .array(let array): return array
        case .nothing, .nil: return ScriptArray()
        default: throw ScriptFault("cannot set an element of a \(value.kindName)")
        }
    }
}
