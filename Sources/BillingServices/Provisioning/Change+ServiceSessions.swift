import BillingDomain
import BillingPersistence

extension Change {
    /// Folds the open sessions of customers' services into the record of sessions, and what they used into its days; all
    /// of each user name's were read.
    ///
    /// A service has no counters of its own, so its days are what its sessions were seen to use.
    func fold(_ seen: [ServiceObservation], _ reading: SessionReading) throws -> ObservationSummary {
        let accounts = try serviceAccounts(Set(seen.map { $0.username.asciiUppercased }), on: reading.router)
        var summary = ObservationSummary()
        var sessions: [ObservedSession] = []
        for observation in seen {
            guard let account = accounts[observation.username.asciiUppercased],
                account.kind.sessionKind == observation.kind
            else {
                summary.foreign += 1
                continue
            }
            sessions.append(ObservedSession(observation.session, of: .service(account.id), observation.kind))
        }
        summary.services = Set(sessions.map(\.subject)).count
        let changes = try fold(sessions, of: accounts.values.map { .service($0.id) }, reading)
        let byID = Dictionary(accounts.values.map { ($0.id, $0) }) { first, _ in first }
        let names = try packageNames(of: Array(accounts.values))
        let calendar = try calendar()
        let use = changes.flatMap { change -> [UsageDay] in
            guard let (session, since, used) = change.use, let account = session.subject.service.flatMap({ byID[$0] })
            else { return [] }
            let start = max(since, account.createdAt)
            return UsageDay.spread(used, from: start, until: session.lastSeenAt, in: calendar).map { day, part in
                UsageDay(
                    subject: session.subject,
                    tenant: tenant,
                    router: session.router,
                    packageName: names[account.id] ?? account.routerProfile,
                    day: day,
                    uptime: part.uptime,
                    bytesIn: part.bytesIn,
                    bytesOut: part.bytesOut
                )
            }
        }
        try store.add(use) { try identifier() }
        return summary
    }

    /// The accounts on a router that go by some user names, by the name in upper case.
    private func serviceAccounts(
        _ names: Set<String>,
        on router: Identifier<Router>
    ) throws -> [String: ServiceAccount] {
        let found = try store.records(
            Query(
                ServiceAccount.Columns.router == router,
                ServiceAccount.Columns.liveUsername.isOne(of: names.map(Optional.some))
            )
        )
        return Dictionary(found.map { ($0.username.asciiUppercased, $0) }) { first, _ in first }
    }

    /// What the latest subscription to each service calls its package.
    private func packageNames(of accounts: [ServiceAccount]) throws -> [Identifier<ServiceAccount>: String] {
        let subscriptions = try store.records(
            Query(Subscription.Columns.serviceAccount.isOne(of: accounts.map { $0.id }))
                .sorted(by: Subscription.Columns.createdAt)
        )
        return Dictionary(
            subscriptions.compactMap { subscription in
                subscription.serviceAccount.map { ($0, subscription.terms.packageName) }
            },
            uniquingKeysWith: { _, latest in latest }
        )
    }
}

extension SessionFold.Change {
    /// What it says was used, and since when.
    fileprivate var use: (session: NetworkSession, since: Timestamp, used: VoucherUsage.Counters)? {
        switch self {
        case .began(let session):
            let used = VoucherUsage.Counters(session.length, session.bytesIn, session.bytesOut)
            return (session, session.startedAt, used)
        case .continued(let session, let since, let bytesIn, let bytesOut):
            return (session, since, VoucherUsage.Counters(session.lastSeenAt - since, bytesIn, bytesOut))
        case .ended:
            return nil
        }
    }
}

extension VoucherUsage.Counters {
    fileprivate init(_ uptime: Duration, _ bytesIn: Int64, _ bytesOut: Int64) {
        self.init(uptime: uptime, bytesIn: bytesIn, bytesOut: bytesOut)
    }
}

extension ServiceKind {
    /// What sessions of it are.
    var sessionKind: SessionKind {
        switch self {
        case .hotspot: .hotspot
        case .pppoe: .pppoe
        }
    }
}
