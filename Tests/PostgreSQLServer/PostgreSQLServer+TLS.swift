import Glibc

extension PostgreSQLServer {
    /// Who may say that a server is who it says it is.
    public enum Authority: String, Sendable {
        /// The one that this server's certificate, for `localhost`, is of.
        case own = "authority"
        /// Another.
        case stranger
    }

    /// The URL that reaches a database by TLS; for a server that is secured.
    public func tlsURL(_ database: String, host: String = "localhost", trusting authority: Authority = .own) -> String {
        "postgresql://billing:hush-hush@\(host):\(port)/\(database)?sslmode=verify-full"
            + "&sslrootcert=\(directory)/\(authority.rawValue).crt"
    }

    /// Makes two authorities and a certificate of the first, and lets nobody in by the network without TLS.
    func secure() throws {
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
        let script = """
            set -e
            for name in authority stranger; do
                openssl req -x509 \(key) -days 2 -subj /CN=$name -keyout $name.key -out $name.crt
            done
            openssl req \(key) -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout server.key -out server.csr
            openssl x509 -req -in server.csr -CA authority.crt -CAkey authority.key -CAcreateserial -days 2 \\
                -copy_extensions copy -out server.crt
            chmod 600 server.key
            cat >> data/postgresql.conf <<END
            listen_addresses = '127.0.0.1'
            port = \(port)
            ssl = on
            ssl_cert_file = '\(directory)/server.crt'
            ssl_key_file = '\(directory)/server.key'
            END
            printf 'local all all trust\\nhostssl all all 127.0.0.1/32 scram-sha-256\\n' > data/pg_hba.conf
            """
        try command("sh -s", input: script)
    }

    /// A port that nobody listens to at the moment.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw Failure(description: "no port of localhost is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
