internal import CRouterOSOpenSSL

extension TLSError {
    /// The oldest error the library queued on this thread; empties the queue so that no later call is blamed for it.
    static func last(verification: Int) -> TLSError {
        let number = ERR_get_error()
        ERR_clear_error()
        let text = number == 0 ? nil : ERR_reason_error_string(number).map { String(cString: $0) }
        let reason = ERR_GET_REASON(number)
        guard number != 0, ERR_GET_LIB(number) == ERR_LIB_SSL else {
            return TLSError(.protocolViolation, "the TLS library failed: \(text ?? "it gave no reason")")
        }
        switch reason {
        case SSL_R_CERTIFICATE_VERIFY_FAILED:
            return certificate(verification)
        case SSL_R_NO_SHARED_CIPHER, SSL_R_WRONG_CIPHER_RETURNED, SSL_R_UNKNOWN_CIPHER_RETURNED:
            return TLSError(.noCommonCipher, "the two ends have no cipher suite in common")
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_UNSUPPORTED_SSL_VERSION, SSL_R_WRONG_SSL_VERSION,
            SSL_R_VERSION_TOO_LOW, SSL_R_VERSION_TOO_HIGH, SSL_R_NO_PROTOCOLS_AVAILABLE:
            return TLSError(
                .noCommonVersion,
                "the two ends have no version of TLS in common, 1.2 is the oldest allowed"
            )
        case SSL_R_DH_KEY_TOO_SMALL, SSL_R_EE_KEY_TOO_SMALL, SSL_R_CA_KEY_TOO_SMALL, SSL_R_CA_MD_TOO_WEAK,
            SSL_R_BAD_DH_VALUE:
            return TLSError(.weakParameters, "the peer's key or group is too weak: \(text ?? "")")
        case 1_000..<1_256:
            return alert(reason - 1_000)
        default:
            return TLSError(
                .protocolViolation,
                "the TLS handshake or record is not valid: \(text ?? "no reason given")"
            )
        }
    }

    /// What the library said about a certificate.
    static func certificate(_ verification: Int) -> TLSError {
        let words = X509_verify_cert_error_string(verification).map { String(cString: $0) } ?? "no reason given"
        switch Int32(truncatingIfNeeded: verification) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return TLSError(.expired, "the certificate has expired")
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return TLSError(.notYetValid, "the certificate is not valid yet")
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            return TLSError(.wrongHost, "the certificate is for another name or address")
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            return TLSError(.selfSigned, "the certificate is signed by nobody but its owner")
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
            return TLSError(.unknownAuthority, "the certificate is signed by an authority that is not trusted here")
        case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK:
            return TLSError(.weakParameters, "the certificate's key or digest is too weak")
        default:
            return TLSError(.invalidCertificate, "the certificate is not acceptable: \(words)")
        }
    }

    /// What the peer said before it hung up.
    private static func alert(_ number: Int32) -> TLSError {
        switch number {
        case SSL_AD_HANDSHAKE_FAILURE, SSL_AD_INSUFFICIENT_SECURITY:
            return TLSError(.noCommonCipher, "the peer finds no cipher suite in common")
        case SSL_AD_PROTOCOL_VERSION:
            return TLSError(.noCommonVersion, "the peer finds no version of TLS in common, 1.2 is the oldest allowed")
        default:
            let words = SSL_alert_desc_string_long(number).map { String(cString: $0) } ?? "unknown"
            return TLSError(.refusedByPeer, "the peer ended the connection with the alert \"\(words)\"")
        }
    }

    /// Our own part cannot be set up; empties the error queue.
    static func configuration(_ what: String) -> TLSError {
        TLSError(.configuration, OpenSSLError.last(what).description)
    }
}
