import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

/// What to do in one menu of a router so that some vouchers and service accounts stand in it as they should.
///
/// Pure: made from what is recorded and what the router showed, and from nothing else. Made again from what the router
/// shows afterwards, it says whether the doing worked. It is for one row to be changed in place: nothing is ever removed
/// to be added anew, which would lose its counters, and the customer if the link broke in between.
struct ConvergencePlan<Row: CustomerRow>: Sendable {
    /// What one entry needs.
    enum Step: Sendable, Hashable {
        /// Nothing: the router shows what is wanted.
        case none
        /// The row is missing.
        case add(Row)
        /// The rows are ours and these attributes differ: a name may stand on several servers of one router.
        case set([ItemID], Row, [String])
        /// The rows are ours and have to go.
        case remove([ItemID])
        /// The row is to go and has become another's of ours, with its sessions: nothing is left to do.
        case inherited
        /// A row of that name is there, and it is not ours or was made not to look like it: left to people.
        case blocked(String)
    }

    /// The steps, one an entry, in the order of the entries.
    let steps: [(entry: RouterEntry, step: Step)]

    /// Compares what is wanted with what is there.
    ///
    /// - Parameters:
    ///   - entries: what should stand in this menu.
    ///   - observed: the rows of the router, those at least that have the names of the entries.
    ///   - markers: what our rows are marked with.
    ///   - added: whose rows were made just now, and have not counted anything.
    ///   - writesHiddenPasswords: whether a password that the router does not show is written all the same for an account that
    ///     the router is not known to agree about: it may be another now.
    init(
        _ entries: [RouterEntry],
        observed: [Row],
        _ markers: RouterMarkers,
        added: Set<SessionSubject> = [],
        writesHiddenPasswords: Bool = false
    ) {
        let rows = Dictionary(grouping: observed, by: \.name)
        // An account that was deleted and made again under its name: the row is the new one's, and is not taken from it.
        let accounts = entries.filter { $0.voucher == nil && $0.record.desiredPresence != .absent }
        let heirs = Set(accounts.map(\.name))
        steps = entries.map { entry in
            if entry.voucher == nil, entry.record.desiredPresence == .absent, heirs.contains(entry.name) {
                return (entry, .inherited)
            }
            let writesHidden = writesHiddenPasswords && entry.voucher == nil && entry.record.provisioning != .present
            let isNew = added.contains(entry.subject)
            return (entry, Self.step(for: entry, found: rows[entry.name] ?? [], markers, isNew, writesHidden))
        }
    }

    private init(steps: [(entry: RouterEntry, step: Step)]) { self.steps = steps }

    /// The same without some.
    func without(_ subjects: Set<SessionSubject>) -> Self {
        Self(steps: steps.filter { !subjects.contains($0.entry.subject) })
    }

    private static func step(
        for entry: RouterEntry,
        found: [Row],
        _ markers: RouterMarkers,
        _ isNew: Bool,
        _ writesHidden: Bool
    ) -> Step {
        let isWanted = entry.record.desiredPresence != .absent
        let owners = found.map { RowOwner(comment: $0.comment, markers) }
        let own = zip(found, owners).filter { $0.1.mayServe(entry) }.map(\.0)
        let ids = own.compactMap(\.id)
        guard !ids.isEmpty else {
            guard isWanted || owners.contains(.foreign) else { return found.isEmpty ? .none : .inherited }
            return found.isEmpty ? .add(Row(entry, markers, isNew: true)) : .blocked(reason(entry))
        }
        guard isWanted else { return .remove(ids) }
        let wanted = Row(entry, markers, isNew: isNew)
        var drift: [String] = []
        for row in own {
            drift += wanted.difference(from: row, of: entry).filter { !drift.contains($0) }
            if writesHidden, row.password == nil, !drift.contains("password") { drift.append("password") }
        }
        return drift.isEmpty ? .none : .set(ids, wanted, drift)
    }

    /// Whose rows are to be made.
    var added: Set<SessionSubject> {
        Set(
            steps.compactMap { entry, step in
                guard case .add = step else { return nil }
                return entry.subject
            }
        )
    }

    private static func reason(_ entry: RouterEntry) -> String {
        """
        A row "\(entry.label)" without its comment is in \(Row.menu): it is not ours, or its comment was changed. Remove it \
        there if it is this \(entry.voucher == nil ? "service" : "voucher"), rename it if it is not.
        """
    }
}
