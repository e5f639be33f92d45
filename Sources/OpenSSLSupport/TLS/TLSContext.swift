internal import CRouterOSOpenSSL

/// What connections of one kind have in common: versions, cipher suites, certificates.
///
/// Set up before it is shared and never changed afterwards; the library counts its users with atomic operations.
final class TLSContext: Sendable {
    /// Anonymous Diffie-Hellman, which the library refuses above security level 0 because it names nobody.
    private static let anonymousCiphers = "ADH+AESGCM:ADH+AES:@SECLEVEL=0"

    // The library locks what it changes in it, so that any thread may use it.
    nonisolated(unsafe) let pointer: OpaquePointer

    private init(_ method: OpaquePointer?, newest: Int32) throws(TLSError) {
        guard let pointer = SSL_CTX_new(method) else { throw .configuration("a TLS context") }
        self.pointer = pointer
        guard routeros_tls_configure(pointer, newest) == 1 else { throw .configuration("the versions of TLS") }
    }

    deinit { SSL_CTX_free(pointer) }

    /// For clients that want a certificate; with `roots` it must be signed by one of them, and without it is up to the
    /// session to judge it.
    static func client(verifyingWith roots: TLSRoots?) throws(TLSError) -> TLSContext {
        let context = try TLSContext(TLS_client_method(), newest: TLS1_3_VERSION)
        context.reportSessions()
        guard let roots else {
            SSL_CTX_set_verify(context.pointer, SSL_VERIFY_PEER, nil)
            context.judgeByPin()
            return context
        }
        SSL_CTX_set_verify(context.pointer, SSL_VERIFY_PEER, nil)
        switch roots {
        case .system:
            guard SSL_CTX_set_default_verify_paths(context.pointer) == 1 else {
                throw .configuration("the system's authorities")
            }
        case .pem(let text):
            guard let store = SSL_CTX_get_cert_store(context.pointer) else { throw .configuration("the authorities") }
            for certificate in try X509Certificate.all(inPEM: text) {
                guard X509_STORE_add_cert(store, certificate.pointer) == 1 else {
                    throw .configuration("an authority")
                }
            }
        }
        return context
    }

    /// For clients that want no certificate.
    static func anonymousClient() throws(TLSError) -> TLSContext {
        // TLS 1.3 has no anonymous suites: with it a certificate that nobody judges would be accepted instead.
        let context = try TLSContext(TLS_client_method(), newest: TLS1_2_VERSION)
        try context.useAnonymousCiphers()
        context.reportSessions()
        SSL_CTX_set_verify(context.pointer, SSL_VERIFY_NONE, nil)
        return context
    }

    /// For servers, with TLS 1.3 or up to 1.2 alone; without a certificate an anonymous one.
    static func server(certificatePEM: String?, keyPEM: String, hasTLS13: Bool) throws(TLSError) -> TLSContext {
        guard let certificatePEM else {
            let context = try TLSContext(TLS_server_method(), newest: TLS1_2_VERSION)
            try context.useAnonymousCiphers()
            routeros_tls_keep_no_sessions(context.pointer)
            guard routeros_tls_use_automatic_groups(context.pointer) == 1 else {
                throw .configuration("the Diffie-Hellman groups")
            }
            return context
        }
        let context = try TLSContext(TLS_server_method(), newest: hasTLS13 ? TLS1_3_VERSION : TLS1_2_VERSION)
        routeros_tls_keep_no_sessions(context.pointer)
        _ = routeros_tls_use_automatic_groups(context.pointer)
        let chain = try X509Certificate.all(inPEM: certificatePEM)
        guard let leaf = chain.first else {
            throw TLSError(.configuration, "there is no certificate in the PEM text")
        }
        let key = try PrivateKey(pem: keyPEM)
        guard SSL_CTX_use_certificate(context.pointer, leaf.pointer) == 1 else {
            throw .configuration("the certificate")
        }
        guard SSL_CTX_use_PrivateKey(context.pointer, key.pointer) == 1,
            SSL_CTX_check_private_key(context.pointer) == 1
        else { throw .configuration("the key of the certificate") }
        for issuer in chain.dropFirst() {
            X509_up_ref(issuer.pointer)
            guard
                SSL_CTX_ctrl(context.pointer, SSL_CTRL_EXTRA_CHAIN_CERT, 0, UnsafeMutableRawPointer(issuer.pointer))
                    == 1
            else {
                X509_free(issuer.pointer)
                throw .configuration("the certificate's chain")
            }
        }
        return context
    }

    private func useAnonymousCiphers() throws(TLSError) {
        guard SSL_CTX_set_cipher_list(pointer, Self.anonymousCiphers) == 1 else {
            throw .configuration("anonymous Diffie-Hellman")
        }
    }

    /// Has certificates compared with the pin of their connection, if it has one, and with nothing else.
    ///
    /// In the middle of the handshake, where a refusal still reaches the peer as an alert.
    private func judgeByPin() {
        SSL_CTX_set_cert_verify_callback(
            pointer,
            { store, _ in
                let connection = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx())
                guard let pipe = TLSPipe.behind(connection.flatMap { SSL_get_rbio(OpaquePointer($0)) }),
                    let certificate = X509_STORE_CTX_get0_cert(store)
                else {
                    X509_STORE_CTX_set_error(store, X509_V_ERR_UNSPECIFIED)
                    return 0
                }
                guard let expected = pipe.expectedSHA256 else { return 1 }
                let shown = X509Certificate(borrowing: certificate).sha256
                if let shown, ConstantTime.areEqual(shown, expected) { return 1 }
                pipe.refusedSHA256 = shown
                X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED)
                return 0
            },
            nil
        )
    }

    /// Has every session that a peer offers to resume put down in its connection's pipe.
    private func reportSessions() {
        routeros_tls_report_sessions(pointer) { connection, session in
            guard let pipe = TLSPipe.behind(connection.flatMap { SSL_get_rbio($0) }) else { return 0 }
            pipe.offeredSession = TLSSessionCache.encode(session)
            return 0
        }
    }
}
