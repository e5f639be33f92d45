import BillingDomain

/// How often a user's password may be tried: a pure machine, fed with names and instants.
///
/// An attempt counts from the moment it is admitted, so that a thousand attempts at once are no way around it; a
/// success forgives them. Names are bounded: the one idle longest gives way.
struct SignInThrottle: Sendable {
    struct Name: Hashable, Sendable {
        let tenant: Identifier<Tenant>
        let username: String
    }

    let maximumFailures: Int
    let window: Duration
    let maximumNames: Int
    private var attempts: [Name: [Timestamp]] = [:]

    init(maximumFailures: Int = 10, window: Duration = .seconds(15 * 60), maximumNames: Int = 10_000) {
        self.maximumFailures = maximumFailures
        self.window = window
        self.maximumNames = maximumNames
    }

    /// Whether another attempt may be made now; counts it if so.
    mutating func admit(_ name: Name, at now: Timestamp) -> Bool {
        var recent = (attempts[name] ?? []).filter { $0 + window > now }
        guard recent.count < maximumFailures else {
            attempts[name] = recent
            return false
        }
        if attempts[name] == nil, attempts.count >= maximumNames {
            makeRoom(at: now)
        }
        recent.append(now)
        attempts[name] = recent
        return true
    }

    /// The password was right: earlier attempts no longer count.
    mutating func succeed(_ name: Name) {
        attempts[name] = nil
    }

    private mutating func makeRoom(at now: Timestamp) {
        attempts = attempts.filter { _, instants in instants.contains { $0 + window > now } }
        guard attempts.count >= maximumNames else { return }
        let idlest = attempts.min { ($0.value.last ?? now) < ($1.value.last ?? now) }
        if let idlest {
            attempts[idlest.key] = nil
        }
    }
}
