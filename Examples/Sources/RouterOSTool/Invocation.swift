import RouterOSClient
import RouterOSProtocol

/// What the command line and the environment ask for.
struct Invocation {
    /// How rows are written.
    enum Format {
        /// A JSON object a line.
        case json
        /// Aligned columns, for people.
        case table
    }

    /// Where the value of an attribute comes from that is not on the command line.
    struct ValueFile {
        let name: String
        /// `-` is standard input.
        let file: String
    }

    var host: String
    var port: UInt16
    var security: ConnectionSecurity
    /// Whether the command goes over the REST interface and not over the API.
    var isREST: Bool
    var user: String
    /// The file that holds the password; nil for the environment or the prompt.
    var passwordFile: String?
    /// Nil for the usual times.
    var timeout: Duration?
    var encoding: TextEncoding
    var format: Format
    /// Rows are wanted as they come, until somebody ends it.
    var isListening: Bool
    var path: String
    var attributes: [(name: String, value: String)]
    var valueFiles: [ValueFile]
    var query: [String]

    /// The command, with the values that are in files.
    func command(readingFile read: (String) throws(Problem) -> [UInt8]) throws(Problem) -> Command {
        var command = Command(path) { for (name, value) in attributes { $0[name] = value } }
        for source in valueFiles { command.attributes.set(source.name, bytes: try read(source.file)) }
        if isListening, verb == "print", !Self.lastingFlags.contains(where: { command.attributes[$0] != nil }) {
            command.attributes.flag("follow")
        }
        if !query.isEmpty { command.query = Query(words: query) }
        return command
    }

    /// The last part of the path.
    var verb: Substring { path.split(separator: "/").last ?? "" }

    /// Whether the answer is rows, which may come over a long time, and not a value that the router returns.
    var isStreamed: Bool {
        let names = attributes.map(\.name)
        if isListening || Self.lasting(verb) || names.contains(where: Self.lastingFlags.contains) { return true }
        return verb == "print" && !names.contains("count-only")
    }

    /// Whether somebody may wait for the next row, so that none is held back to be written with others.
    var isLive: Bool {
        isListening || verb != "print" || attributes.contains { Self.lastingFlags.contains($0.name) }
    }

    /// What makes a command answer again and again.
    private static let lastingFlags: Set<String> = ["follow", "follow-only", "interval", "duration", "count"]

    private static func lasting(_ verb: Substring) -> Bool {
        ["listen", "monitor", "monitor-traffic", "torch", "ping"].contains(verb)
    }
}
