import ClientWorkloads
import Glibc
import Workloads

/// `benchmarks client --server HOST:PORT --rows-server HOST:PORT [--json] [NAME]`.
enum ClientCommand {
    static let usage = "benchmarks client [--server HOST:PORT] [--rows-server HOST:PORT] [--json] [NAME]"

    static func run(_ arguments: some Collection<String>) async throws {
        var rest = Array(arguments)
        let asJSON = take(flag: "--json", from: &rest)
        let named = (take(option: "--server", from: &rest), take(option: "--rows-server", from: &rest))
        guard rest.count < 2, rest.first?.hasPrefix("-") != true,
            let server = try Self.server(named.0, rows: 1), let rowsServer = try Self.server(named.1, rows: 20_000)
        else {
            print("usage: \(usage)")
            exit(EX_USAGE)
        }
        let client = ClientWorkloads(server: server, rowsServer: rowsServer)
        let workloads: [(String, () async throws -> ClientWorkloads.Result)] = [
            ("client.sequential", { try await client.sequential(onLoop: true) }),
            ("client.sequential.anyThread", { try await client.sequential(onLoop: false) }),
            ("client.concurrent64", { try await client.concurrent(onLoop: true) }),
            ("client.concurrent64.anyThread", { try await client.concurrent(onLoop: false) }),
            ("client.print", { try await client.print() }),
            ("client.stream1M", { try await client.stream() }),
            ("client.connect", { try await client.connect() }),
            ("client.idle", { try await client.idle() }),
        ]
        for (name, workload) in workloads where rest.first.map({ $0 == name }) ?? true {
            let result = try await workload()
            print(asJSON ? json(result) : line(result))
        }
    }

    /// The server of that name, or one of our own without a name; nil when the name is none.
    private static func server(_ name: String?, rows: Int) throws -> ClientWorkloads.Server? {
        guard let name else { return try ClientWorkloads.Server(rows: rows) }
        return ClientWorkloads.Server(name)
    }

    private static func line(_ result: ClientWorkloads.Result) -> String {
        let limit = result.limit.map { ", C \(Measurement.decimal($0, places: 2))" } ?? ""
        let ratio = result.ratio.map { ", ratio \(Measurement.decimal($0, places: 2))" } ?? ""
        let note = result.note.isEmpty ? "" : ", \(result.note)"
        return "\(result.name): \(Measurement.decimal(result.time, places: 2)) \(result.unit)\(limit)\(ratio)\(note)"
    }

    private static func json(_ result: ClientWorkloads.Result) -> String {
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
