internal import CResponder
import RouterOSClient

/// Where a server listens, and how one is protected from it: `127.0.0.1:8728`, `127.0.0.1:8729/anonymous`, or with the
/// fingerprint of its certificate instead of that word.
public struct Server: Sendable, LosslessStringConvertible {
    /// An IPv4 address.
    public let address: String
    /// The port.
    public let port: UInt16
    let security: ConnectionSecurity

    /// Reads what ``description`` writes; nil for anything else.
    public init?(_ text: String) {
        let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let port = UInt16(parts[1]) else { return nil }
        address = String(parts[0])
        self.port = port
        if halves.count == 1 {
            security = .plaintext
        } else if halves[1] == "anonymous" {
            security = .tls(.anonymous)
        } else {
            guard let pin = CertificatePin(String(halves[1])) else { return nil }
            security = .tls(.pinned(pin))
        }
    }

    /// Starts one in this process, whose prints have `rows` rows; with `resumes` its TLS sessions may be resumed.
    ///
    /// - Throws: an error that says so when the system gives it no port.
    public init(rows: Int, protection: Protection = .plain, resumes: Bool = false) throws {
        let rows = Int32(clamping: rows)
        var sha256 = [UInt8](repeating: 0, count: 32)
        let started =
            protection.kind.map { responder_start_tls(rows, $0, resumes ? 1 : 0, &sha256) } ?? responder_start(rows)
        switch protection {
        case .plain: try self.init(at: started)
        case .anonymous: try self.init(at: started, security: .tls(.anonymous))
        case .tls12, .tls13:
            guard let pin = CertificatePin(sha256: sha256) else { throw BenchmarkError.server }
            try self.init(at: started, security: .tls(.pinned(pin)))
        }
    }

    /// One that was started in this process, unless there is no such port.
    init(at port: Int32, security: ConnectionSecurity = .plaintext) throws {
        guard let port = UInt16(exactly: port) else { throw BenchmarkError.server }
        address = "127.0.0.1"
        self.port = port
        self.security = security
    }

    /// `127.0.0.1:8728`, and behind a slash what one is protected by.
    public var description: String {
        switch security {
        case .tls(.pinned(let pin)): "\(address):\(port)/\(pin)"
        case .tls: "\(address):\(port)/anonymous"
        case .plaintext: "\(address):\(port)"
        }
    }
}
