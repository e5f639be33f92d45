/// The options of a command line, `--name value`, `--name=value` or a bare `--flag`.
struct Options {
    private var values: [String: String] = [:]
    private var flags: Set<String> = []

    /// Reads options.
    /// - Throws: ``UsageError`` for an option that is unknown, given twice or lacks its value; ``HelpRequest``.
    init(_ arguments: ArraySlice<String>, values names: Set<String>, flags known: Set<String> = [], usage: String)
        throws
    {
        var rest = arguments
        while let argument = rest.popFirst() {
            if argument == "--help" || argument == "-h" { throw HelpRequest(text: usage) }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let name = parts[0]
            if known.contains(name), parts.count == 1 {
                flags.insert(name)
                continue
            }
            guard names.contains(name) else {
                throw UsageError("There is no option “\(name)” here.\n\(usage)")
            }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty else {
                throw UsageError("The option \(name) needs a value.\n\(usage)")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw UsageError("The option \(name) is given twice.")
            }
        }
    }

    /// The value of an option, if given.
    subscript(name: String) -> String? { values[name] }

    /// The value of an option that must be given.
    /// - Throws: ``UsageError``.
    func required(_ name: String) throws -> String {
        guard let value = values[name] else { throw UsageError("The option \(name) is required.") }
        return value
    }

    /// Whether a flag is given.
    func has(_ flag: String) -> Bool { flags.contains(flag) }
}
