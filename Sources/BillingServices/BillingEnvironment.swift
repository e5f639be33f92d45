public import BillingDomain
import Glibc
import OpenSSLSupport

/// What the services take from the world: the time and unpredictable bytes.
///
/// Replace both to run a whole shop deterministically; ``live`` is the machine's clock and the system's CSPRNG.
public struct BillingEnvironment: Sendable {
    /// The current instant.
    ///
    /// Called once a use case, so that everything it writes carries one instant.
    public var now: @Sendable () -> Timestamp
    /// As many unpredictable bytes as asked for: identifiers, voucher codes, secrets and nonces come from it.
    public var randomBytes: @Sendable (Int) throws -> [UInt8]

    /// An environment of the given clock and source of randomness.
    public init(
        now: @escaping @Sendable () -> Timestamp,
        randomBytes: @escaping @Sendable (Int) throws -> [UInt8]
    ) {
        self.now = now
        self.randomBytes = randomBytes
    }

    /// The machine's clock and the system's CSPRNG.
    public static let live = BillingEnvironment(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Timestamp(microsecondsSince1970: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
        },
        randomBytes: { count in try BillingError.translatingCryptography { try SecureRandom.bytes(count) } }
    )
}
