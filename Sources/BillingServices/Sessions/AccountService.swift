public import BillingDomain
import BillingPersistence

/// What people do about themselves: it takes no permission, only that they signed in.
///
/// Programs with a token are refused.
public struct AccountService: Sendable {
    let session: BillingSession

    /// Who they are.
    public func me() async throws -> Staff {
        let id = try session.person()
        return try await session.context.read(.tenant(session.tenant.id)) { try StaffService.find(id, in: $0) }
    }

    /// Changes what others see of them.
    public func update(
        displayName: String?,
        email: String?,
        phone: String?,
        language: String?
    ) async throws -> Staff {
        let profile = try StaffDraft.Profile(displayName, email: email, phone: phone, language: language)
        return try await change { change, staff in
            profile.apply(to: &staff)
            try change.audit("account.update", "staff:\(staff.id)", staff.username)
            return try change.store.update(staff)
        }
    }

    /// Changes their password: every session of theirs ends, this one too, and a new one begins.
    ///
    /// The new password has 12…200 characters. Throws ``BillingError/Code/invalidInput`` for a wrong present password.
    public func changePassword(_ current: String, to new: String) async throws -> BillingSession {
        let me = try await me()
        try await requirePassword(current, of: me)
        let hash = try await session.context.newHash(of: Input.newPassword(new, username: me.username))
        guard current != new else {
            throw BillingError.invalid("password", "This is the password you have. Choose another.")
        }
        return try await rotated { change, staff in
            guard staff.passwordHash == me.passwordHash else { throw Self.changedMeanwhile }
            staff.changePassword(hash: hash, at: change.now)
            try change.audit("account.password", "staff:\(staff.id)", staff.username)
        }
    }

    /// Their browser sessions that are not over, newest first.
    public func sessions() async throws -> [SignInSession] {
        let id = try session.person()
        let now = session.context.environment.now()
        return try await session.context.read(.tenant(session.tenant.id)) { store in
            try store.signInSessions(of: id).filter { $0.expiresAt > now }
        }
    }

    /// Whether a session is the one that asks.
    public func isCurrent(_ other: SignInSession) -> Bool { other.digest == session.digest }

    /// Ends one of their sessions.
    public func endSession(_ id: Identifier<SignInSession>) async throws {
        try await change { change, staff in
            guard let found = try change.store.find(id), found.staff == staff.id else {
                throw BillingError.notFound("session", field: "session")
            }
            try change.store.deleteSignInSession(digest: found.digest)
            try change.audit("session.end", "staff:\(staff.id)", staff.username)
        }
    }

    /// Ends all their sessions but this one; says how many.
    @discardableResult
    public func endOtherSessions() async throws -> Int {
        let digest = session.digest
        return try await change { change, staff in
            let count = try change.store.deleteSignInSessions(of: staff.id, except: digest)
            try change.audit("session.end", "staff:\(staff.id)", "\(count) others of \(staff.username)")
            return count
        }
    }

    /// Begins to set up a second factor, which is asked for once a code has confirmed it.
    ///
    /// The present password is asked for; what is returned is shown this once. A confirmed factor stays in force until
    /// ``removeSecondFactor(password:)``.
    public func enrolSecondFactor(password: String) async throws -> SecondFactorEnrolment {
        try await requirePassword(password, of: me())
        let context = session.context
        let tenant = session.tenant.name
        return try await change { change, staff in
            guard staff.secondFactor?.isConfirmed != true else {
                throw BillingError(.conflict, "You have a second factor. Remove it before you set up another.")
            }
            let secret = try change.environment.randomBytes(OneTimeCode.secretByteCount)
            let owner = ServiceContext.owner(ofSecondFactorOf: staff.id)
            let sealed = try context.secrets.seal(secret, owner: owner, environment: change.environment)
            staff.secondFactor = SecondFactor(sealedSecret: sealed)
            try change.audit("account.second-factor.enrol", "staff:\(staff.id)", staff.username)
            try change.store.update(staff)
            return SecondFactorEnrolment(secret: secret, issuer: tenant, account: staff.username)
        }
    }

