extension QueryExpression {
    /// The words that a router runs for this expression, each with its length prefix.
    ///
    /// What several others are made of is put on the stack first and copied by its index; the last operator then drops the
    /// original. Expressions written with the operators of ``Query`` have no such parts and leave one value.
    func compiled() -> [UInt8] {
        switch root {
        case .constant(true): return []
        case .constant(false): return Self.nothing
        case .node(let root):
            let uses = uses()
            var program = Program(expression: self, uses: uses)
            for index in 0..<root where program.isShared(index) {
                program.push(index)
                program.places[index] = program.places.count
            }
            program.push(root)
            return program.finish()
        }
    }

    /// Two conditions of which one fails for any row, so that it does not depend on how a router treats an empty stack.
    private static let nothing: [UInt8] = {
        var writer = WordWriter()
        writer.append("?.id")
        writer.append("?-.id")
        return writer.take()
    }()

    /// Words under construction.
    private struct Program {
        private enum Step {
            case push(Int)
            case apply(UInt8, count: Int)
        }

        private static let short = 32

        let expression: QueryExpression
        let uses: [Int]
        /// Where on the stack, from its bottom, shared nodes are.
        var places: [Int: Int] = [:]

        private var writer = WordWriter()
        /// Operators for the next `?#` word: those between two conditions go into one.
        private var operators: [UInt8] = []
        private var depth = 0

        init(expression: QueryExpression, uses: [Int]) {
            self.expression = expression
            self.uses = uses
        }

        /// Whether a node is on the stack once and copied; a short condition takes no more room than its copies do.
        func isShared(_ index: Int) -> Bool {
            if case .condition(let place) = expression.nodes[index] {
                guard expression.conditions[place].word.count > Self.short else { return false }
            }
            return uses[index] > 1
        }

        mutating func push(_ index: Int) {
            // A stack of its own instead of recursion: words of others nest as deep as they please.
            var steps = [Step.push(index)]
            while let step = steps.popLast() {
                switch step {
                case .apply(let symbol, let count):
                    operators.append(contentsOf: repeatElement(symbol, count: count))
                    if symbol != UInt8(ascii: "!") { depth -= count }
                case .push(let index):
                    if let place = places[index] {
                        operators.append(contentsOf: "\(depth - 1 - place).".utf8)
                        depth += 1
                    } else {
                        expand(index, into: &steps)
                    }
                }
            }
        }

        private mutating func expand(_ index: Int, into steps: inout [Step]) {
            switch expression.nodes[index] {
            case .condition(let place):
                flush()
                expression.conditions[place].word.withUnsafeBufferPointer { writer.append($0) }
                depth += 1
            case .not(let part):
                steps.append(.apply(UInt8(ascii: "!"), count: 1))
                steps.append(.push(part))
            case .junction:
                guard let (junction, parts) = expression.operands(of: index, isWhole: isShared) else { return }
                steps.append(.apply(junction.symbol, count: parts.count - 1))
                steps.append(contentsOf: parts.reversed().map(Step.push))
            }
        }

        mutating func finish() -> [UInt8] {
            if !places.isEmpty { operators.append(UInt8(ascii: "0")) }
            flush()
            return writer.take()
        }

        private mutating func flush() {
            guard !operators.isEmpty else { return }
            let word = Array("?#".utf8) + operators
            word.withUnsafeBufferPointer { writer.append($0) }
            operators.removeAll()
        }
    }
}
