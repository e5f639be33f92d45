/// The status words that a document, an interface or a neighbouring program uses: a view of the use side of a voucher.
///
/// Every state has one word; a word may stand for several states, which is what a filter by it needs.
public struct StatusVocabulary: Hashable, Sendable {
    private let words: [AccessState: String]

    private init(_ words: [AccessState: String]) { self.words = words }

    /// The word for a state.
    public func word(for state: AccessState) -> String { words[state] ?? state.rawValue }

    /// The states that a word stands for, whatever the case of a–z; none for a word that is not of the vocabulary.
    public func states(for word: String) -> Set<AccessState> {
        Set(words.filter { $0.value.asciiUppercased == word.asciiUppercased }.keys)
    }

    /// Every word, in the order of the states.
    public var allWords: [String] {
        AccessState.allCases.reduce(into: []) { all, state in
            let word = word(for: state)
            if !all.contains(word) { all.append(word) }
        }
    }

    /// Words of log-in: pending, active, expired, used; active means that somebody has logged in.
    ///
    /// It has no word for what was withdrawn, which counts as expired.
    public static let logIn = StatusVocabulary([
        .unused: "pending", .active: "active", .expired: "expired", .depleted: "used", .disabled: "expired",
        .revoked: "expired",
    ])

    /// Words of usability: active, expired, disabled, used; active means that somebody could log in.
    public static let usability = StatusVocabulary([
        .unused: "active", .active: "active", .expired: "expired", .depleted: "used", .disabled: "disabled",
        .revoked: "disabled",
    ])

    /// Words for a customer's service: Pending, Active, Expired, Disabled.
    public static let service = StatusVocabulary([
        .unused: "Pending", .active: "Active", .expired: "Expired", .depleted: "Expired", .disabled: "Disabled",
        .revoked: "Disabled",
    ])

    /// Words of RADIUSdesk: new, used, depleted, expired, where used means in use.
    ///
    /// It has no word for what was switched off or withdrawn, which counts as expired.
    public static let radiusDesk = StatusVocabulary([
        .unused: "new", .active: "used", .expired: "expired", .depleted: "depleted", .disabled: "expired",
        .revoked: "expired",
    ])
}
