extension ScriptCompiler {
    mutating func compile(_ statement: ScriptStatement) {
        move(to: statement.position)
        switch statement.kind {
        case .block(let block): compile(body: .function(block))
        case .expression(let expression): compile(expression)
        case .declare(let name, let isGlobal, let value):
            if let value { compile(value) }
            move(to: statement.position)
            emit(.declare(name, isGlobal: isGlobal, hasValue: value != nil))
        case .assign(let name, let keys, let value):
            for key in keys { compile(key) }
            if let value { compile(value) }
            move(to: statement.position)
            emit(.assign(name, keys: keys.count, hasValue: value != nil))
        case .conditional(let condition, let then, let otherwise):
            compile(condition: condition, then: then, otherwise: otherwise)
        case .whileLoop(let condition, let body):
            let start = end
            compile(condition)
            let exit = reserve()
            compile(body: body)
            emit(.pop)
            emit(.jump(start))
            fill(exit, with: .jumpUnless(end))
            emit(.push(.nothing))
        case .doBlock(let body, let condition, let handler):
            compile(body: body, while: condition, onError: handler)
        case .count(let name, let from, let to, let step, let body):
            compile(from)
            compile(to)
            if let step { compile(step) } else { emit(.push(.nothing)) }
            move(to: statement.position)
            emit(.beginCount(name))
            compile(rounds: body)
        case .each(let names, let array, let body):
            compile(array)
            move(to: statement.position)
            emit(.beginEach(names))
            compile(rounds: body)
        case .onError(let name, let body, let handler):
            compile(guarded: { $0.compile(body: body) }) { compiler in
                compiler.emit(.enterScope)
                compiler.emit(.bindError(name))
                compiler.compile(body: handler)
                compiler.emit(.leaveScope)
            }
        case .time(let body):
            emit(.mark)
            compile(body: body)
            emit(.pop)
            emit(.sinceMark)
        case .call(let command, let values):
            for case let value? in values { compile(value) }
            move(to: statement.position)
            if command == .return {
                if values.allSatisfy({ $0 == nil }) { emit(.push(.nothing)) }
                emit(.leave)
            } else {
                emit(.call(command, values.map { $0 != nil }))
            }
        case .invoke(let callee, let arguments):
            compile(callee)
            for argument in arguments { compile(argument.value) }
            move(to: statement.position)
            emit(.invoke(arguments.map(\.name)))
        case .scan(let scan): compile(scan, at: statement.position)
        case .get(let node, let number, let name):
            if let number { compile(number) } else { emit(.push(.nothing)) }
            if let name { compile(name) } else { emit(.push(.nothing)) }
            move(to: statement.position)
            emit(.get(node))
        case .command(let node, let verb, let arguments):
            for argument in arguments { compile(argument.value) }
            move(to: statement.position)
            emit(.command(node, verb: verb, arguments.map(\.name)))
        case .beyond(let what): emit(.beyond(what))
        }
    }

    private mutating func compile(
        condition: ScriptExpression,
        then: ScriptExpression?,
        otherwise: ScriptExpression?
    ) {
        compile(condition)
        let skip = reserve()
        if let then { compile(body: then) } else { emit(.push(.nothing)) }
        let exit = reserve()
        fill(skip, with: .jumpUnless(end))
        if let otherwise { compile(body: otherwise) } else { emit(.push(.nothing)) }
        fill(exit, with: .jump(end))
    }

    private mutating func compile(
        body: ScriptExpression,
        while condition: ScriptExpression?,
        onError handler: ScriptExpression?
    ) {
        func loop(_ compiler: inout ScriptCompiler) {
            let start = compiler.end
            compiler.compile(body: body)
            guard let condition else { return }
            compiler.emit(.pop)
            compiler.compile(condition)
            let exit = compiler.reserve()
            compiler.emit(.jump(start))
            compiler.fill(exit, with: .jumpUnless(compiler.end))
            compiler.emit(.push(.nothing))
        }
        guard let handler else { return loop(&self) }
        compile(guarded: loop) { $0.compile(body: handler) }
    }

    private mutating func compile(
        guarded body: (inout ScriptCompiler) -> Void,
        handler: (inout ScriptCompiler) -> Void
    ) {
        let guarding = reserve()
        body(&self)
        emit(.endGuard)
        let exit = reserve()
        fill(guarding, with: .guardErrors(end))
        handler(&self)
        fill(exit, with: .jump(end))
    }

    private mutating func compile(rounds body: ScriptExpression) {
        let start = reserve()
        compile(body: body)
        emit(.pop)
        emit(.jump(start))
        fill(start, with: .nextRound(end))
        emit(.push(.nothing))
    }

    private mutating func compile(_ scan: ScriptScan, at position: SourcePosition) {
        if let numbers = scan.numbers { compile(numbers) }
        if let attributes = scan.attributes { compile(attributes) }
        let hints = scan.filter.map { Self.hints($0, of: menus[scan.node]) } ?? []
        for hint in hints { compile(hint.value) }
        move(to: position)
        emit(
            .scan(
                ScriptScanSite(
                    node: scan.node,
                    purpose: scan.purpose,
                    hasNumbers: scan.numbers != nil,
                    hasAttributes: scan.attributes != nil,
                    hints: hints.map(\.name)
                )
            )
        )
        let start = reserve()
        if let filter = scan.filter { compile(filter) } else { emit(.push(.boolean(true))) }
        emit(.keepRow)
        emit(.jump(start))
        fill(start, with: .nextRow(end))
        emit(.endScan)
    }

    /// What every row that fulfils a condition has: the comparisons with a constant that all must hold.
    private static func hints(
        _ filter: ScriptExpression,
        of menu: ScriptMenu
    ) -> [(name: WireText, value: ScriptExpression)] {
        guard case .chain(let first, let links) = filter else { return [] }
        if links.allSatisfy({ $0.operation == .both }) {
            return hints(first, of: menu) + links.flatMap { hints($0.operand, of: menu) }
        }
        guard links.count == 1, links[0].operation == .equal, case .attribute(let name) = first else { return [] }
        return isConstant(links[0].operand, in: menu) ? [(name, links[0].operand)] : []
    }

    /// Whether an expression has the same value for every row of a menu.
    private static func isConstant(_ expression: ScriptExpression, in menu: ScriptMenu) -> Bool {
        switch expression {
        case .literal: true
        // An attribute of the row comes before a variable of its name.
        case .variable(let name): !menu.arguments.isEmpty && !menu.arguments.contains(name.description)
        case .interpolation(let parts): parts.allSatisfy { isConstant($0, in: menu) }
        default: false
        }
    }
}
