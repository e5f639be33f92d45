import Foundation

/// The two outputs of a command: answers, and what a person should know besides.
package enum Console {
    /// A line of the answer, written at once even into a pipe.
    package static func print(_ line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }

    /// A line for a person or a log.
    package static func complain(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}
