/// A command line that cannot be understood; the message says what to write instead.
package struct UsageError: Error {
    /// What to write instead.
    package let message: String

    /// An error that says what to write instead.
    package init(_ message: String) {
        self.message = message
    }
}

/// Somebody asked how a command is used.
package struct HelpRequest: Error {
    /// How it is used.
    package let text: String

    /// A request that is answered with how the command is used.
    package init(text: String) { self.text = text }
}
