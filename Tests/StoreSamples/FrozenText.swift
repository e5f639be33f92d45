package import BillingPersistence
import Foundation

/// The text of the first migration in the sources: written anew while nothing that has it is released.
public enum FrozenText {
    /// What to do about a schema that is not what the records describe.
    public static let advice = """
        The migrations do not make the tables that the records describe. While “1 everything” is not released, run \
        Tests/freeze-schema.sh; afterwards add a migration that makes the difference, and never edit one that is released.
        """

    /// The names of the steps that are not there any more, or not as they were released.
    package static func edited(_ migrations: [Migration], since released: [String: String]) throws -> [String] {
        let digests = try Dictionary(uniqueKeysWithValues: migrations.map { ($0.name, try $0.digest) })
        return released.filter { digests[$0] != $1 }.keys.sorted()
    }

    /// Whether it is to be written.
    public static var isWanted: Bool { ProcessInfo.processInfo.environment["FREEZE_SCHEMA"] != nil }

    /// Puts a text between the marks of a file of the sources, named from the root of the package.
    public static func write(_ text: String, to file: String, of test: String = #filePath) throws {
        guard let root = test.range(of: "/Tests/") else { return }
        let url = URL(filePath: String(test[..<root.lowerBound])).appending(path: file)
        var lines = try String(contentsOf: url, encoding: .utf8)
        guard let start = lines.range(of: "#\"\"\"\n"), let end = lines.range(of: "\n\"\"\"#") else { return }
        lines.replaceSubrange(start.upperBound..<end.lowerBound, with: text)
        try lines.write(to: url, atomically: true, encoding: .utf8)
    }
}
