internal import CRouterOSOpenSSL

/// A refusal by the cryptographic library, or input it can not take.
///
/// Carries what was attempted and why it failed, never key, password or plaintext bytes.
package struct OpenSSLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was attempted, for example `AES-256-GCM open`.
    package let operation: String
    /// Why it failed.
    package let reason: String

    /// A failure of `operation` for `reason`.
    package init(_ operation: String, _ reason: String) {
        self.operation = operation
        self.reason = reason
    }

    /// The oldest error the library queued on this thread; empties the queue so that no later call is blamed for it.
    static func last(_ operation: String) -> OpenSSLError {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0, let text = ERR_reason_error_string(code) else {
            return OpenSSLError(operation, "the library gave no reason")
        }
        return OpenSSLError(operation, String(cString: text))
    }

    package var description: String { "\(operation) failed: \(reason)" }
}
