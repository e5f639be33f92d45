extension ScriptRun {
    /// Does one instruction; gives a step when the host has to know.
    mutating func advance() throws(ScriptFault) -> ScriptStep? {
        try charge(1)
        let top = calls.count - 1
        let counter = calls[top].counter
        guard counter < calls[top].code.instructions.count else { return end(.finished(pop())) }
        calls[top].counter = counter + 1
        switch calls[top].code.instructions[counter] {
        case .push(let value): values.append(value)
        case .pop: values.removeLast(min(1, values.count))
        case .load(let name): values.append(variable(name))
        case .attribute(let name): values.append(rowValue(name) ?? .nothing)
        case .declare(let name, let isGlobal, let hasValue):
            try declare(name, isGlobal: isGlobal, value: hasValue ? pop() : nil)
        case .assign(let name, let keys, let hasValue):
            let value = hasValue ? pop() : nil
            try assign(name, keys: pop(keys), value: value)
        case .enterScope: calls[top].scopes.append([:])
        case .leaveScope: calls[top].scopes.removeLast()
        case .jump(let target): calls[top].counter = target
        case .jumpUnless(let target): if try !condition(pop()) { calls[top].counter = target }
        case .both(let target): try shortcut(to: target, on: false)
        case .either(let target): try shortcut(to: target, on: true)
        case .checkCondition: _ = try condition(values.last ?? .nothing)
        case .unary(let operation): try push(unary(operation, pop()))
        case .binary(let operation):
            let right = pop()
            let left = pop()
            try charge(left.cost + right.cost)
            try push(binary(operation, left, right))
        case .join(let count): try join(count)
        case .array(let hasKey): try makeArray(hasKey)
        case .function(let entry):
            values.append(.function(ScriptFunction(code: calls[top].code, entry: entry)))
        case .invoke(let names): try invoke(names)
        case .run: try run()
        case .leave: return leave()
        case .call(let command, let present): return try call(command, present)
        case .beginCount(let name): try beginCount(name)
        case .beginEach(let names): try beginEach(names)
        case .nextRound(let exit): nextRound(exit)
        case .guardErrors(let handler):
            calls[top].guards.append(
                ScriptCall.Guard(
                    handler: handler,
                    values: values.count,
                    scopes: calls[top].scopes.count,
                    rounds: calls[top].rounds.count,
                    scans: calls[top].scans.count
                )
            )
        case .endGuard: calls[top].guards.removeLast()
        case .bindError(let name): calls[top].declare(name, .local(.string(caught?.message ?? "")))
        case .mark: values.append(.number(elapsed))
        case .sinceMark:
            guard case .number(let start) = pop() else { break }
            values.append(.time(elapsed - start))
        case .scan(let site): return try scan(site)
        case .nextRow(let exit): nextRow(exit)
        case .keepRow: try keepRow(pop())
        case .endScan: return try endScan()
        case .get(let node): return try get(node)
        case .command(let node, let verb, let names): return try command(node, verb: verb, names)
        case .beyond(let what): throw beyond(what)
        }
        return nil
    }

    /// Whether a condition holds; what is not there does not.
    func condition(_ value: ScriptValue) throws(ScriptFault) -> Bool {
        switch value {
        case .boolean(let holds): return holds
        case .nothing, .nil: return false
        default: throw ScriptFault("conditional not boolean")
        }
    }

    private mutating func shortcut(to target: Int, on answer: Bool) throws(ScriptFault) {
        if try condition(values.last ?? .nothing) == answer {
            calls[calls.count - 1].counter = target
        } else {
            _ = pop()
        }
    }

    private mutating func join(_ count: Int) throws(ScriptFault) {
        var bytes: [UInt8] = []
        for value in pop(count) {
            try charge(value.cost)
            value.write(to: &bytes)
            guard bytes.count <= limits.size else { throw ScriptFault("value is too large", .limit) }
        }
        values.append(.string(WireText(bytes)))
    }

    private mutating func makeArray(_ hasKey: [Bool]) throws(ScriptFault) {
        let parts = pop(hasKey.count + hasKey.count(where: { $0 }))
        var array = ScriptArray()
        var next = parts.makeIterator()
        for hasKey in hasKey {
            if hasKey {
                let key = next.next() ?? .nothing
                array.set(.string(key.text), to: next.next() ?? .nothing)
            } else {
                array.append(next.next() ?? .nothing)
            }
        }
        try push(.array(array))
    }

    // MARK: Functions

    private mutating func invoke(_ names: [WireText?]) throws(ScriptFault) {
        let given = pop(names.count)
        let callee = pop()
        guard case .function(let function) = callee else {
            guard names.isEmpty else { throw ScriptFault("cannot call a value that is a \(callee.kindName)") }
            return values.append(callee)
        }
        var variables: [WireText: ScriptValue] = [:]
        var place = 0
        for (name, value) in zip(names, given) {
            if name == nil { place += 1 }
            variables[name ?? WireText(place)] = value
        }
        try enter(function, variables)
    }

    private mutating func run() throws(ScriptFault) {
        if case .function(let function) = values.last {
            values.removeLast()
            try enter(function, [:])
        }
    }

    private mutating func enter(
        _ function: ScriptFunction,
        _ variables: [WireText: ScriptValue]
    ) throws(ScriptFault) {
        guard calls.count < limits.calls else { throw ScriptFault("functions are called too deeply", .limit) }
        calls.append(ScriptCall(function.code, entry: function.entry, base: values.count, variables: variables))
    }

    private mutating func leave() -> ScriptStep? {
        let value = pop()
        guard calls.count > 1, let call = calls.popLast() else { return end(.finished(value)) }
        values.removeLast(max(0, values.count - call.base))
        values.append(value)
        return nil
    }

    // MARK: Loops

    private mutating func beginCount(_ name: WireText) throws(ScriptFault) {
        let bounds = pop(3)
        guard bounds.count == 3, case .number(let from) = bounds[0].asNumber, case .number(let to) = bounds[1].asNumber
        else { throw ScriptFault("invalid value for argument from or to: a number is required") }
        var step: Int64 = from <= to ? 1 : -1
        if bounds[2] != .nothing {
            guard case .number(let given) = bounds[2].asNumber, given != 0 else {
                throw ScriptFault("invalid value for argument step: a number other than 0 is required")
            }
            step = given
        }
        begin(.count(name, next: from, last: to, step: step))
    }

    private mutating func beginEach(_ names: [WireText]) throws(ScriptFault) {
        let array = pop().asArray
        try charge(array.count)
        begin(.each(names, keys: names.count > 1 ? array.keys : [], values: array.values, next: 0))
    }

    private mutating func begin(_ rounds: ScriptCall.Rounds) {
        calls[calls.count - 1].rounds.append(rounds)
        calls[calls.count - 1].scopes.append([:])
    }

    private mutating func nextRound(_ exit: Int) {
        let top = calls.count - 1
        switch calls[top].rounds.popLast() {
        case .count(let name, let next?, let last, let step) where step > 0 ? next <= last : next >= last:
            calls[top].declare(name, .local(.number(next)))
            let (following, overflows) = next.addingReportingOverflow(step)
            calls[top].rounds.append(.count(name, next: overflows ? nil : following, last: last, step: step))
        case .each(let names, let keys, let values, let next) where next < values.count:
            if let last = names.last { calls[top].declare(last, .local(values[next])) }
            if names.count > 1, next < keys.count { calls[top].declare(names[0], .local(keys[next])) }
            calls[top].rounds.append(.each(names, keys: keys, values: values, next: next + 1))
        default:
            calls[top].scopes.removeLast()
            calls[top].counter = exit
        }
    }
}
