import BillingPersistence

/// A law that a store has broken.
public struct LawBreach: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was expected and what was found.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Breaks off unless a condition holds.
func require(_ condition: Bool, _ expectation: @autoclosure () -> String) throws {
    guard condition else { throw LawBreach(expectation()) }
}

/// Breaks off unless two values are the same.
func require<Value: Equatable>(_ found: Value, is expected: Value, _ what: @autoclosure () -> String) throws {
    guard found == expected else { throw LawBreach("\(what()): expected \(expected), found \(found)") }
}

/// Breaks off unless a call throws an error of a code.
func require(
    _ code: PersistenceError.Code,
    from what: @autoclosure () -> String,
    _ body: () async throws -> Void
) async throws {
    do {
        try await body()
    } catch let error as PersistenceError where error.code == code {
        return
    } catch {
        throw LawBreach("\(what()): expected \(code.rawValue), found \(error)")
    }
    throw LawBreach("\(what()): expected \(code.rawValue), but it was done")
}
