internal import CRouterOSOpenSSL

/// One end of a TLS connection as a machine: bytes of the wire and bytes of the application go in and come out, and
/// nothing else happens.
///
/// Call ``start()``, hand over what arrives with ``receive(_:)``, and after every call send what ``takeOutgoing()`` gives,
/// after one that throws too: it may hold the alert that tells the peer why. What an application sends before the peer is
/// known waits inside. Nothing that the peer sends can trap.
///
/// Has one owner and is used from one thread at a time.
package struct TLSSession: ~Copyable {
    private enum Phase {
        case handshaking
        case established
        /// The peer has said that no more comes.
        case peerDone
        case failed(TLSError)
    }

    /// The most plaintext that one record holds.
    private static let recordBytes = 16 << 10

    private let connection: OpaquePointer
    private let pipe = TLSPipe()
    private let identity: TLSIdentity?
    private let sessionKey: TLSSessionCache.Key?
    private let cache: TLSSessionCache?
    private var offered: [UInt8]?
    private var phase = Phase.handshaking
    private var isShutDown = false
    /// The first bytes of the peer, by which one sees whether it speaks TLS.
    private var head: [UInt8] = []
    private var plaintext: [UInt8] = []
    private var waiting: [UInt8] = []

    private init(
        _ connection: OpaquePointer,
        identity: TLSIdentity?,
        key: TLSSessionCache.Key?,
        cache: TLSSessionCache?
    ) {
        self.connection = connection
        self.identity = identity
        sessionKey = key
        self.cache = cache
    }

    static func client(
        _ context: TLSContext,
        expecting identity: TLSIdentity,
        resuming key: TLSSessionCache.Key,
        from cache: TLSSessionCache
    ) throws(TLSError) -> TLSSession {
        guard let connection = SSL_new(context.pointer) else { throw .configuration("a TLS connection") }
        // What was only looked at is not remembered: nobody vouched for it.
        let isRemembered = identity != .unverified
        var session = TLSSession(
            connection,
            identity: identity,
            key: isRemembered ? key : nil,
            cache: isRemembered ? cache : nil
        )
        try session.attach()
        SSL_set_connect_state(connection)
        if case .host(let host) = identity { try session.expect(host) }
        if case .pin(let sha256) = identity { session.pipe.expectedSHA256 = sha256 }
        guard isRemembered, let bytes = cache.take(key), let earlier = TLSSessionCache.decode(bytes) else {
            return session
        }
        if SSL_set_session(connection, earlier) == 1 { session.offered = bytes }
        SSL_SESSION_free(earlier)
        ERR_clear_error()
        return session
    }

    static func server(_ context: TLSContext) throws(TLSError) -> TLSSession {
        guard let connection = SSL_new(context.pointer) else { throw .configuration("a TLS connection") }
        let session = TLSSession(connection, identity: nil, key: nil, cache: nil)
        try session.attach()
        SSL_set_accept_state(connection)
        return session
    }

    private borrowing func attach() throws(TLSError) {
        guard let bio = pipe.makeBIO() else { throw .configuration("a TLS connection") }
        // One BIO for both directions; the connection owns it from here on.
        SSL_set_bio(connection, bio, bio)
    }

    deinit { SSL_free(connection) }

    /// Has the certificate checked for a name or an address.
    private func expect(_ host: String) throws(TLSError) {
        guard let parameters = SSL_get0_param(connection) else { throw .configuration("the host name") }
        X509_VERIFY_PARAM_set_hostflags(parameters, X509Certificate.hostFlags)
        let name = Self.withoutZone(host)
        if X509_VERIFY_PARAM_set1_ip_asc(parameters, name) == 1 { return }
        ERR_clear_error()
        guard !name.isEmpty, !name.utf8.contains(0), X509_VERIFY_PARAM_set1_host(parameters, name, 0) == 1 else {
            throw .configuration("the host name")
        }
        _ = routeros_tls_set_server_name(connection, name)
        ERR_clear_error()
    }

    /// An IPv6 address without the interface behind `%`, which no certificate bears.
    private static func withoutZone(_ host: String) -> String {
        host.contains(":") ? String(host.prefix { $0 != "%" }) : host
    }

    // MARK: What is known

    /// Whether the handshake is done and the peer is who it must be.
    package var isEstablished: Bool {
        switch phase {
        case .established, .peerDone: true
        case .handshaking, .failed: false
        }
    }

    /// Whether the peer has said that no more comes.
    package var isPeerDone: Bool {
        if case .peerDone = phase { true } else { false }
    }

    /// Version, cipher suite and certificate; nil before the connection is established.
    package var information: TLSInformation? {
        guard isEstablished, let version = SSL_get_version(connection),
            let cipher = SSL_get_current_cipher(connection), let name = SSL_CIPHER_get_name(cipher)
        else { return nil }
        return TLSInformation(
            version: String(cString: version),
            cipherSuite: String(cString: name),
            isResumed: SSL_session_reused(connection) == 1,
            certificateSHA256: peerCertificate?.sha256
        )
    }

    /// What the peer's certificate says; nil before the connection is established, and when the peer has none.
    package var certificate: TLSCertificate? {
        guard isEstablished else { return nil }
        return peerCertificate.flatMap(TLSCertificate.init)
    }

    private var peerCertificate: X509Certificate? {
        SSL_get0_peer_certificate(connection).map { X509Certificate(borrowing: $0) }
    }

    // MARK: What happens

    /// Begins: a client has something to send afterwards.
    package mutating func start() throws(TLSError) {
        guard case .handshaking = phase else { return }
        try shakeHands()
    }

    /// Takes what came from the peer.
    ///
    /// What was read before an error is there for ``takePlaintext()``.
    package mutating func receive(_ bytes: [UInt8]) throws(TLSError) {
        if case .failed(let error) = phase { throw error }
        guard !bytes.isEmpty, !isPeerDone else { return }
        try look(at: bytes)
        pipe.offer(bytes)
        if case .handshaking = phase { try shakeHands() }
        if case .established = phase { try read() }
        rememberSession()
    }

    /// Takes what the application wants to send; what comes after ``shutdown()`` is dropped.
    package mutating func send(_ bytes: [UInt8]) throws(TLSError) {
        if case .failed(let error) = phase { throw error }
        guard !bytes.isEmpty, !isShutDown else { return }
        guard isEstablished else {
            waiting.append(contentsOf: bytes)
            return
        }
        try write(bytes)
    }

    /// What must go to the peer.
    package mutating func takeOutgoing() -> [UInt8] {
        defer { pipe.outgoing = [] }
        return pipe.outgoing
    }

    /// What came for the application.
    package mutating func takePlaintext() -> [UInt8] {
        defer { plaintext = [] }
        return plaintext
    }

    /// Tells the peer that no more comes.
    package mutating func shutdown() {
        guard isEstablished, !isShutDown else { return }
        isShutDown = true
        ERR_clear_error()
        SSL_shutdown(connection)
        ERR_clear_error()
    }

    /// No more bytes come from the peer.
    ///
    /// - Throws: ``TLSError`` with code `truncated` unless the peer has said so before: somebody may have cut it short.
    package mutating func receivedEnd() throws(TLSError) {
        switch phase {
        case .peerDone: return
        case .failed(let error): throw error
        case .established:
            throw fail(TLSError(.truncated, "the connection ended without the peer saying so"))
        case .handshaking:
            throw fail(TLSError(.truncated, "the peer closed the connection in the middle of the TLS handshake"))
        }
    }

    // MARK: Inside

    /// Refuses a peer whose first bytes are no TLS, with more to say about it than the library has.
    private mutating func look(at bytes: [UInt8]) throws(TLSError) {
        guard head.count < 2 else { return }
        head += bytes.prefix(8)
        // A handshake or an alert, and the first half of the version.
        let isTLS = (head[0] == 0x16 || head[0] == 0x15) && (head.count < 2 || head[1] == 0x03)
        guard !isTLS else { return }
        let what =
            if head.starts(with: "HTTP".utf8) {
                "it answers in plain HTTP"
            } else if head.count > 1, head[0] < 0x80, head[1] == UInt8(ascii: "!") {
                "it is a plain RouterOS API service"
            } else { "its first byte is \(head[0])" }
        throw fail(TLSError(.notTLS, "the peer does not speak TLS: \(what)"))
    }

    private mutating func shakeHands() throws(TLSError) {
        ERR_clear_error()
        let status = SSL_do_handshake(connection)
        guard status == 1 else {
            guard SSL_get_error(connection, status) == SSL_ERROR_WANT_READ else {
                let error = lastError()
                if let shown = pipe.refusedSHA256 { throw fail(mismatch(shown)) }
                throw fail(error)
            }
            return
        }
        do throws(TLSError) {
            try judge()
        } catch {
            // The peer must not believe that it is connected: nothing that completes the handshake leaves.
            pipe.outgoing = []
            throw fail(error)
        }
        phase = .established
        let early = waiting
        waiting = []
        if !early.isEmpty { try write(early) }
    }

    /// Whether the peer is who it must be, of a session that was resumed no less than of a new one.
    private func judge() throws(TLSError) {
        guard let identity else { return }
        let shown = peerCertificate
        switch identity {
        case .anonymous:
            guard shown == nil else { throw TLSError(.protocolViolation, "the peer shows a certificate unasked") }
        case .unverified:
            guard shown != nil else { throw TLSError(.noCommonCipher, "the peer shows no certificate") }
        case .pin(let expected):
            guard let sha256 = shown?.sha256 else { throw TLSError(.noCommonCipher, "the peer shows no certificate") }
            guard ConstantTime.areEqual(sha256, expected) else { throw mismatch(sha256) }
        case .host(let host):
            guard let shown else { throw TLSError(.noCommonCipher, "the peer shows no certificate") }
            let verification = SSL_get_verify_result(connection)
            guard verification == X509_V_OK else { throw .certificate(verification) }
            // A resumed session was verified when it began: dates and names are looked at again.
            try shown.checkDates()
            try shown.check(host: Self.withoutZone(host))
        }
    }

    private func mismatch(_ shown: [UInt8]) -> TLSError {
        TLSError(
            .pinMismatch,
            "the certificate has the SHA-256 fingerprint \(Self.hexadecimal(shown)) and not "
                + Self.hexadecimal(pipe.expectedSHA256 ?? [])
        )
    }

    private mutating func read() throws(TLSError) {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.recordBytes) { buffer throws(TLSError) in
            while true {
                ERR_clear_error()
                let count = SSL_read(connection, buffer.baseAddress, Int32(buffer.count))
                if count > 0 {
                    plaintext.append(contentsOf: buffer[..<Int(count)])
                    continue
                }
                switch SSL_get_error(connection, count) {
                case SSL_ERROR_WANT_READ: return
                case SSL_ERROR_ZERO_RETURN:
                    phase = .peerDone
                    return
                default: throw fail(lastError())
                }
            }
        }
    }

    private mutating func write(_ bytes: [UInt8]) throws(TLSError) {
        // The library counts in 32 bits.
        var rest = bytes[...]
        while !rest.isEmpty {
            ERR_clear_error()
            let piece = rest.prefix(1 << 30)
            let count = piece.withUnsafeBytes { SSL_write(connection, $0.baseAddress, Int32($0.count)) }
            guard count > 0 else { throw fail(lastError()) }
            rest = rest.dropFirst(Int(count))
        }
    }

    private mutating func rememberSession() {
        guard isEstablished, let cache, let sessionKey else { return }
        if let session = pipe.offeredSession {
            pipe.offeredSession = nil
            offered = nil
            cache.store(session, for: sessionKey)
        } else if let session = offered, SSL_session_reused(connection) == 1,
            SSL_version(connection) == TLS1_2_VERSION
        {
            // Before TLS 1.3 a server seldom replaces the ticket that was used: it can be used again.
            offered = nil
            cache.store(session, for: sessionKey)
        }
    }

    private func lastError() -> TLSError {
        TLSError.last(verification: SSL_get_verify_result(connection))
    }

    private mutating func fail(_ error: TLSError) -> TLSError {
        phase = .failed(error)
        waiting = []
        return error
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
