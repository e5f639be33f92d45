import Foundation

/// The two outputs of a command: answers, and what a person should know besides.
enum Console {
    /// A line of the answer, written at once even into a pipe.
    static func print(_ line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }

    /// A line for a person or a log.
    static func complain(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}
