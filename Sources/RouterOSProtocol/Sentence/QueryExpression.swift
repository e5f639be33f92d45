/// What query words mean: a truth value put together from conditions.
///
/// The nodes are in an order in which each comes after those it is made of, and one may be part of several others, since
/// words can copy what is on the stack. So whatever the words do, there are no more nodes than bytes in them, and no word
/// is held more than twice: as itself and as its opposite.
struct QueryExpression: Sendable {
    /// A node, or what is known without looking at a row.
    enum Term: Sendable, Equatable {
        case constant(Bool)
        case node(Int)
    }

    /// How two become one.
    enum Junction: Sendable {
        case and
        case or

        /// The character of a `?#` word.
        var symbol: UInt8 { self == .and ? UInt8(ascii: "&") : UInt8(ascii: "|") }
    }

    enum Node: Sendable {
        /// The place among the conditions, so that going through the nodes counts no references.
        case condition(Int)
        case not(Int)
        case junction(Junction, Int, Int)
    }

    private(set) var nodes: [Node] = []
    private(set) var conditions: [Query.Condition] = []
    /// The value of the whole.
    var root = Term.constant(true)
    /// The opposites of nodes that have one among the nodes, both ways.
    private var opposites: [Int: Int] = [:]
    /// Where the conditions are that can be opposites of each other.
    ///
    /// Peers choose the words: were a condition made anew or compared whenever it is copied, a few kilobytes would cost as
    /// many megabytes and seconds.
    private var presences: [Query.Condition.Presence: Int] = [:]

    /// Adds a condition, if it is new.
    mutating func append(_ condition: Query.Condition) -> Term {
        guard let presence = condition.presence else { return appendNew(condition) }
        if let known = presences[presence] { return .node(known) }
        let index = nodes.count
        presences[presence] = index
        if let opposite = presences[presence.opposite] { link(index, opposite) }
        return appendNew(condition)
    }

    private mutating func appendNew(_ condition: Query.Condition) -> Term {
        conditions.append(condition)
        return append(.condition(conditions.count - 1))
    }

    /// Adds the nodes of another expression and returns its root.
    mutating func append(_ other: QueryExpression) -> Term {
        guard !nodes.isEmpty else {
            self = other
            return other.root
        }
        guard case .node(let root) = other.root else { return other.root }
        var terms: [Term] = []
        for node in other.nodes[...root] {
            switch node {
            case .condition(let place): terms.append(append(other.conditions[place]))
            case .not(let part): terms.append(not(terms[part]))
            case .junction(let junction, let left, let right): terms.append(join(junction, terms[left], terms[right]))
            }
        }
        return terms[root]
    }

    /// The opposite of a term.
    mutating func not(_ term: Term) -> Term {
        guard case .node(let index) = term else { return .constant(term == .constant(false)) }
        if let known = opposites[index] { return .node(known) }
        // A new condition finds its opposite by itself.
        if case .condition(let place) = nodes[index], let opposite = conditions[place].opposite {
            return append(opposite)
        }
        link(index, nodes.count)
        return append(.not(index))
    }

    private mutating func link(_ one: Int, _ other: Int) {
        opposites[one] = other
        opposites[other] = one
    }

    /// Two terms as one; a constant decides or does not matter.
    mutating func join(_ junction: Junction, _ left: Term, _ right: Term) -> Term {
        switch (left, right) {
        case (.constant(let value), let other), (let other, .constant(let value)):
            return value == (junction == .and) ? other : .constant(value)
        case (.node(let first), .node(let second)):
            if first == second { return left }
            if opposites[first] == second { return .constant(junction == .or) }
            return append(.junction(junction, first, second))
        }
    }

    private mutating func append(_ node: Node) -> Term {
        nodes.append(node)
        return .node(nodes.count - 1)
    }

    /// The value for the row that `holds` knows.
    func isTrue<Failure: Error>(_ holds: (Query.Condition) throws(Failure) -> Bool) throws(Failure) -> Bool {
        switch root {
        case .constant(let value): return value
        case .node(let root):
            var values: [Bool] = []
            values.reserveCapacity(root + 1)
            for node in nodes[...root] {
                switch node {
                case .condition(let place): values.append(try holds(conditions[place]))
                case .not(let part): values.append(!values[part])
                case .junction(.and, let left, let right): values.append(values[left] && values[right])
                case .junction(.or, let left, let right): values.append(values[left] || values[right])
                }
            }
            return values[root]
        }
    }

    /// The parts of a junction with those of the same kind in it, in order; nil for another node.
    ///
    /// A part that `isWhole` is taken as it is.
    func operands(of index: Int, isWhole: (Int) -> Bool) -> (junction: Junction, parts: [Int])? {
        guard case .junction(let junction, let left, let right) = nodes[index] else { return nil }
        var parts: [Int] = []
        var open = [right, left]
        while let part = open.popLast() {
            if case .junction(junction, let left, let right) = nodes[part], !isWhole(part) {
                open.append(right)
                open.append(left)
            } else {
                parts.append(part)
            }
        }
        return (junction, parts)
    }

    /// How many nodes that matter for the root each node is a part of, the root itself counted as one.
    func uses() -> [Int] {
        var uses = [Int](repeating: 0, count: nodes.count)
        guard case .node(let root) = root else { return uses }
        uses[root] = 1
        for index in stride(from: root, through: 0, by: -1) where uses[index] > 0 {
            switch nodes[index] {
            case .condition: break
            case .not(let part): uses[part] += 1
            case .junction(_, let left, let right):
                uses[left] += 1
                uses[right] += 1
            }
        }
        return uses
    }
}
