/// Time-based one-time passwords (RFC 6238): which code belongs to which moment, and which are accepted.
///
/// The HMAC comes from outside; there is no cryptography here.
public struct TOTP: Hashable, Sendable {
    /// What was found about a code.
    public enum Verdict: Hashable, Sendable {
        /// The code of a step that has not been used yet; remember the step with ``SecondFactor/accept(step:)``.
        case accepted(step: Int64)
        /// The code of a step that was used, or passed by one that was used.
        case replayed
        /// The code of no step near this moment.
        case wrong
    }

    /// The number of digits, 6…8.
    public let digits: Int

    /// The length of a time step in seconds.
    public let period: Int64

    /// How many steps before and after the present one are accepted, 0…10.
    public let window: Int64

    /// Creates the rule; values outside their ranges are held at the nearest end.
    public init(digits: Int = 6, period: Int64 = 30, window: Int64 = 1) {
        self.digits = min(max(digits, 6), 8)
        self.period = min(max(period, 1), 3600)
        self.window = min(max(window, 0), 10)
    }

    /// The number of the time step that holds an instant.
    public func step(at instant: Timestamp) -> Int64 { instant.secondsSince1970 / period }

    /// The message of a step: its number in eight bytes, most significant first.
    public func message(step: Int64) -> [UInt8] {
        let bits = UInt64(bitPattern: step)
        return (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) }
    }

    /// The code of a step, with leading zeros.
    ///
    /// - Parameters:
    ///   - step: The number of the time step.
    ///   - mac: The HMAC of a message under the person's secret: at least 20 bytes.
    /// - Returns: The digits.
    /// - Throws: What `mac` throws; ``DomainError`` for an HMAC that is too short.
    public func code(step: Int64, mac: ([UInt8]) throws -> [UInt8]) throws -> String {
        let digest = try mac(message(step: step))
        let offset = Int((digest.last ?? 0) & 0xF)
        guard digest.count >= 20 else {
            throw DomainError(.invalidValue, "An HMAC for one-time codes has at least 20 bytes.")
        }
        var number: UInt32 = 0
        for byte in digest[offset..<offset + 4] { number = number << 8 | UInt32(byte) }
        var left = number & 0x7FFF_FFFF
        var text: [UInt8] = []
        for _ in 0..<digits {
            text.append(UInt8(ascii: "0") + UInt8(left % 10))
            left /= 10
        }
        return String(decoding: text.reversed(), as: UTF8.self)
    }

    /// Judges a code that somebody typed.
    ///
    /// All steps of the window are computed and compared in full whatever matches, so that the time taken says nothing.
    ///
    /// - Parameters:
    ///   - typed: The digits as they were typed, without blanks.
    ///   - instant: The present moment.
    ///   - lastStep: The last step that was accepted.
    ///   - mac: The HMAC of a message under the person's secret.
    /// - Returns: What was found.
    /// - Throws: What ``code(step:mac:)`` throws.
    public func judge(
        _ typed: String,
        at instant: Timestamp,
        lastStep: Int64?,
        mac: ([UInt8]) throws -> [UInt8]
    ) throws -> Verdict {
        let now = step(at: instant)
        var verdict = Verdict.wrong
        for step in now - window...now + window {
            guard Self.areEqual(typed, try code(step: step, mac: mac)) else { continue }
            if let lastStep, step <= lastStep {
                if verdict == .wrong { verdict = .replayed }
            } else {
                verdict = .accepted(step: step)
            }
        }
        return verdict
    }

    private static func areEqual(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
