package import RouterOSProtocol

/// Where the rows of an ``AnswerStream`` come from; letting go of it ends the command.
package protocol AnswerSource: AnyObject, Sendable {
    /// The rows that have come since the last call, at least one; none after the last.
    ///
    /// Rows that came before an error come before it here too.
    func next() async throws -> [Sentence]
}
