import BillingDomain
import BillingPersistence
private import Synchronization

/// One try to sign in: its throttles, its record and its end.
///
/// Known and unknown names take the same steps, so that neither time nor traces tell them apart.
struct AttemptedSignIn: Sendable {
    static let refusal = BillingError(.unauthenticated, "The user name or the password is not right.")

    private let context: ServiceContext
    private let username: String
    private let staff: Identifier<Staff>?
    private let tenant: Identifier<Tenant>
    private let origin: RequestOrigin

    init(
        _ context: ServiceContext,
        username: String,
        staff: Identifier<Staff>?,
        tenant: Identifier<Tenant>,
        origin: RequestOrigin
    ) {
        self.context = context
        self.username = String(Input.printable(username).prefix(64))
        self.staff = staff
        self.tenant = tenant
        self.origin = origin
    }

    /// Counts the attempt against its address and its name, in the store.
    func admit() async throws {
        if let address = origin.address { try await admit(address) }
        let id = try accountID
        let verdict = try await retrying {
            try await context.change(tenant, by: actor, origin: origin) { change in
                let now = change.now
                let stored = try change.store.find(id, locked: true)
                var account = stored ?? ThrottledAccount(id: id, tenant: tenant)
                let verdict = account.throttle.admit(at: now)
                guard verdict == .admitted else {
                    // Only what an address has been counted for is written down: the trail cannot be flooded.
                    if origin.address != nil { try record(.throttled, in: change) }
                    return verdict
                }
                if stored == nil { try change.store.insert(account) } else { try change.store.update(account) }
                return verdict
            }
        }
        try Self.require(verdict, "Too many failed sign-ins with this name.")
    }

    /// Counts an attempt at a tenant that does not exist as ``admit()`` does, in this process.
    func admitStranger() async throws {
        if let address = origin.address { try await admit(address) }
        let now = context.environment.now()
        let name = "\(tenant)/\(username.asciiUppercased)"
        let verdict = context.strangers.withLock { strangers in
            // Forgetting them all costs nobody anything: there is nothing to get in to.
            if strangers.count >= 10_000 { strangers = [:] }
            return strangers[name, default: AccountThrottle()].admit(at: now)
        }
        try Self.require(verdict, "Too many failed sign-ins with this name.")
    }

    private func admit(_ address: String) async throws {
        let id = try Self.identifier(of: ThrottledAddress.self, "address:" + address)
        let now = context.environment.now()
        let verdict = try await retrying {
            try await BillingError.translating {
                try await context.store.write(.system) { store in
                    let stored = try store.find(id, locked: true)
                    var throttled = stored ?? ThrottledAddress(id: id)
                    let verdict = throttled.throttle.admit(at: now)
                    guard verdict == .admitted else { return verdict }
                    if stored == nil { try store.insert(throttled) } else { try store.update(throttled) }
                    // What says no more than nothing would is cleared away as others come.
                    let arrival = ThrottledAddress.Columns.theoreticalArrival
                    try store.delete(Query(arrival <= now))
                    return verdict
                }
            }
        }
        try Self.require(verdict, "Too many sign-ins from this address.")
    }

    /// Writes the failure down; what to throw.
    func refused(_ outcome: SignInAttempt.Outcome) async throws -> BillingError {
        try await context.change(tenant, by: actor, origin: origin) { try record(outcome, in: $0) }
        return Self.refusal
    }

