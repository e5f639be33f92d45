import Foundation

/// Which members the objects of some JSON may have.
///
/// A member that nobody reads is a member misspelt: what it was to bring about would not happen, without a word.
indirect enum KnownMembers: Sendable {
    /// A value that is looked at elsewhere.
    case anything
    /// An array of such values.
    case list(KnownMembers)
    /// An object with members of these names, all of which may be missing.
    case object([String: KnownMembers])

    /// What is wrong with a text, and where; nil for nothing, and for what is no JSON.
    func problem(in text: Data) -> String? {
        guard let value = try? JSONSerialization.jsonObject(with: text, options: .fragmentsAllowed) else { return nil }
        return problem(in: value, at: "")
    }

    private func problem(in value: Any, at place: String) -> String? {
        switch (self, value) {
        case (.list(let kind), let values as [Any]):
            return values.indices.lazy.compactMap { kind.problem(in: values[$0], at: "\(place)[\($0)]") }.first
        case (.object(let known), let members as [String: Any]):
            let names = members.keys.sorted()
            if let stranger = names.first(where: { known[$0] == nil }) {
                return Self.unknown("\(place).\(stranger)", known.keys.sorted())
            }
            return names.lazy.compactMap { name in
                members[name].flatMap { known[name]?.problem(in: $0, at: "\(place).\(name)") }
            }.first
        default:
            return nil
        }
    }

    /// Says that there is no such name, and which there are.
    static func unknown(_ name: String, _ known: [String]) -> String {
        "\(name) is unknown; there \(known.count == 1 ? "is" : "are") \(known.joined(separator: ", "))"
    }
}
