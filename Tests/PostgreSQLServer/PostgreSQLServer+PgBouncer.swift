import Foundation

extension PostgreSQLServer {
    /// Puts a PgBouncer in transaction mode before the server, gone with it; several clients share each of its few
    /// connections.
    public func startPgBouncer(connections: Int) throws {
        let settings = """
            [databases]
            * = host=\(directory) port=\(port)
            [pgbouncer]
            listen_addr =
            listen_port = \(Self.bouncerPort)
            unix_socket_dir = \(directory)
            auth_type = trust
            auth_file = \(directory)/pgbouncer.users
            pool_mode = transaction
            default_pool_size = \(connections)
            max_client_conn = 200
            logfile = \(directory)/pgbouncer.log
            pidfile = \(directory)/pgbouncer.pid
            """
        try command("sh -c \"cat > pgbouncer.ini\"", input: settings + "\n")
        try command("sh -c \"cat > pgbouncer.users\"", input: "\"billing\" \"hush-hush\"\n")
        try command("sh -c \"PATH=$PATH:/usr/sbin exec pgbouncer -d -q pgbouncer.ini\"")
        // It goes into the background before it listens.
        var attempts = 300
        while attempts > 0, (try? command("pg_isready -q -h \(directory) -p \(Self.bouncerPort)")) == nil {
            attempts -= 1
            Thread.sleep(forTimeInterval: 0.1)
        }
    }

    /// The URL of a database through the PgBouncer.
    public func bouncerURL(_ database: String) -> String {
        let host = directory.split(separator: "/").map { "%2F\($0)" }.joined()
        return "postgresql://billing:hush-hush@\(host):\(Self.bouncerPort)/\(database)"
    }

    /// The number of its socket.
    private static var bouncerPort: Int { 6432 }
}
