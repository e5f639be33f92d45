/// A command line that cannot be understood; the message says what to write instead.
struct UsageError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}

/// Somebody asked how a command is used.
struct HelpRequest: Error {
    let text: String
}
