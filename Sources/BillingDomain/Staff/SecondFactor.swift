/// A person's second factor: a shared secret for one-time codes, and codes for the day the telephone is lost.
///
/// | state | `confirm` | `accept` | `useRecoveryCode` | `replaceRecoveryCodes` |
/// |---|---|---|---|---|
/// | enrolled (not confirmed) | confirmed | – | – | – |
/// | confirmed | – | confirmed | confirmed | confirmed |
///
/// Only a confirmed factor is asked for at sign-in; a new enrolment is a new value.
public struct SecondFactor: Hashable, Sendable {
    /// The shared secret, sealed; only the services can open it.
    public let sealedSecret: [UInt8]

    /// When a first code proved that the person has the secret; `nil` before.
    public private(set) var confirmedAt: Timestamp?

    /// The time step of the last code that was accepted: neither it nor an earlier one is accepted again.
    public private(set) var lastStep: Int64?

    /// SHA-256 digests of the recovery codes that are left, 32 bytes each.
    public private(set) var recoveryDigests: [[UInt8]]

    /// Creates an enrolment that awaits its first code, or recreates a stored factor.
    public init(
        sealedSecret: [UInt8],
        confirmedAt: Timestamp? = nil,
        lastStep: Int64? = nil,
        recoveryDigests: [[UInt8]] = []
    ) {
        self.sealedSecret = sealedSecret
        self.confirmedAt = confirmedAt
        self.lastStep = lastStep
        self.recoveryDigests = recoveryDigests
    }

    /// Whether it is asked for at sign-in.
    public var isConfirmed: Bool { confirmedAt != nil }

    /// enrolled → confirmed, with the step of the first right code and the digests of the recovery codes.
    public mutating func confirm(
        step: Int64,
        recoveryDigests: [[UInt8]],
        at instant: Timestamp
    ) throws(DomainError) {
        guard !isConfirmed else { throw illegal("confirm", "it is confirmed already; enrol anew to replace it") }
        confirmedAt = instant
        lastStep = step
        self.recoveryDigests = recoveryDigests
    }

    /// Uses up the steps to the one of a right code.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` before confirmation, and for a step that was used
    ///   or passed: somebody may be replaying a code.
    public mutating func accept(step: Int64) throws(DomainError) {
        guard isConfirmed else { throw illegal("accept a code of", "confirm it first") }
        if let lastStep, step <= lastStep {
            throw illegal("accept a code of", "the code was used already; wait for the next one")
        }
        lastStep = step
    }

    /// Uses up a recovery code; throws when there is none with this digest.
    public mutating func useRecoveryCode(digest: [UInt8]) throws(DomainError) {
        guard isConfirmed else { throw illegal("use a recovery code of", "confirm it first") }
        guard let index = recoveryDigests.firstIndex(of: digest) else {
            throw illegal("use a recovery code of", "there is no such code, or it was used already")
        }
        recoveryDigests.remove(at: index)
    }

    /// Replaces all recovery codes by new ones.
    public mutating func replaceRecoveryCodes(digests: [[UInt8]]) throws(DomainError) {
        guard isConfirmed else { throw illegal("replace the recovery codes of", "confirm it first") }
        recoveryDigests = digests
    }

    private func illegal(_ move: String, _ why: String) -> DomainError {
        let state = isConfirmed ? "confirmed" : "enrolled"
        return DomainError(.illegalMove, "Cannot \(move) a second factor that is \(state): \(why).")
    }
}
