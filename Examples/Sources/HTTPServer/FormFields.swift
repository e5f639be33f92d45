import Foundation

/// The fields of a query or of a form in `application/x-www-form-urlencoded`, in the order they were sent.
public struct FormFields: Sendable, Hashable {
    private struct Field: Sendable, Hashable {
        var name: String
        var value: String
    }

    /// More fields than a form of ours has are an attack on whoever looks them up.
    private static let limit = 500

    private var fields: [Field] = []

    /// Fields from an encoded text.
    /// - Returns: `nil` where an escape is broken, the text is not UTF-8 or there are more than 500 fields.
    public init?(_ encoded: some StringProtocol) {
        for pair in encoded.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard
                fields.count < Self.limit,
                let name = parts.first?.replacingOccurrences(of: "+", with: " ").percentDecoded,
                let value = parts.count == 2 ? parts[1].replacingOccurrences(of: "+", with: " ").percentDecoded : ""
            else { return nil }
            fields.append(Field(name: name, value: value))
        }
    }

    /// Fields from pairs.
    public init(_ pairs: some Sequence<(String, String)>) {
        fields = pairs.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value under a name; `nil` where the field was not sent.
    public subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// The fields as pairs, in order.
    public var pairs: [(name: String, value: String)] { fields.map { ($0.name, $0.value) } }

    /// The fields with some replaced or added; a `nil` value takes the field away.
    public func with(_ changes: KeyValuePairs<String, String?>) -> FormFields {
        var copy = self
        for (name, value) in changes {
            copy.fields.removeAll { $0.name == name }
            if let value { copy.fields.append(Field(name: name, value: value)) }
        }
        return copy
    }

    /// The fields as a query or a form body.
    public var encoded: String {
        fields.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }
}

extension StringProtocol {
    /// The text without its percent escapes, or `nil` where one is broken.
    var percentDecoded: String? { removingPercentEncoding }
}

extension String {
    /// The text fit for one path segment, query name or query value: everything but unreserved characters escaped.
    public var percentEncoded: String {
        addingPercentEncoding(withAllowedCharacters: .unreserved) ?? ""
    }
}

extension CharacterSet {
    /// The unreserved characters of RFC 3986 §2.3.
    fileprivate static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}
