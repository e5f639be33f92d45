/// A path such as `/routers/:id`, whose segments are either literal or named.
struct PathPattern: Sendable {
    private let segments: [String]

    /// Reads a pattern: a segment that starts with a colon matches anything but nothing.
    init(_ text: StaticString) {
        segments = text.description.split(separator: "/").map(String.init)
    }

    /// The values of the named segments, or `nil` where the path is another.
    func match(_ path: [String]) -> [String: String]? {
        let path = path == [""] ? [] : path
        guard path.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (segment, value) in zip(segments, path) {
            if segment.hasPrefix(":") {
                guard !value.isEmpty else { return nil }
                values[String(segment.dropFirst())] = value
            } else if segment != value {
                return nil
            }
        }
        return values
    }

    /// The pattern as it was written.
    var description: String { "/" + segments.joined(separator: "/") }
}
