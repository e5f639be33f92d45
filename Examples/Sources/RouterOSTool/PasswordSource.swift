import Glibc

/// Where the password comes from: the file, else the environment, else a person at the terminal.
enum PasswordSource {
    /// - Throws: ``Problem``, or ``TerminalPrompt/Interrupted`` when the person would rather not.
    static func password(
        for invocation: Invocation,
        environment: (String) -> String?,
        warn: (String) -> Void = Output.complain,
        ask: (String) throws -> String?
    ) throws -> String {
        if let file = invocation.passwordFile {
            let password = try firstLine(of: file)
            // No more than a warning: what hands secrets to containers makes such files, where nobody else is.
            if FileBytes.isOpenToEverybody(file) {
                warn("warning: everybody on this machine can read the password in \(file); chmod 600 it")
            }
            return password
        }
        // An empty one counts: it is the password of a router that was just reset.
        if let password = environment("ROUTEROS_PASSWORD") { return password }
        if let password = try ask("Password of \(invocation.user) on \(invocation.host): ") { return password }
        throw Problem.usage(
            "there is no terminal to ask for the password; use --password-file or the environment variable ROUTEROS_PASSWORD"
        )
    }

    private static func firstLine(of file: String) throws(Problem) -> String {
        var line = try FileBytes.read(file).prefix { $0 != UInt8(ascii: "\n") }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard let password = String(validating: line, as: UTF8.self) else {
            throw .usage("the password in \(file) is no UTF-8 text")
        }
        return password
    }
}