    /// Confirms the second factor with a first code; the recovery codes are shown this once.
    ///
    /// Other sessions end.
    public func confirmSecondFactor(code: String) async throws -> [String] {
        let context = session.context
        let digest = session.digest
        return try await change { change, staff in
            guard var factor = staff.secondFactor, !factor.isConfirmed else {
                throw BillingError(.conflict, "There is no second factor to confirm. Set one up first.")
            }
            let owner = ServiceContext.owner(ofSecondFactorOf: staff.id)
            let secret = try context.secrets.open(factor.sealedSecret, owner: owner)
            guard
                case .accepted(let step) = try OneTimeCode.judge(code, secret: secret, lastStep: nil, at: change.now)
            else { throw BillingError.invalid("code", "This is not the code of the moment. Check the phone's clock.") }
            let codes = try OneTimeCode.recoveryCodes(change.environment)
            try factor.confirm(
                step: step,
                recoveryDigests: codes.map(OneTimeCode.digest(ofRecoveryCode:)),
                at: change.now
            )
            staff.secondFactor = factor
            try change.store.update(staff)
            try change.store.deleteSignInSessions(of: staff.id, except: digest)
            try change.audit("account.second-factor.confirm", "staff:\(staff.id)", staff.username)
            return codes
        }
    }

    /// Replaces the recovery codes; they are shown this once.
    public func replaceRecoveryCodes(password: String) async throws -> [String] {
        try await requirePassword(password, of: me())
        return try await change { change, staff in
            guard var factor = staff.secondFactor else {
                throw BillingError(.conflict, "There is no second factor. Set one up first.")
            }
            let codes = try OneTimeCode.recoveryCodes(change.environment)
            try factor.replaceRecoveryCodes(digests: codes.map(OneTimeCode.digest(ofRecoveryCode:)))
            staff.secondFactor = factor
            try change.store.update(staff)
            try change.audit("account.recovery-codes", "staff:\(staff.id)", staff.username)
            return codes
        }
    }

    /// Removes the second factor.
    public func removeSecondFactor(password: String) async throws {
        try await requirePassword(password, of: me())
        try await change { change, staff in
            guard staff.secondFactor != nil else { return }
            staff.secondFactor = nil
            try change.store.update(staff)
            try change.audit("account.second-factor.remove", "staff:\(staff.id)", staff.username)
        }
    }
}

extension AccountService {
    private static let changedMeanwhile = BillingError(.conflict, "Your account was changed meanwhile. Try again.")

    private func change<Answer: Sendable>(
        _ body: @Sendable (inout Change, inout Staff) throws -> Answer
    ) async throws -> Answer {
        let id = try session.person()
        return try await session.context.change(session.tenant.id, by: session.actor, origin: session.origin) {
            change in
            guard var staff = try change.store.find(id, locked: true) else { throw BillingError.notFound("person") }
            return try body(&change, &staff)
        }
    }

    /// Changes the person, ends every session of theirs and begins a new one.
    private func rotated(_ body: @Sendable (inout Change, inout Staff) throws -> Void) async throws -> BillingSession {
        let secret = try Secret.token(session.context.environment)
        let digest = try Secret.digest(secret)
        let person = try await change { change, staff in
            try body(&change, &staff)
            try change.store.update(staff)
            try change.store.deleteSignInSessions(of: staff.id)
            guard let person = try change.startSession(of: staff.id, digest: digest) else {
                throw Self.changedMeanwhile
            }
            return person
        }
        return BillingSession(
            context: session.context,
            person,
            digest: digest,
            origin: session.origin,
            secret: secret
        )
    }

    private func requirePassword(_ password: String, of staff: Staff) async throws {
        let name = staff.username
        let attempt = AttemptedSignIn(
            session.context,
            username: name,
            staff: staff.id,
            tenant: session.tenant.id,
            origin: session.origin
        )
        // Whoever finds a browser open must not be quicker here than at the door.
        try await attempt.admit()
        guard try await session.context.matches(password, staff.passwordHash) else {
            _ = try await attempt.refused(.wrongPassword)
            throw BillingError.invalid("currentPassword", "This is not your present password.")
        }
        try await attempt.forgive()
    }
}

extension SecondFactorEnrolment {
    init(secret: [UInt8], issuer: String, account: String) {
        let secret = OneTimeCode.base32(secret)
        func escaped(_ text: String) -> String {
            text.utf8.map { byte in
                let character = Character(Unicode.Scalar(byte))
                let isPlain =
                    character.isASCII && (character.isLetter || character.isNumber || "-._~".contains(character))
                return isPlain ? String(character) : "%" + Hexadecimal.text([byte])
            }.joined()
        }
        self.init(
            secret: secret,
            address: "otpauth://totp/\(escaped(issuer)):\(escaped(account))?secret=\(secret)&issuer=\(escaped(issuer))"
        )
    }
}
