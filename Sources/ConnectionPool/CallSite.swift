/// Where in the source something was asked for.
package struct CallSite: Sendable, Hashable, CustomStringConvertible {
    /// `Module/File.swift`.
    package let file: String
    package let line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// `Module/File.swift:42`.
    package var description: String { "\(file):\(line)" }
}