    /// Ends the attempt well, unless the code is wrong or the person may not sign in.
    func succeed(_ staff: Staff, code: String?, renewedHash: String?) async throws -> BillingSession {
        let secret = try Secret.token(context.environment)
        let digest = try Secret.digest(secret)
        let id = try accountID
        let (person, outcome) = try await context.change(tenant, by: .staff(staff.id), origin: origin) { change in
            // As it is now: the password may have been changed while the old one was compared.
            guard var current = try change.store.find(staff.id, locked: true),
                current.passwordHash == staff.passwordHash
            else { return (nil as SignedInPerson?, SignInAttempt.Outcome.wrongPassword) }
            var outcome = SignInAttempt.Outcome.succeeded
            if current.secondFactor?.isConfirmed == true {
                outcome = try context.accept(code ?? "", of: &current, at: change.now)
            }
            if outcome == .succeeded {
                if let renewedHash { current.rehash(renewedHash) }
                if current != staff { try change.store.update(current) }
                if let person = try change.startSession(of: staff.id, digest: digest) {
                    try change.store.delete(Query(Field<ThrottledAccount, Identifier<ThrottledAccount>>("id") == id))
                    try change.audit("session.start", "staff:\(staff.id)", staff.username)
                    try record(.succeeded, in: change)
                    return (person, .succeeded)
                }
                outcome = .disabled
            }
            try record(outcome, in: change)
            return (nil, outcome)
        }
        guard let person else {
            if outcome == .wrongCode || outcome == .replayedCode {
                throw BillingError(.unauthenticated, field: "code", "The code is not right or was used already.")
            }
            throw Self.refusal
        }
        return BillingSession(context: context, person, digest: digest, origin: origin, secret: secret)
    }

    /// The password was right: earlier attempts no longer count.
    func forgive() async throws {
        let id = try accountID
        try await context.change(tenant, by: actor, origin: origin) { change in
            _ = try change.store.delete(Query(Field<ThrottledAccount, Identifier<ThrottledAccount>>("id") == id))
        }
    }

    private var actor: BillingDomain.Actor { .system("sign-in") }

    private func record(_ outcome: SignInAttempt.Outcome, in change: Change) throws {
        try change.store.insert(
            SignInAttempt(
                id: change.identifier(),
                tenant: tenant,
                at: change.now,
                username: username,
                staff: staff,
                address: origin.address,
                outcome: outcome
            )
        )
    }

    private var accountID: Identifier<ThrottledAccount> {
        get throws { try Self.identifier(of: ThrottledAccount.self, "account:\(tenant)/\(username.asciiUppercased)") }
    }

    /// An identity that follows from a text and does not show it.
    private static func identifier<Entity>(of _: Entity.Type, _ text: String) throws -> Identifier<Entity> {
        let digest = try Secret.digest(text)
        func half(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        return Identifier(high: half(digest[0..<8]), low: half(digest[8..<16]))
    }

    private static func require(_ verdict: ThrottleVerdict, _ message: String) throws {
        guard case .wait = verdict else { return }
        throw BillingError(.throttled, "\(message) Wait a few minutes and try again.")
    }

    /// Of two processes that count at once, one must read again.
    private func retrying<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        for _ in 0..<8 {
            do {
                return try await body()
            } catch let error as BillingError where error.code == .conflict || error.code == .duplicate {
                continue
            }
        }
        throw BillingError(.throttled, "Too many sign-ins with this name at once. Try again in a moment.")
    }
}

extension ServiceContext {
    /// Uses up a code of the authenticator or a recovery code; says how that went.
    func accept(_ code: String, of staff: inout Staff, at now: Timestamp) throws -> SignInAttempt.Outcome {
        guard var factor = staff.secondFactor else { return .wrongCode }
        let secret = try secrets.open(factor.sealedSecret, owner: Self.owner(ofSecondFactorOf: staff.id))
        switch try OneTimeCode.judge(code, secret: secret, lastStep: factor.lastStep, at: now) {
        case .accepted(let step):
            try factor.accept(step: step)
        case .replayed:
            return .replayedCode
        case .wrong:
            let digest = try OneTimeCode.digest(ofRecoveryCode: code)
            guard factor.recoveryDigests.contains(digest) else { return .wrongCode }
            try factor.useRecoveryCode(digest: digest)
        }
        staff.secondFactor = factor
        return .succeeded
    }

    /// What the secret of a second factor is sealed for.
    static func owner(ofSecondFactorOf staff: Identifier<Staff>) -> String { "second-factor:\(staff)" }
}
