import RouterOSProtocol
import RouterOSTesting

/// What the command line asks for.
struct Options {
    static let usage = """
        usage: router-simulator --port N [--count K] [--routeros 7.18] --user U --password P [--state FILE] [--seed S]
                                [--scenario FILE] [--time-scale N] [--control PORT] [--dialogue N]
                                [--tls-certificate FILE --tls-key FILE | --tls-anonymous]

          --port N         the port of the first router, 1 to 65535; the others have the ports after it
          --count K        how many routers, 1 to 1000; 1 by default
          --routeros V     the release they answer as, such as 6.42 or 7.24; 7.18 by default
          --user U         the user of their API
          --password P     its password; or put it into the environment as ROUTER_SIMULATOR_PASSWORD
          --state FILE     the file that keeps the tables over a restart; with several routers each adds .PORT to its name
          --seed S         where the traffic of clients that are online comes from, a number; 0 by default
          --scenario FILE  routers, rows, customers and faults from a JSON file, which then says how many routers there are
          --time-scale N   lets time on the routers pass N times as fast, 1 to 100000; 1 by default
          --control PORT   HTTP on 127.0.0.1 to list the routers, log customers in and out, and make things go wrong
          --dialogue N     how many commands of each router's dialogue are kept, 0 to 100000; 200 by default
          --tls-certificate FILE, --tls-key FILE
                           serve TLS with this certificate and its private key, both in PEM
          --tls-anonymous  serve TLS as a router without a certificate does: anonymous Diffie-Hellman

        Prints "listening 127.0.0.1:PORT" for each router once it is ready, and "control 127.0.0.1:PORT".
        SIGTERM and SIGINT end it in good order.
        """

    /// A command line that cannot be followed.
    struct Problem: Error {
        let message: String
    }

    private(set) var firstPort: UInt16 = 0
    private(set) var count = 1
    private(set) var release = RouterOSVersion.v7_18
    private(set) var user = ""
    private(set) var password = ""
    private(set) var state: String?
    private(set) var seed: UInt64 = 0
    private(set) var scenario: String?
    private(set) var timeScale = 1
    private(set) var control: UInt16?
    private(set) var dialogue = 200
    private(set) var wantsHelp = false
    private(set) var isAnonymous = false
    /// The files of the certificate and of its key.
    private(set) var certificate: (certificate: String, key: String)?

    /// The arguments that take a value.
    private static let names: Set = [
        "--port", "--count", "--routeros", "--user", "--password", "--state", "--seed", "--tls-certificate",
        "--tls-key", "--scenario", "--time-scale", "--control", "--dialogue",
    ]

    /// Reads the arguments after the name of the program.
    init(_ arguments: [String], environment: (String) -> String?) throws(Problem) {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--help" || argument == "-h" {
                wantsHelp = true
                return
            }
            if argument == "--tls-anonymous" {
                isAnonymous = true
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard Self.names.contains(parts[0]) else { throw Problem(message: "unknown argument \"\(argument)\"") }
            guard values[parts[0]] == nil else { throw Problem(message: "\(parts[0]) is given twice") }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw Problem(message: "\(parts[0]) needs a value")
            }
            values[parts[0]] = value
        }
        firstPort = try Self.number(values["--port"], "--port", in: 1...65_535)
        count =
            try values["--count"].map { text throws(Problem) in try Self.number(text, "--count", in: 1...1_000) } ?? 1
        guard Int(firstPort) + count - 1 <= 65_535 else {
            throw Problem(
                message: "the last port would be \(Int(firstPort) + count - 1); choose a lower --port or --count"
            )
        }
        if let text = values["--routeros"] {
            guard let release = RouterOSVersion(routerOS: text) else {
                throw Problem(message: "--routeros must be a release such as 6.42 or 7.24, not \"\(text)\"")
            }
            self.release = release
        }
        if let text = values["--seed"] { seed = try Self.number(text, "--seed", in: 0...UInt64.max) }
        guard let user = values["--user"], !user.isEmpty else { throw Problem(message: "--user is missing") }
        guard let password = values["--password"] ?? environment("ROUTER_SIMULATOR_PASSWORD") else {
            throw Problem(message: "--password is missing, and ROUTER_SIMULATOR_PASSWORD is not set either")
        }
        self.user = user
        self.password = password
        switch (values["--tls-certificate"], values["--tls-key"]) {
        case (nil, nil): break
        case (let certificate?, let key?): self.certificate = (certificate, key)
        default: throw Problem(message: "--tls-certificate and --tls-key belong together")
        }
        guard certificate == nil || !isAnonymous else {
            throw Problem(message: "--tls-anonymous is for a router without a certificate")
        }
        if let text = values["--time-scale"] { timeScale = try Self.number(text, "--time-scale", in: 1...100_000) }
        if let text = values["--control"] { control = try Self.number(text, "--control", in: 1...65_535) }
        if let text = values["--dialogue"] { dialogue = try Self.number(text, "--dialogue", in: 0...100_000) }
        scenario = values["--scenario"]
        guard scenario == nil || values["--count"] == nil else {
            throw Problem(
                message: "--count and --scenario do not go together: the scenario says how many routers there are"
            )
        }
        state = values["--state"]
        guard state != "" else { throw Problem(message: "--state needs the name of a file") }
    }

    /// The file of the router on a port.
    func stateFile(port: UInt16, of count: Int) -> String? {
        state.map { count > 1 ? "\($0).\(port)" : $0 }
    }

    private static func number<Number: FixedWidthInteger>(
        _ text: String?,
        _ name: String,
        in range: ClosedRange<Number>
    ) throws(Problem) -> Number {
        guard let text else { throw Problem(message: "\(name) is missing") }
        guard let number = Number(text), range.contains(number) else {
            throw Problem(
                message: "\(name) must be a number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\""
            )
        }
        return number
    }
}
