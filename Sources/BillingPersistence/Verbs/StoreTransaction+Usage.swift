public import BillingDomain

/// Sessions on routers, and what was used each day.
extension StoreReader {
    /// The sessions of some subjects that last on a router.
    public func openSessions(
        of subjects: some Sequence<SessionSubject>,
        on router: Identifier<Router>
    ) throws -> [NetworkSession] {
        try Array(Set(subjects)).sorted { $0.description < $1.description }.chunked(by: 500).flatMap { some in
            try records(
                Query(
                    NetworkSession.Columns.router == router,
                    NetworkSession.Columns.endedAt.isAbsent,
                    NetworkSession.Columns.subject.isOne(of: some)
                )
            )
        }
    }

    /// How many different customers have an open session on some routers.
    public func usersOnline(on routers: some Sequence<Identifier<Router>>) throws -> Int {
        let open = Query(NetworkSession.Columns.router.isOne(of: routers), NetworkSession.Columns.endedAt.isAbsent)
        return try sums(open, by: ["subject"]).count
    }

    /// What was used on some days, by router and package, on some routers if given.
    public func use(on days: DateRange, routers: Set<Identifier<Router>>? = nil) throws -> [PackageUse] {
        let used = Query(UsageDayRow.Columns.day >= days.start, UsageDayRow.Columns.day < days.end)
        return try sums(
            used.at(routers, by: UsageDayRow.Columns.router),
            of: ["uptime", "bytes_in", "bytes_out"],
            by: ["router", "package_name"]
        )
        .map { sum in
            PackageUse(
                router: try Identifier(storeValue: sum.group[0]),
                packageName: try String(storeValue: sum.group[1]),
                userDays: sum.count,
                uptime: .microseconds(Int64(clamping: sum.sums[0])),
                bytesIn: Int64(clamping: sum.sums[1]),
                bytesOut: Int64(clamping: sum.sums[2])
            )
        }
    }
}

extension StoreTransaction {
    /// Adds what was used to the days of whoever used it.
    public func add(_ usage: [UsageDay], identifier: () throws -> Identifier<UsageDayRow>) throws {
        for part in usage.chunked(by: 500) {
            let stored = Query(
                UsageDayRow.Columns.subject.isOne(of: part.map(\.subject)),
                UsageDayRow.Columns.day.isOne(of: part.map(\.day))
            )
            var rows = Dictionary(try records(stored.locked()).map { (Place($0.usage), $0) }) { first, _ in first }
            let known = rows
            for day in part {
                if rows[Place(day)]?.usage.add(day.counters) == nil {
                    rows[Place(day)] = UsageDayRow(id: try identifier(), usage: day)
                }
            }
            let changed = rows.sorted { $0.value.id < $1.value.id }
            try insert(changed.filter { known[$0.key] == nil }.map(\.value))
            for (place, row) in changed where known[place] != nil && known[place] != row { try update(row) }
        }
    }
}

/// Whose day on which router it is: one row.
private struct Place: Hashable {
    let subject: SessionSubject
    let router: Identifier<Router>
    let day: LocalDate

    init(_ usage: UsageDay) { (subject, router, day) = (usage.subject, usage.router, usage.day) }
}
