/// A menu of the router, described as data: the engine that serves it knows no menu by name.
struct Menu: Sendable {
    enum Shape: Sendable {
        /// Rows with ids that clients add, change and remove.
        case table
        /// One record without an id.
        case settings
        /// Rows that the router makes up when asked.
        case computed
    }

    enum Verb: String, Sendable {
        case print
        case getall
        case get
        case listen
        case add
        case set
        case remove
        case enable
        case disable
        case comment
        case unset
        case resetCounters = "reset-counters"
        case login
    }

    let path: String
    let shape: Shape
    let verbs: Set<Verb>
    let attributes: [Attribute]
    /// What the router says to a second row of one name.
    let duplicateMessage: String
    /// The arguments of the menu's own verb, such as `login`.
    let arguments: [Attribute]

    private let columns: [String: Int]

    init(
        _ path: String,
        _ shape: Shape,
        verbs: Set<Verb>,
        duplicateMessage: String = "failure: already have such item",
        arguments: [Attribute] = [],
        attributes: [Attribute]
    ) {
        self.path = path
        self.shape = shape
        self.verbs = verbs
        self.attributes = attributes
        self.duplicateMessage = duplicateMessage
        self.arguments = arguments
        columns = Dictionary(
            attributes.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The position of a column.
    func column(_ name: String) -> Int? { columns[name] }
}
