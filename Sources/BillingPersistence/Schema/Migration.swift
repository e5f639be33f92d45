import OpenSSLSupport

/// One step of a schema: named, applied once, in one transaction, never undone and never edited once released.
package struct Migration: Hashable, Sendable {
    /// The name that the database remembers it by.
    package let name: String

    /// The statements, in the database's own language.
    package let sql: String

    /// Creates a step.
    package init(_ name: String, _ sql: String) {
        self.name = name
        self.sql = sql
    }

    /// The SHA-256 of the statements, by which it is known that a step was not edited.
    package var digest: String {
        get throws {
            try SHA256.digest(of: sql).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
    }

    /// The steps that a database still needs, given the names of those it has, oldest first.
    ///
    /// - Throws: ``PersistenceError/Code/newerSchema`` where it has steps that come after all of `known`, and
    ///   ``PersistenceError/Code/corrupt`` where its history is another one.
    package static func pending(_ known: [Migration], applied: [String]) throws -> [Migration] {
        for (step, name) in zip(known, applied) where step.name != name {
            throw PersistenceError(
                .corrupt,
                "The schema's history has “\(name)” where “\(step.name)” belongs; this is not our database."
            )
        }
        guard applied.count <= known.count else {
            throw PersistenceError(
                .newerSchema,
                "The database was written by a newer version (“\(applied[known.count])”); use that version."
            )
        }
        return Array(known.dropFirst(applied.count))
    }
}
