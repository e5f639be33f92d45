public import BillingDomain
import BillingPersistence
import Synchronization

extension Billing {
    /// Signs a person in with a password and starts a session, which ends after 30 idle minutes and after 12 hours.
    ///
    /// Takes about a tenth of a second whether or not there is such a user; at most two run at a time. Throws
    /// ``BillingError/Code/unauthenticated``, which does not say what was wrong, or ``BillingError/Code/throttled``
    /// after ten failures for one name within 15 minutes. Failures are counted by this object, not in the store.
    public func signIn(
        _ username: String,
        password: String,
        tenant: Identifier<Tenant>
    ) async throws -> BillingSession {
        let name = SignInThrottle.Name(tenant: tenant, username: String(username.asciiUppercased.prefix(64)))
        let now = context.environment.now()
        guard context.throttle.withLock({ $0.admit(name, at: now) }) else {
            throw BillingError(.throttled, "Too many failed sign-ins with this name. Wait 15 minutes.")
        }
        let staff = try await context.read(.tenant(tenant)) { try $0.staff(username: username) }
        let hash = staff.flatMap { PasswordHash($0.passwordHash) } ?? PasswordHash.unknownUser
        let matches = try await context.passwords.run { try hash.matches(password) }
        guard matches, let staff, !staff.isDisabled else { throw Self.refusal }
        context.throttle.withLock { $0.succeed(name) }
        // A hash of older parameters is renewed while the password is at hand.
        let isCurrent = hash.parameters == PasswordHash.recommended
        let renewed = isCurrent ? nil : try await newHash(of: password)
        return try await startSession(of: staff, renewedHash: renewed)
    }

    /// The session of a browser that signed in before.
    ///
    /// Looking it up counts as use and moves the end of its idle time, unless `prolonging` is false: for requests that
    /// nobody made, such as those of a page that asks for its figures again and again.
    public func session(secret: String, prolonging: Bool = true) async throws -> BillingSession {
        let digest = try Secret.digest(secret)
        let now = context.environment.now()
        let (session, staff, tenant) = try await context.read(.system) { store in
            guard let session = try store.signInSession(digest: digest), session.expiresAt > now,
                let staff = try store.staff(session.staff), !staff.isDisabled,
                let tenant = try store.tenant(session.tenant)
            else { throw BillingError(.unauthenticated, "You are no longer signed in. Sign in again.") }
            return (session, staff, tenant)
        }
        if prolonging { try await prolong(session, at: now) }
        return BillingSession(context: context, staff: staff, tenant: tenant, digest: digest)
    }

    /// The session of a program that shows a bearer token.
    public func apiSession(token: String) async throws -> BillingSession {
        let digest = try Secret.digest(token)
        let (record, tenant) = try await context.read(.system) { store in
            guard let record = try store.apiToken(digest: digest), record.revokedAt == nil,
                let tenant = try store.tenant(record.tenant)
            else { throw BillingError(.unauthenticated, "The token is missing, unknown or revoked.") }
            return (record, tenant)
        }
        return BillingSession(context: context, token: record, tenant: tenant)
    }
}

extension Billing {
    private static let sessionLength = Duration.seconds(12 * 3_600)
    private static let idleLength = Duration.seconds(30 * 60)
    private static let refusal = BillingError(.unauthenticated, "The user name or the password is not right.")

    /// Hashes a new password, on a thread of its own.
    func newHash(of password: String) async throws -> String {
        let salt = try PasswordHash.newSalt(context.environment)
        return try await context.passwords.run {
            try PasswordHash.make(password, salt: salt, parameters: PasswordHash.recommended).encoded
        }
    }

    private func startSession(of staff: Staff, renewedHash: String?) async throws -> BillingSession {
        let secret = try Secret.token(context.environment)
        let digest = try Secret.digest(secret)
        let tenant = try await context.change(staff.tenant, by: .staff(staff.id)) { change in
            guard let tenant = try change.store.tenant(staff.tenant) else { throw Self.refusal }
            if let renewedHash, var current = try change.store.staff(staff.id) {
                current.passwordHash = renewedHash
                try change.store.update(current)
            }
            try change.store.deleteSignInSessions(expiredBefore: change.now)
            try change.store.insert(
                SignInSession(
                    id: change.identifier(),
                    tenant: staff.tenant,
                    staff: staff.id,
                    digest: digest,
                    createdAt: change.now,
                    expiresAt: change.now + Self.idleLength
                )
            )
            try change.audit("session.start", "staff:\(staff.id)", staff.username)
            return tenant
        }
        return BillingSession(context: context, staff: staff, tenant: tenant, digest: digest, secret: secret)
    }

    /// Moves the idle end of a session that is in use, though never beyond its length.
    private func prolong(_ session: SignInSession, at now: Timestamp) async throws {
        let end = min(now + Self.idleLength, session.createdAt + Self.sessionLength)
        // Not at every request: a write a minute is enough to tell use from idleness.
        guard end >= session.expiresAt + .seconds(60) else { return }
        try await context.change(session.tenant, by: .staff(session.staff)) { change in
            guard var current = try change.store.signInSession(digest: session.digest) else { return }
            current.expiresAt = max(current.expiresAt, end)
            try change.store.update(current)
        }
    }
}
