@testable import OpenSSLSupport

/// A client and a server, and the wire between them.
struct TLSWire {
    let client: TLSEnd
    let server: TLSEnd
    private(set) var clientError: TLSError?
    private(set) var serverError: TLSError?
    /// Every byte that crossed, in pieces as long as the piece size says.
    private(set) var pieces = 0
    private var pieceSizes: [Int]

    init(_ client: consuming TLSSession, _ server: consuming TLSSession, pieces: [Int] = [.max]) {
        self.client = TLSEnd(client)
        self.server = TLSEnd(server)
        pieceSizes = pieces
    }

    /// A client that expects `identity` of a server with `certificate`, or of an anonymous one.
    static func make(
        _ identity: TLSIdentity,
        _ certificate: IssuedCertificate?,
        by maker: TLSClient = TLSClient(),
        pieces: [Int] = [.max]
    ) throws -> TLSWire {
        try TLSWire(
            maker.session(expecting: identity, at: "router:8729"),
            server(certificate).session(),
            pieces: pieces
        )
    }

    static func server(_ certificate: IssuedCertificate?, hasTLS13: Bool = true) throws -> TLSServer {
        guard let certificate else { return try TLSServer(anonymous: ()) }
        return try TLSServer(
            certificatePEM: certificate.certificatePEM,
            keyPEM: certificate.keyPEM,
            hasTLS13: hasTLS13
        )
    }

    /// Begins, and carries bytes both ways until neither end has any.
    mutating func run() {
        if clientError == nil {
            do throws(TLSError) { try client.start() } catch { clientError = error }
        }
        while true {
            let toServer = client.takeOutgoing()
            for piece in cut(toServer) where serverError == nil {
                do throws(TLSError) { try server.receive(piece) } catch { serverError = error }
            }
            let toClient = server.takeOutgoing()
            for piece in cut(toClient) where clientError == nil {
                do throws(TLSError) { try client.receive(piece) } catch { clientError = error }
            }
            if toServer.isEmpty, toClient.isEmpty { return }
        }
    }

    private mutating func cut(_ bytes: [UInt8]) -> [[UInt8]] {
        var rest = bytes[...]
        var cut: [[UInt8]] = []
        while !rest.isEmpty {
            let size = pieceSizes[pieces % pieceSizes.count]
            pieces += 1
            cut.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return cut
    }
}
