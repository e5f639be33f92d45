import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

/// What customers have used up to the moment at which their rows or sessions are about to go.
///
/// A router forgets the counters of a row with the row, and those of a PPP link with the link: what they show is counted
/// before anything is done about them.
struct LastSight: Sendable {
    let vouchers: [VoucherObservation]
    let services: [ServiceObservation]

    /// Whether it shows anything that is not known already.
    var isEmpty: Bool { vouchers.isEmpty && services.isEmpty }

    /// Reads the sessions that some names have open; one command where none has any.
    ///
    /// - Parameters:
    ///   - names: Those whose rows or sessions are about to go.
    ///   - entries: What the names stand for.
    ///   - rows: Their rows as they were read just now.
    ///   - markers: What our rows are marked with.
    ///   - router: The router.
    ///   - now: Our clock.
    /// - Throws: ``RouterOSError``.
    init<Row: CustomerRow>(
        of names: Set<String>,
        _ entries: [RouterEntry],
        _ rows: [Row],
        _ markers: RouterMarkers,
        on router: any RouterOSCommands,
        now: @Sendable () -> Timestamp
    ) async throws {
        switch Row.kind {
        case .hotspot:
            let query = Query.any(names.sorted().map { Query.equal("user", $0) })
            let sessions = try await RouterTables.rows(HotspotActive.self, of: router, where: query).rows
            let users = Self.users(names, rows, markers)
            let known = Dictionary(entries.compactMap(\.voucher).map { (Voucher.uniqueKey(of: $0.code), $0) }) {
                first,
                _ in
                first
            }
            vouchers = RouterTables.observations(
                users: users,
                sessionsBefore: sessions,
                sessions: sessions,
                at: now()
            )
            .filter { $0.isOnline || $0.row != known[$0.code]?.usage.settled }
            services = RouterTables.services(sessions, except: Set(known.keys))
        case .pppoe:
            let query = Query.any(names.sorted().map { Query.equal("name", $0) })
            let links = try await RouterTables.rows(PPPActive.self, of: router, where: query).rows
            let traffic = links.isEmpty ? [:] : try await RouterTables.linkTraffic(of: router, links.map(\.name))
            vouchers = []
            services = RouterTables.services(links, traffic)
        }
    }

    /// What the rows of those whose sessions were ended show more than before: the last of what was used.
    ///
    /// - Parameters:
    ///   - names: Those whose sessions were ended.
    ///   - before: Their rows as they were read before that.
    ///   - after: Their rows as they were read afterwards; those that are gone tell nothing.
    ///   - markers: What our rows are marked with.
    ///   - now: When they were read.
    init<Row: CustomerRow>(
        ended names: Set<String>,
        before: [Row],
        after: [Row],
        _ markers: RouterMarkers,
        now: Timestamp
    ) {
        let observed = [before, after].map { rows in
            RouterTables.observations(
                users: Self.users(names, rows, markers),
                sessionsBefore: [],
                sessions: [],
                at: now
            )
        }
        let known = Dictionary(observed[0].map { ($0.code, $0.row) }) { first, _ in first }
        vouchers = observed[1].filter { seen in known[seen.code].map { $0 != seen.row } ?? false }
        services = []
    }

    /// The rows of ours that have some names; a PPP secret counts nothing.
    private static func users<Row: CustomerRow>(
        _ names: Set<String>,
        _ rows: [Row],
        _ markers: RouterMarkers
    ) -> [HotspotUser] {
        rows.compactMap { $0 as? HotspotUser }
            .filter { names.contains($0.name) && RowOwner(comment: $0.comment, markers) == .voucher }
    }
}
