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
    /// It has no rights that whoever makes it does not hold, and is bound to the same routers and sites at least.
    public func create(_ draft: TokenDraft) async throws -> (token: APIToken, secret: String) {
        try session.authorise(.manageTokens)
        let secret = try Secret.token(session.context.environment)
        let digest = try Secret.digest(secret)
        let session = session
        let token = try await session.change(.manageTokens) { change in
            let token = try change.token(draft, digest: digest)
            try session.requireHolding(token.permissions, field: "scopes")
            guard session.assignment.isEverywhere || draft.assignment == session.assignment else {
                throw BillingError(
                    .forbidden,
                    field: "assignment",
                    "You can only make tokens for the routers and sites that you are assigned to."
                )
            }
            return token
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
        try requireExisting(draft.assignment)
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
