public import BillingDomain
import BillingPersistence

extension ProvisioningService {
    /// Everything that should stand on a router, as it is recorded now; `nil` for one that is gone.
    ///
    /// Read it before the router's tables: what is recorded later is no deviation of what the tables show.
    ///
    /// - Throws: ``BillingError``.
    public func intent(for id: Identifier<Router>) async throws -> RouterIntent? {
        guard let router = try await inUse(id) else { return nil }
        return try await context.read(.tenant(router.tenant)) { store in
            let states = ProvisioningState.allCases.filter { $0 != .removed }
            let vouchers = try states.flatMap { state in
                try store.records(Query(Voucher.Columns.router == id, Voucher.Columns.provisioning == state))
            }
            let accounts = try store.records(
                Query(ServiceAccount.Columns.router == id, ServiceAccount.Columns.provisioning != .removed)
            )
            let settings = try store.settings()
            return RouterIntent(
                router: router,
                entries: vouchers.map(RouterEntry.voucher) + (try context.entries(of: accounts, in: store)),
                waiting: try store.subjectsWithJobs(on: id),
                markers: RouterMarkers(settings),
                massChangeLimit: settings[.massChangeLimit],
                question: try store.find(RouterQuestion.id(of: id)).flatMap { $0.isOpen ? $0 : nil }
            )
        }
    }

    /// Those of some names that are recorded as off a router: a restored backup brings rows back that had gone.
    ///
    /// - Throws: ``BillingError``.
    public func removed(named names: [String], on id: Identifier<Router>) async throws -> [RouterEntry] {
        guard !names.isEmpty, let router = try await inUse(id) else { return [] }
        return try await context.read(.tenant(router.tenant)) { store in
            let vouchers = try store.vouchers(router: id, codes: names)
            let accounts = try names.chunked(by: 500).flatMap { some in
                try store.records(
                    Query(ServiceAccount.Columns.router == id, ServiceAccount.Columns.username.isOne(of: some))
                )
            }
            return vouchers.filter { $0.provisioning == .removed }.map(RouterEntry.voucher)
                + (try context.entries(of: accounts.filter { $0.provisioning == .removed }, in: store))
        }
    }

    /// Asks for the rows of deviations to be brought to what is recorded; says how many that is.
    ///
    /// A missing row is no sign of expiry: the voucher was sold, so its row is asked for again. Whatever has changed since
    /// it was read, or has a job, is passed over: it is on its way already.
    ///
    /// - Throws: ``BillingError``.
    @discardableResult
    public func putRight(
        _ id: Identifier<Router>,
        _ deviations: [RouterDeviation],
        under claim: RouterClaim? = nil
    ) async throws -> Int {
        guard let router = try await inUse(id) else { return 0 }
        var count = 0
        for part in deviations.chunked(by: 500) {
            count += try await context.change(router.tenant, by: Self.actor) { change in
                try change.verify(claim)
                let count = try change.putRight(part)
                let rows = count == 1 ? "row is" : "rows are"
                if count > 0 { try change.log("router.deviation", of: id, "\(count) \(rows) being put right") }
                return count
            }
        }
        return count
    }
}

extension Change {
    fileprivate func putRight(_ deviations: ArraySlice<RouterDeviation>) throws -> Int {
        let waiting = try store.subjectsWithJobs(among: deviations.map(\.entry.subject))
        let still = deviations.filter { !waiting.contains($0.entry.subject) }
        let found = Dictionary(still.map { ($0.entry.subject, $0) }) { first, _ in first }
        let vouchers = try store.find(found.keys.compactMap(\.voucher))
        let accounts = try store.find(found.keys.compactMap(\.service))
        return try putRight(vouchers, found) + putRight(accounts, found)
    }

    private func putRight<Record: Provisioned & RevisedRecord>(
        _ records: [Record],
        _ found: [SessionSubject: RouterDeviation]
    ) throws -> Int {
        let deviating = try records.compactMap { record -> Record? in
            guard let deviation = found[record.subject], deviation.entry.revision == record.revision else { return nil }
            var record = record
            // What is to go, and is shown again or still on line, is asked to go again as it is.
            if record.desiredPresence != .absent { try record.markDrifted(deviation.detail) }
            return record
        }
        try converge(deviating)
        return deviating.count
    }
}
