public import BillingDomain
import BillingPersistence
import OpenSSLSupport

extension ProvisioningService {
    /// Writes down that a router shows none of the rows that it should, and tells those who look after it.
    ///
    /// It was reset, or another one stands in for it. Nobody's time ends by that: whoever finds it has the rows put back. Each
    /// call is an occurrence; a router that is gone is passed over.
    ///
    /// - Parameters:
    ///   - id: The router.
    ///   - rows: How many rows it should show.
    ///   - claim: The claim under which it was found; nothing is written once another worker has the router:
    ///     ``BillingError/Code/leaseLost``.
    /// - Throws: ``BillingError``.
    public func recordReset(of id: Identifier<Router>, rows: Int, under claim: RouterClaim? = nil) async throws {
        guard let tenant = try await inUse(id)?.tenant else { return }
        try await context.change(tenant, by: Self.actor) { change in
            try change.verify(claim)
            let detail = "The router shows none of the \(rows) rows that it should. All of them are put back."
            try change.record("router.reset", on: id, .failed, detail: detail)
            let occurrence = "\(id):\(change.now.microsecondsSince1970)"
            let router = try change.store.router(id)
            try change.alert(.routerReset, about: router, occurrence: occurrence, ["detail": detail])
        }
    }

    /// Writes down that rows of a router carry our comment and nobody knows them here, and tells those who look after it,
    /// once for the same rows.
    ///
    /// They came from elsewhere, from another server that takes the router for its own or a database that was put back, and
    /// let somebody in whom no record knows. Nothing is done about them. A router that is gone is passed over.
    ///
    /// - Parameters:
    ///   - rows: What they are called, for people, codes masked.
    ///   - id: The router.
    ///   - claim: The claim under which they were found; nothing is written once another worker has the router:
    ///     ``BillingError/Code/leaseLost``.
    /// - Throws: ``BillingError``.
    public func recordUnknownRows(
        _ rows: [String],
        on id: Identifier<Router>,
        under claim: RouterClaim? = nil
    ) async throws {
        guard let tenant = try await inUse(id)?.tenant, !rows.isEmpty else { return }
        let rows = rows.sorted()
        let digest = try BillingError.translatingCryptography {
            try SHA256.digest(of: Array(rows.joined(separator: "\n").utf8))
        }
        try await context.change(tenant, by: Self.actor) { change in
            try change.verify(claim)
            let some = rows.prefix(5).joined(separator: ", ") + (rows.count > 5 ? ", …" : "")
            let who = rows.count == 1 ? "1 row has" : "\(rows.count) rows have"
            let detail = Input.printable("\(who) our comment and nobody knows them here: \(some). They stay.")
            let occurrence = "\(id):\(Hexadecimal.text(Array(digest.prefix(8))))"
            let router = try change.store.router(id)
            let isNew = try change.alert(.unknownRows, about: router, occurrence: occurrence, ["detail": detail])
            if isNew { try change.record("router.unknown-rows", on: id, .failed, detail: detail) }
        }
    }
}
