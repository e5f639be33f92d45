extension Query {
    /// What one query word asks of a row.
    public struct Condition: Sendable, Hashable {
        /// How an attribute is compared.
        public enum Comparison: Sendable, Hashable {
            /// `?name`: the row has the attribute.
            case present
            /// `?-name`: the row lacks the attribute.
            case absent
            /// `?name=value` or `?=name=value`.
            case equal
            /// `?<name=value`: strictly less.
            case less
            /// `?>name=value`: strictly greater.
            case greater
        }

        /// The word, its `?` included.
        let word: ArraySlice<UInt8>
        /// How the attribute is compared.
        public let comparison: Comparison
        /// The name of the attribute.
        public let name: String
        /// What the attribute is compared with, any bytes; empty when it need only be present or absent.
        public let value: ArraySlice<UInt8>

        /// Reads a word that is not one of operators.
        init(word: ArraySlice<UInt8>) {
            let body = word.dropFirst()
            let separator = body.firstIndex(of: UInt8(ascii: "="))
            let (comparison, name): (Comparison, ArraySlice<UInt8>)
            switch body.first {
            case UInt8(ascii: "-"): (comparison, name) = (.absent, body.dropFirst())
            case UInt8(ascii: "<"): (comparison, name) = (.less, body.dropFirst())
            case UInt8(ascii: ">"): (comparison, name) = (.greater, body.dropFirst())
            case UInt8(ascii: "="): (comparison, name) = (.equal, body.dropFirst())
            default: (comparison, name) = (separator == nil ? .present : .equal, body)
            }
            let hasValue = comparison != .present && comparison != .absent
            let end = hasValue ? name.firstIndex(of: UInt8(ascii: "=")) ?? name.endIndex : name.endIndex
            self.word = word
            self.comparison = comparison
            self.name = RouterOSText.decode(name[..<end])
            value = name[end...].dropFirst()
        }

        /// Makes a condition that a word can say.
        init(_ comparison: Comparison, _ name: String, _ value: some Collection<UInt8> = EmptyCollection()) {
            let mark: String
            switch comparison {
            case .present: mark = "?"
            case .absent: mark = "?-"
            case .equal: mark = "?="
            case .less: mark = "?<"
            case .greater: mark = "?>"
            }
            var word = Array((mark + name).utf8)
            if comparison != .present, comparison != .absent {
                word.append(UInt8(ascii: "="))
                word.append(contentsOf: value)
            }
            self.init(word: word[...])
        }

        /// That a row has an attribute, or lacks it.
        struct Presence: Hashable {
            let name: ArraySlice<UInt8>
            let isPresent: Bool

            var opposite: Presence { Presence(name: name, isPresent: !isPresent) }
        }

        /// What this says of the presence of an attribute; nil when it compares.
        var presence: Presence? {
            switch comparison {
            case .present: Presence(name: word.dropFirst(), isPresent: true)
            case .absent: Presence(name: word.dropFirst(2), isPresent: false)
            case .equal, .less, .greater: nil
            }
        }

        /// The condition that holds where this one does not, if a single word can say it.
        ///
        /// A name that begins like an operation is present where it is not absent: `?-` stands before any name, but a bare
        /// `?` does not.
        var opposite: Condition? {
            switch comparison {
            case .present: return Condition(word: ([UInt8(ascii: "?"), UInt8(ascii: "-")] + word.dropFirst())[...])
            case .absent:
                let name = word.dropFirst(2)
                guard let first = name.first, !"-<>=#".utf8.contains(first), !name.contains(UInt8(ascii: "=")) else {
                    return nil
                }
                return Condition(word: ([UInt8(ascii: "?")] + name)[...])
            case .equal, .less, .greater: return nil
            }
        }
    }
}
