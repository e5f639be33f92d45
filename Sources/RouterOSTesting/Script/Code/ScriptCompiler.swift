/// Turns what has been read into instructions.
///
/// It goes as deep as the text is nested, which the parser limits.
struct ScriptCompiler {
    private(set) var instructions: [ScriptInstruction] = []
    private(set) var positions: [SourcePosition] = []
    let menus: ScriptMenus
    private var position = SourcePosition()

    init(menus: ScriptMenus) {
        self.menus = menus
    }

    mutating func emit(_ instruction: ScriptInstruction) {
        instructions.append(instruction)
        positions.append(position)
    }

    /// The commands of a block; the value of the last stays.
    mutating func compile(_ block: ScriptBlock) {
        guard let last = block.statements.last else { return emit(.push(.nothing)) }
        for statement in block.statements.dropLast() {
            compile(statement)
            emit(.pop)
        }
        compile(last)
    }

    /// The place behind the last instruction.
    var end: Int { instructions.count }

    /// Leaves room for an instruction whose target is not known yet.
    mutating func reserve() -> Int {
        emit(.pop)
        return end - 1
    }

    mutating func fill(_ place: Int, with instruction: ScriptInstruction) {
        instructions[place] = instruction
    }

    mutating func move(to position: SourcePosition) {
        self.position = position
    }

    /// What `do=` holds: commands in a scope of their own, or the value of an expression, run if it is a function.
    mutating func compile(body: ScriptExpression) {
        guard case .function(let block) = body else {
            compile(body)
            return emit(.run)
        }
        emit(.enterScope)
        compile(block)
        emit(.leaveScope)
    }

    // MARK: Expressions

    mutating func compile(_ expression: ScriptExpression) {
        switch expression {
        case .literal(let value): emit(.push(value))
        case .word(let name), .attribute(let name): emit(.attribute(name))
        case .variable(let name): emit(.load(name))
        case .interpolation(let parts):
            for part in parts { compile(part) }
            emit(.join(parts.count))
        case .substitution(let block): compile(block)
        case .function(let block): compile(function: block)
        case .array(let elements):
            for element in elements {
                if let key = element.key { compile(key) }
                compile(element.value)
            }
            emit(.array(elements.map { $0.key != nil }))
        case .unary(let operation, let operand, let position):
            compile(operand)
            move(to: position)
            emit(.unary(operation))
        case .chain(let first, let links):
            compile(first)
            compile(links)
        }
    }

    private mutating func compile(_ links: [ScriptLink]) {
        // All of the links are `and`, or all are `or`: nothing more is looked at once the answer is known.
        var exits: [Int] = []
        for link in links {
            move(to: link.position)
            if link.operation.isLogical {
                exits.append(reserve())
                compile(link.operand)
            } else {
                compile(link.operand)
                move(to: link.position)
                emit(.binary(link.operation))
            }
        }
        guard let logical = links.first?.operation, logical.isLogical else { return }
        emit(.checkCondition)
        for exit in exits { fill(exit, with: logical == .both ? .both(end) : .either(end)) }
    }

    private mutating func compile(function block: ScriptBlock) {
        let around = reserve()
        let entry = end
        compile(block)
        emit(.leave)
        fill(around, with: .jump(end))
        emit(.function(entry: entry))
    }
}
