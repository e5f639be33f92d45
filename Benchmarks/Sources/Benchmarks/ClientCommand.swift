import ClientWorkloads
import Glibc
import Workloads

/// `benchmarks client --server HOST:PORT --rows-server HOST:PORT [--json] [NAME]`.
///
/// `benchmarks serve …`: the server alone, see ``ServerProcess``.
enum ClientCommand {
    static let usage = "benchmarks client [--server HOST:PORT[/PIN]] [--rows-server HOST:PORT] [--json] [NAME]"
    static let serveUsage =
        "benchmarks serve \(Protection.allCases.map(\.rawValue).joined(separator: "|")) [resumes] [ROWS]"

    /// One workload and the server it wants, which is started for it in a process of its own unless one is named.
    private struct Entry: Sendable {
        let name: String
        /// How the server protects connections; one that is named does not.
        var server = Protection.plain
        var resumes = false
        /// How many rows a print of it has.
        var rows = 1
        let run: @Sendable (ClientWorkloads, String) async throws -> ClientWorkloads.Result
    }

    private static let entries = [
        Entry(name: "client.sequential") { client, _ in try await client.sequential(onLoop: true) },
        Entry(name: "client.sequential.anyThread") { client, _ in try await client.sequential(onLoop: false) },
        Entry(name: "client.concurrent64") { client, _ in try await client.concurrent(onLoop: true) },
        Entry(name: "client.concurrent64.anyThread") { client, _ in try await client.concurrent(onLoop: false) },
        Entry(name: "client.print", rows: 20_000) { client, _ in try await client.print() },
        Entry(name: "client.stream1M", rows: 1_000_000) { client, _ in try await client.stream() },
        Entry(name: "client.connect") { try await $0.connect($1) },
        Entry(name: "client.connect.tls", server: .tls13) { try await $0.connect($1) },
        Entry(name: "client.connect.tls12", server: .tls12) { try await $0.connect($1) },
        Entry(name: "client.connect.anonymous", server: .anonymous) { try await $0.connect($1, count: 100) },
        // One after another: a session serves one connection at a time.
        Entry(name: "client.connect.tls.resumed", server: .tls13, resumes: true) {
            try await $0.connect($1, width: 1)
        },
        Entry(name: "client.connect.anonymous.resumed", server: .anonymous, resumes: true) {
            try await $0.connect($1, width: 1)
        },
        Entry(name: "client.drop") { try await $0.drop($1) },
        Entry(name: "client.drop.tls", server: .tls13) { try await $0.drop($1) },
        Entry(name: "client.fleet") { client, _ in try await client.fleet() },
        Entry(name: "client.idle") { try await $0.idle($1) },
        Entry(name: "client.idle.tls", server: .tls13) { try await $0.idle($1) },
        Entry(name: "client.idle.tls12", server: .tls12) { try await $0.idle($1) },
        Entry(name: "client.idle.anonymous", server: .anonymous) { try await $0.idle($1, count: 1_000) },
    ]

    static func run(_ arguments: some Collection<String>) async throws {
        var rest = Array(arguments)
        let asJSON = take(flag: "--json", from: &rest)
        let named = [take(option: "--server", from: &rest), take(option: "--rows-server", from: &rest)]
        let servers = named.map { $0.flatMap(Server.init) }
        let chosen = entries.filter { entry in rest.first.map { $0 == entry.name } ?? true }
        guard rest.count < 2, !chosen.isEmpty, zip(named, servers).allSatisfy({ ($0 == nil) == ($1 == nil) }) else {
            print("usage: \(usage)\nnames: \(entries.map(\.name).joined(separator: " "))")
            exit(EX_USAGE)
        }
        for entry in chosen {
            let named = entry.server == .plain ? servers[entry.rows > 1 ? 1 : 0] : nil
            let process = try named == nil ? process(for: entry) : nil
            guard let server = named ?? process?.server else { continue }
            let client = ClientWorkloads(server: server, rowsServer: server)
            let result = try await entry.run(client, entry.name)
            print(asJSON ? json(result) : line(result))
            withExtendedLifetime(process) {}
        }
    }

    /// Serves until standard input ends: `benchmarks serve PROTECTION [resumes] [ROWS]`.
    static func serve(_ arguments: some Collection<String>) throws {
        var rest = Array(arguments.dropFirst())
        let resumes = take(flag: "resumes", from: &rest)
        let rows = rest.isEmpty ? 1 : Int(rest.removeFirst())
        guard let protection = arguments.first.flatMap(Protection.init), let rows, rest.isEmpty else {
            print("usage: \(serveUsage)")
            exit(EX_USAGE)
        }
        try ServerProcess.serve(rows: rows, protection: protection, resumes: resumes)
    }

    private static func process(for entry: Entry) throws -> ServerProcess {
        let options = (entry.resumes ? ["resumes"] : []) + ["\(entry.rows)"]
        return try ServerProcess(arguments: ["serve", entry.server.rawValue] + options)
    }

    static func line(_ result: ClientWorkloads.Result) -> String {
        let limit = result.limit.map { ", C \(Measurement.decimal($0, places: 2))" } ?? ""
        let ratio = result.ratio.map { ", ratio \(Measurement.decimal($0, places: 2))" } ?? ""
        let note = result.note.isEmpty ? "" : ", \(result.note)"
        return "\(result.name): \(Measurement.decimal(result.time, places: 2)) \(result.unit)\(limit)\(ratio)\(note)"
    }

    static func json(_ result: ClientWorkloads.Result) -> String {
        var members = ["\"name\": \"\(result.name)\"", "\"time\": \(Measurement.decimal(result.time, places: 3))"]
        if let limit = result.limit { members.append("\"limit\": \(Measurement.decimal(limit, places: 3))") }
        if let ratio = result.ratio { members.append("\"ratio\": \(Measurement.decimal(ratio, places: 3))") }
        members.append("\"unit\": \"\(result.unit)\"")
        if !result.note.isEmpty { members.append("\"note\": \"\(result.note)\"") }
        return "{" + members.joined(separator: ", ") + "}"
    }

    private static func take(flag: String, from arguments: inout [String]) -> Bool {
        guard let index = arguments.firstIndex(of: flag) else { return false }
        arguments.remove(at: index)
        return true
    }

    private static func take(option: String, from arguments: inout [String]) -> String? {
        guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else { return nil }
        defer { arguments.removeSubrange(index...index + 1) }
        return arguments[index + 1]
    }
}
