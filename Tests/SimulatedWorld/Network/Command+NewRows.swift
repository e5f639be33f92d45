import RouterOSProtocol

extension Command {
    /// The names of the rows that it makes, or has a script make.
    var namesOfNewRows: [String] {
        guard path.hasSuffix("/add") else { return [] }
        guard path == RouterHost.scripts + "/add" else { return attributes["name"].map { [$0] } ?? [] }
        return (attributes["source"] ?? "").split(separator: "\n").compactMap { line -> String? in
            // No string of ours holds a quote, for it is written as digits.
            guard let name = line.firstMatch(of: #/ name=("[^"]*")/#) else { return nil }
            return ScriptString(routerOS: String(name.1)).map { String(decoding: $0.bytes, as: UTF8.self) }
        }
    }
}
