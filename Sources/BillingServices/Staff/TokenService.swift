public import BillingDomain
import BillingPersistence

/// The tokens that programs act with in one tenant.
public struct TokenService: Sendable {
    let session: BillingSession

    /// All tokens, oldest first, revoked ones too.
    public func list() async throws -> [APIToken] {
        try await session.read(.manageTokens) { try $0.apiTokens() }
    }

    /// Makes a token; its secret is shown this once.
    ///
    /// It has no rights that whoever makes it does not hold, and reaches no farther. The same key and draft answer with
    /// the same token, and with another secret in place of the one that was lost with the first answer; a
    /// ``BillingError/Code/conflict`` once the token was used.
    public func create(_ draft: TokenDraft, key: IdempotencyKey) async throws -> (token: APIToken, secret: String) {
        try session.authorise(.manageTokens)
        let secret = try Secret.token(session.context.environment)
        let digest = try Secret.digest(secret)
        let session = session
        let token = try await session.change(.manageTokens) { change in
            var token = try change.once(key, ["token.create"] + draft.fingerprint) { change in
                let token = try change.token(draft, digest: digest)
                try session.requireHolding(token.permissions, field: "scopes")
                return token.id.description
            } answer: { store, reference in
                guard let id = Identifier<APIToken>(reference) else { throw BillingError.notFound("token") }
                return try store.require(id, "token")
            }
            guard token.digest != digest else { return token }
            try token.replaceSecret(digest: digest)
            return try change.store.update(token)
        }
        return (token, secret)
    }

    /// Revokes a token at once; revoking it again changes nothing.
    @discardableResult
    public func revoke(_ id: Identifier<APIToken>) async throws -> APIToken {
        try await session.change(.manageTokens) { change in
            guard var token = try change.store.find(id) else { throw BillingError.notFound("token", field: "token") }
            guard token.revokedAt == nil else { return token }
            token.revokedAt = change.now
            try change.audit("token.revoke", "token:\(id)", token.name)
            return try change.store.update(token)
        }
    }
}

extension Change {
    /// Makes and stores a token.
    func token(_ draft: TokenDraft, digest: [UInt8]) throws -> APIToken {
        if let end = draft.expiresAt, end <= now {
            throw BillingError.invalid("expiresAt", "A token ends in the future, or never.")
        }
        if let scopes = draft.scopes {
            guard !scopes.isEmpty, scopes.isSubset(of: draft.role.permissions) else {
                throw BillingError.invalid("scopes", "Give at least one permission, and only those of the role.")
            }
        }
        try requireGrantable(draft.assignment)
        let token = APIToken(
            id: try identifier(),
            tenant: tenant,
            name: try Input.name(draft.name),
            digest: digest,
            role: draft.role,
            scopes: draft.scopes,
            assignment: draft.assignment,
            createdAt: now,
            expiresAt: draft.expiresAt
        )
        try store.insert(token)
        let scopes = draft.scopes.map { ": " + $0.storedText } ?? ""
        try audit("token.create", "token:\(token.id)", "\(token.name), \(draft.role.rawValue)\(scopes)")
        return token
    }
}
