public import BillingDomain
import BillingPersistence

extension Billing {
    /// Signs a person in with a password, and a code where they have a second factor, and starts a session.
    ///
    /// A session ends after 30 idle minutes and after 12 hours unless the tenant's settings say otherwise. Takes about a
    /// tenth of a second whether or not there is such a user; at most two run at a time. After three failures for one
    /// name each further one doubles the wait, up to five minutes, and one address may try ten times a minute; both are
    /// counted in the store, for all processes together. Only the names of tenants that do not exist are counted by each
    /// process: a store keeps nothing of those.
    ///
    /// - Parameters:
    ///   - username: The name, in any case.
    ///   - password: The password.
    ///   - code: The code that the authenticator shows, or a recovery code.
    ///   - tenant: The tenant to sign in to.
    ///   - origin: Where the request comes from.
    /// - Returns: The session, with the secret for the browser's cookie.
    /// - Throws: ``BillingError/Code/unauthenticated``, which does not say what was wrong;
    ///   ``BillingError/Code/secondFactorRequired`` when the password is right and `code` is missing;
    ///   ``BillingError/Code/throttled``.
    public func signIn(
        _ username: String,
        password: String,
        code: String? = nil,
        tenant: Identifier<Tenant>,
        origin: RequestOrigin = RequestOrigin()
    ) async throws -> BillingSession {
        let (staff, isKnownTenant) = try await context.read(.tenant(tenant)) { store in
            (try store.staff(username: username), try store.tenant(tenant) != nil)
        }
        let attempt = AttemptedSignIn(context, username: username, staff: staff?.id, tenant: tenant, origin: origin)
        // Of a tenant that does not exist nothing can be written down; its names are as unknown as any.
        if isKnownTenant { try await attempt.admit() } else { try await attempt.admitStranger() }
        let hash = staff.flatMap { PasswordHash($0.passwordHash) } ?? PasswordHash.unknownUser
        let matches = try await context.passwords.run { try hash.matches(password) }
        guard isKnownTenant else { throw AttemptedSignIn.refusal }
        guard matches, let staff else { throw try await attempt.refused(.wrongPassword) }
        if staff.secondFactor?.isConfirmed == true, code == nil {
            throw BillingError(
                .secondFactorRequired,
                field: "code",
                "Enter the code that your authenticator shows, or a recovery code."
            )
        }
        // A hash of older parameters is renewed while the password is at hand.
        let isCurrent = hash.parameters == PasswordHash.recommended
        let renewed = isCurrent ? nil : try await context.newHash(of: password)
        return try await attempt.succeed(staff, code: code, renewedHash: renewed)
    }

    /// The session of a browser that signed in before.
    ///
    /// Looking it up counts as use and moves the end of its idle time, unless `prolonging` is false: for requests that
    /// nobody made, such as those of a page that asks for its figures again and again.
    public func session(
        secret: String,
        prolonging: Bool = true,
        origin: RequestOrigin = RequestOrigin()
    ) async throws -> BillingSession {
        let digest = try Secret.digest(secret)
        let now = context.environment.now()
        let (session, person) = try await context.read(.system) { store in
            guard let session = try store.signInSession(digest: digest), session.expiresAt > now,
                let person = try SignedInPerson(session.staff, in: store),
                person.staff.accepts(sessionFrom: session.createdAt)
            else { throw BillingError(.unauthenticated, "You are no longer signed in. Sign in again.") }
            return (session, person)
        }
        if prolonging { try await prolong(session, under: person.settings, at: now) }
        return BillingSession(context: context, person, digest: digest, origin: origin)
    }

    /// The session of a program that shows a bearer token.
    public func apiSession(token: String, origin: RequestOrigin = RequestOrigin()) async throws -> BillingSession {
        let digest = try Secret.digest(token)
        let now = context.environment.now()
        let (record, tenant) = try await context.read(.system) { store in
            guard let record = try store.apiToken(digest: digest), record.isGood(at: now),
                let tenant = try store.tenant(record.tenant), tenant.state == .active
            else { throw BillingError(.unauthenticated, "The token is missing, unknown, past its end or revoked.") }
            return (record, tenant)
        }
        try await noteUse(of: record, at: now)
        return BillingSession(context: context, token: record, tenant: tenant, origin: origin)
    }
}

extension Billing {
    /// Moves the idle end of a session that is in use, though never beyond its length.
    private func prolong(_ session: SignInSession, under settings: Settings, at now: Timestamp) async throws {
        let end = min(
            now + .seconds(settings[.sessionIdle]),
            session.createdAt + .seconds(settings[.sessionLength])
        )
        // Not at every request: a write a minute is enough to tell use from idleness.
        guard end >= session.expiresAt + .seconds(60) else { return }
        try await context.change(session.tenant, by: .staff(session.staff)) { change in
            guard var current = try change.store.signInSession(digest: session.digest) else { return }
            current.expiresAt = max(current.expiresAt, end)
            try change.store.update(current)
        }
    }

    /// Writes down that a token was used, at most once a minute; a token that was changed meanwhile is left alone.
    private func noteUse(of token: APIToken, at now: Timestamp) async throws {
        var used = token
        guard used.noteUse(at: now) else { return }
        do {
            _ = try await context.change(token.tenant, by: .token(token.id)) { [used] change in
                try change.store.update(used)
            }
        } catch let error as BillingError where error.code == .conflict {
            return
        }
    }
}

extension ServiceContext {
    /// Hashes a new password, on a thread of its own.
    func newHash(of password: String) async throws -> String {
        let salt = try PasswordHash.newSalt(environment)
        return try await passwords.run {
            try PasswordHash.make(password, salt: salt, parameters: PasswordHash.recommended).encoded
        }
    }

    /// Whether a password is the one of a hash, on a thread of its own.
    func matches(_ password: String, _ encoded: String) async throws -> Bool {
        let hash = PasswordHash(encoded) ?? PasswordHash.unknownUser
        return try await passwords.run { try hash.matches(password) }
    }
}
