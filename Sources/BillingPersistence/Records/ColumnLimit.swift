/// What the values of a column keep to beside their kind, in every store: whoever writes past this library is refused too.
///
/// Nothing, where a column may hold it, is always let through.
public enum ColumnLimit: Hashable, Sendable {
    /// They are among these words.
    case words([String])
    /// They are not below zero.
    case notNegative
    /// They are not zero.
    case notZero

    /// Whether a value keeps to it.
    public func allows(_ value: StoreValue) -> Bool {
        switch (self, value) {
        case (_, .null): true
        case (.words(let words), .text(let word)): words.contains(word)
        case (.notNegative, .integer(let number)): number >= 0
        case (.notZero, .integer(let number)): number != 0
        default: false
        }
    }
}

extension RecordTable.Column {
    /// The word of a state, which is one of a type's.
    public static func word<Word: StorableWord & CaseIterable>(_ name: String, _: Word.Type) -> Self {
        Self(name, .text, limit: .words(Word.allCases.map(\.rawValue)))
    }

    /// The same column, whose numbers are not below zero.
    public var notNegative: Self { Self(name, kind, isOptional: isOptional, isFixed: isFixed, limit: .notNegative) }
    /// The same column, whose numbers are not zero.
    public var notZero: Self { Self(name, kind, isOptional: isOptional, isFixed: isFixed, limit: .notZero) }
}
