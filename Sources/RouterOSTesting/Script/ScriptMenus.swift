/// The menus of a router as a tree of words, in which scripts find their commands.
struct ScriptMenus: Sendable {
    /// A menu in the tree; the first is the root.
    typealias Node = Int

    /// What a word of a command stands for.
    enum Meaning: Equatable {
        case menu(Node)
        case verb(String)
    }

    private struct Branch {
        var path: String
        var parent: Node
        var menu: ScriptMenu
        var children: [(word: String, node: Node)] = []
    }

    static let root: Node = 0

    private var branches: [Branch]

    init(_ menus: [ScriptMenu]) {
        branches = [Branch(path: "", parent: 0, menu: ScriptMenu(path: "", isTable: false, verbs: []))]
        for menu in menus {
            var node = Self.root
            for word in menu.path.split(separator: "/") {
                node = child(String(word), of: node)
            }
            branches[node].menu = menu
        }
    }

    /// What is known of a menu.
    subscript(node: Node) -> ScriptMenu { branches[node].menu }

    /// The path of a menu, as the wire has it.
    func path(of node: Node) -> String { branches[node].path }

    /// The menu above.
    func parent(of node: Node) -> Node { branches[node].parent }

    /// What a word, whole or its beginning, stands for in a menu; nil when nothing or several things.
    func meaning(of word: String, in node: Node) -> Meaning? {
        let branch = branches[node]
        if let exact = branch.children.first(where: { $0.word == word }) { return .menu(exact.node) }
        if branch.menu.verbs.contains(word) { return .verb(word) }
        let menus = branch.children.filter { $0.word.hasPrefix(word) }
        let verbs = branch.menu.verbs.filter { $0.hasPrefix(word) }
        switch (menus.count, verbs.count) {
        case (1, 0): return .menu(menus[0].node)
        case (0, 1): return .verb(verbs[0])
        default: return nil
        }
    }

    private mutating func child(_ word: String, of node: Node) -> Node {
        if let known = branches[node].children.first(where: { $0.word == word }) { return known.node }
        let path = branches[node].path + "/" + word
        let menu = ScriptMenu(path: path, isTable: false, verbs: [])
        branches.append(Branch(path: path, parent: node, menu: menu))
        branches[node].children.append((word, branches.count - 1))
        return branches.count - 1
    }
}
