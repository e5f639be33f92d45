/// What an authenticator has to be told once, when a second factor is set up.
///
/// Descriptions and dumps leave the secret out.
public struct SecondFactorEnrolment: Hashable, Sendable {
    /// The secret in base 32, to type in.
    public let secret: String
    /// The `otpauth:` address, to show as a QR code.
    public let address: String
}

extension SecondFactorEnrolment: CustomStringConvertible, CustomReflectable {
    /// Nothing of the secret.
    public var description: String { "SecondFactorEnrolment(redacted)" }
    /// Nothing of the secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
