import RouterOSClient
import RouterOSProtocol

/// Reads the arguments after the name of the program.
struct CommandLineReader {
    /// What a command line comes to.
    enum Request {
        case help
        case showPin(host: String, port: UInt16, timeout: Duration?)
        case run(Invocation)
    }

    private var options: [String: String] = [:]
    private var flags: Set<String> = []
    private var valueFiles: [Invocation.ValueFile] = []
    private var words: [String] = []

    private static let valued: Set<String> = [
        "--host", "--port", "--tls", "--user", "--password-file", "--timeout", "--encoding",
    ]
    private static let plain: Set<String> = ["--listen", "--table", "--json", "--show-pin", "--rest"]

    static func read(_ arguments: [String], environment: (String) -> String?) throws(Problem) -> Request {
        var reader = CommandLineReader()
        guard try reader.sort(arguments) else { return .help }
        return try reader.flags.contains("--show-pin")
            ? reader.showPin(environment) : .run(reader.invocation(environment))
    }

    // MARK: Options

    /// Tells options from words; false when help is wanted.
    private mutating func sort(_ arguments: [String]) throws(Problem) -> Bool {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                words += rest
                return true
            }
            guard argument.utf8.first == UInt8(ascii: "-") else {
                words.append(argument)
                continue
            }
            if argument == "--help" || argument == "-h" { return false }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let name = parts[0]
            if Self.plain.contains(name), parts.count == 1 {
                flags.insert(name)
                continue
            }
            guard Self.valued.contains(name) || name == "--value-file" else { throw Self.unknown(name) }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw .usage("\(name) needs a value; see routeros --help")
            }
            if name == "--value-file" {
                valueFiles.append(try Self.valueFile(value))
            } else if options.updateValue(value, forKey: name) != nil {
                throw .usage("\(name) is given twice")
            }
        }
        return true
    }

    private static func unknown(_ name: String) -> Problem {
        // What follows it may be the password itself, and is not repeated.
        if name.hasPrefix("--pass") || name.hasPrefix("--pw") || name.hasPrefix("--secret") || name.hasPrefix("-p") {
            return .usage(
                "a password cannot be an argument: everybody on this machine can read those. Put it into a file for "
                    + "--password-file, or into the environment as ROUTEROS_PASSWORD, or leave it out to be asked for it"
            )
        }
        return .usage("unknown option \(name); see routeros --help")
    }

    private static func valueFile(_ text: String) throws(Problem) -> Invocation.ValueFile {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, Attributes.isValidName(parts[0]), !parts[1].isEmpty else {
            throw .usage("--value-file takes name=FILE, with - for standard input")
        }
        return Invocation.ValueFile(name: parts[0], file: parts[1])
    }

    // MARK: The whole

    private func showPin(_ environment: (String) -> String?) throws(Problem) -> Request {
        guard words.isEmpty, flags.isSubset(of: ["--show-pin", "--rest"]) else {
            throw .usage("--show-pin runs no command and takes --host, --port, --rest and --timeout only")
        }
        let (host, hostPort) = try place(environment)
        return .showPin(
            host: host,
            port: try (options["--port"] ?? hostPort).map { text throws(Problem) in try Self.port(text) }
                ?? (flags.contains("--rest") ? 443 : 8_729),
            timeout: try timeout()
        )
    }

    /// Which router.
    private func place(_ environment: (String) -> String?) throws(Problem) -> (host: String, port: String?) {
        guard let place = options["--host"] ?? environment("ROUTEROS_HOST"), !place.isEmpty else {
            throw .usage("say which router: --host, or ROUTEROS_HOST in the environment")
        }
        return try Self.host(place)
    }

    private func timeout() throws(Problem) -> Duration? {
        try options["--timeout"].map { text throws(Problem) in try Self.timeout(text) }
    }

    private func invocation(_ environment: (String) -> String?) throws(Problem) -> Invocation {
        func setting(_ option: String, _ variable: String) -> String? {
            options[option] ?? environment(variable).flatMap { $0.isEmpty ? nil : $0 }
        }
        let (host, hostPort) = try place(environment)
        let security = try Self.security(setting("--tls", "ROUTEROS_TLS"))
        let portText = options["--port"] ?? hostPort ?? environment("ROUTEROS_PORT")
        guard !flags.contains("--table") || !flags.contains("--json") else {
            throw .usage("--table and --json exclude each other")
        }
        let isTable = flags.contains("--table")
        let isListening = flags.contains("--listen")
        guard !isTable || !isListening else {
            throw .usage("--table cannot be written before the last row is known, and --listen has none; leave one out")
        }
        let isREST = flags.contains("--rest")
        guard !isREST || !isListening else {
            throw .usage("--listen needs the API: over REST nothing comes before a command ends. Leave out --rest")
        }
        guard !isREST || security != .tls(.anonymous) else {
            throw .usage("--rest has no anonymous TLS: give www-ssl a certificate on the router, and use --tls pin:")
        }
        let (path, attributes, query) = try command()
        return Invocation(
            host: host,
            port: try portText.map { text throws(Problem) in try Self.port(text) } ?? Self.port(of: security, isREST),
            security: security,
            isREST: isREST,
            user: setting("--user", "ROUTEROS_USER") ?? "admin",
            passwordFile: options["--password-file"],
            timeout: try timeout(),
            encoding: try Self.encoding(options["--encoding"]),
            format: isTable ? .table : .json,
            isListening: isListening,
            path: path,
            attributes: attributes,
            valueFiles: valueFiles,
            query: query
        )
    }

    /// A name, an IPv4 address or an IPv6 address, the latter in brackets when a port follows.
    private static func host(_ text: String) throws(Problem) -> (host: String, port: String?) {
        guard !text.contains("@") else {
            throw .usage("--host takes a name or an address; the user goes to --user, and a password is no argument")
        }
        guard !text.contains("/") else { throw .usage("--host takes a name or an address, no URL") }
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw .usage("--host lacks its closing bracket") }
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw .usage("--host has something behind its bracket") }
            let address = String(text[..<end].dropFirst())
            return (address, rest.isEmpty ? nil : String(rest.dropFirst()))
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (text, nil)
    }

    /// The usual port of api, api-ssl, www or www-ssl.
    private static func port(of security: ConnectionSecurity, _ isREST: Bool) -> UInt16 {
        guard isREST else { return security.defaultPort }
        return security == .plaintext ? 80 : 443
    }

    private static func port(_ text: String) throws(Problem) -> UInt16 {
        guard let port = UInt16(text), port > 0 else {
            throw .usage("a port is a number from 1 to 65535, not \"\(text)\"")
        }
        return port
    }

    private static func security(_ text: String?) throws(Problem) -> ConnectionSecurity {
        switch text {
        case nil, "off": return .plaintext
        case "system": return .tls(.systemRoots)
        case "anonymous": return .tls(.anonymous)
        case let text?:
            guard text.hasPrefix("pin:"), let pin = CertificatePin(String(text.dropFirst(4))) else {
                throw .usage("--tls takes off, system, anonymous, or pin: and the 64 hexadecimal digits of a SHA-256")
            }
            return .tls(.pinned(pin))
        }
    }

    private static func timeout(_ text: String) throws(Problem) -> Duration {
        guard let timeout = Duration(routerOS: text), timeout > .zero, timeout <= .seconds(86_400) else {
            throw .usage("--timeout takes seconds or a time such as 1m30s, up to a day, not \"\(text)\"")
        }
        return timeout
    }

    private static func encoding(_ text: String?) throws(Problem) -> TextEncoding {
        guard let text else { return .windows1252 }
        guard let encoding = encodings[text.lowercased()] else {
            throw .usage("--encoding knows \(encodings.keys.sorted().joined(separator: ", ")), not \"\(text)\"")
        }
        return encoding
    }

    private static let encodings: [String: TextEncoding] = [
        "cp874": .windows874, "cp1250": .windows1250, "cp1251": .windows1251, "cp1252": .windows1252,
        "cp1253": .windows1253, "cp1254": .windows1254, "cp1255": .windows1255, "cp1256": .windows1256,
        "cp1257": .windows1257, "cp1258": .windows1258, "koi8-r": .koi8R, "latin1": .latin1,
    ]

    // MARK: The command

    private func command() throws(Problem) -> (String, [(name: String, value: String)], [String]) {
        var parts: [Substring] = []
        var attributes: [(name: String, value: String)] = []
        var query: [String] = []
        for (index, word) in words.enumerated() {
            if word.utf8.first == UInt8(ascii: "?") {
                query.append(word)
            } else if word.contains("=") {
                attributes.append(try Self.attribute(word))
            } else if attributes.isEmpty, query.isEmpty, Self.isPath(word) {
                parts += word.split(separator: "/")
            } else {
                // Not repeated: it may be a value that was to follow a name, and a secret.
                throw .usage(
                    "word \(index + 1) of the command is no part of a path, no =name=value and no ?query; see routeros --help"
                )
            }
        }
        guard words.first?.hasPrefix("/") == true, !parts.isEmpty else {
            throw .usage("say what to run, beginning with a path such as /system/resource/print")
        }
        for source in valueFiles where attributes.contains(where: { $0.name == source.name }) {
            throw .usage("\(source.name) has a value and a --value-file; leave one out")
        }
        return ("/" + parts.joined(separator: "/"), attributes, query)
    }

    /// Whether a word can stand in a path: a shell that fills in `*` must not make one.
    private static func isPath(_ word: String) -> Bool {
        !word.isEmpty
            && word.utf8.allSatisfy { "/-_.0123456789".utf8.contains($0) || (0x61...0x7A).contains($0 | 0x20) }
    }

    /// `=name=value`, or without its first `=`, which some shells take for something of their own.
    private static func attribute(_ word: String) throws(Problem) -> (name: String, value: String) {
        let body = word.hasPrefix("=") ? word.dropFirst() : word[...]
        guard let end = body.firstIndex(of: "="), end > body.startIndex else {
            throw .usage("an attribute is written =name=value, a flag =name=")
        }
        let name = String(body[..<end])
        guard name != ".tag" else { throw .usage("the tag is chosen by the program; leave .tag out") }
        return (name, String(body[body.index(after: end)...]))
    }
}
