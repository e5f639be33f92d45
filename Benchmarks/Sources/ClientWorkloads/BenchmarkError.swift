/// Why a benchmark could not be run.
enum BenchmarkError: Error, CustomStringConvertible {
    /// The bare socket did not get its answers.
    case limit
    /// No server could be started.
    case server
    /// A row was not what the server sends.
    case row
    /// So many commands to healthy routers failed.
    case healthy(Int)
    /// The simulated router has not what it was given.
    case table

    var description: String {
        switch self {
        case .limit: "the server did not answer the bare socket. Is it one that answers at once, such as `responder`?"
        case .server: "no server could be started on 127.0.0.1; name one with --server and --rows-server"
        case .row: "the server sent rows without name or comment"
        case .healthy(let failures): "\(failures) commands to healthy routers failed"
        case .table: "the simulated router has not the rows it was given"
        }
    }
}
