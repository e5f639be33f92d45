/// Why a TLS connection did not come about or came to an end.
///
/// Holds what went wrong and what the peer showed of itself; never a key or a byte of what was carried.
package struct TLSError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong; more may come.
    package struct Code: Hashable, Sendable, CustomStringConvertible {
        package let description: String

        /// The certificate's time is over.
        package static let expired = Code(description: "expired")
        /// The certificate's time has not begun, or the clock of this machine is wrong.
        package static let notYetValid = Code(description: "notYetValid")
        /// The certificate is for other names and addresses than the one that was dialled.
        package static let wrongHost = Code(description: "wrongHost")
        /// The certificate is signed by an authority that is not trusted here.
        package static let unknownAuthority = Code(description: "unknownAuthority")
        /// The certificate is signed by nobody but its owner.
        package static let selfSigned = Code(description: "selfSigned")
        /// The certificate is not acceptable for another reason.
        package static let invalidCertificate = Code(description: "invalidCertificate")
        /// The certificate is not the one that is expected.
        package static let pinMismatch = Code(description: "pinMismatch")
        /// The two ends have no cipher suite in common: one has a certificate and the other wants none, most often.
        package static let noCommonCipher = Code(description: "noCommonCipher")
        /// The two ends have no version of TLS in common.
        package static let noCommonVersion = Code(description: "noCommonVersion")
        /// A key or a group of the peer is too short to protect anything.
        package static let weakParameters = Code(description: "weakParameters")
        /// The peer talks, but not in TLS.
        package static let notTLS = Code(description: "notTLS")
        /// The bytes ended before the peer said that they would.
        package static let truncated = Code(description: "truncated")
        /// The peer ended the connection with an alert.
        package static let refusedByPeer = Code(description: "refusedByPeer")
        /// The peer broke the rules of TLS, or somebody changed its bytes on the way.
        package static let protocolViolation = Code(description: "protocolViolation")
        /// Our own certificate, key or settings cannot be used.
        package static let configuration = Code(description: "configuration")
    }

    /// What went wrong.
    package let code: Code
    /// What went wrong in words, without a full stop.
    package let reason: String

    /// A failure with `code` for `reason`.
    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { reason }
}
