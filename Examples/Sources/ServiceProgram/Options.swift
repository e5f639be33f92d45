import Foundation

/// The options of a command line, `--name value`, `--name=value` or a bare `--flag`.
package struct Options: Sendable {
    private var values: [String: String] = [:]
    private var flags: Set<String> = []

    /// Reads options.
    /// - Throws: ``UsageError`` for an option that is unknown, given twice or lacks its value; ``HelpRequest``.
    package init(
        _ arguments: ArraySlice<String>,
        values names: Set<String>,
        flags known: Set<String> = [],
        usage: String
    )
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
    package subscript(name: String) -> String? { values[name] }

    /// The value of an option that must be given.
    /// - Throws: ``UsageError``.
    package func required(_ name: String) throws -> String {
        guard let value = values[name] else { throw UsageError("The option \(name) is required.") }
        return value
    }

    /// The value of an option, or of a variable of the environment where the option is not given.
    /// - Throws: ``UsageError`` where neither is.
    package func required(_ name: String, orEnvironment variable: String) throws -> String {
        if let value = values[name] ?? ProcessInfo.processInfo.environment[variable], !value.isEmpty { return value }
        throw UsageError("The option \(name) is required, or \(variable) in the environment.")
    }

    /// A whole number in a range, if given.
    /// - Throws: ``UsageError``.
    package func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = values[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageError("\(name) is a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// Whether a flag is given.
    package func has(_ flag: String) -> Bool { flags.contains(flag) }
}
