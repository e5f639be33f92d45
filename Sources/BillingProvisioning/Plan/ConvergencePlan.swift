import BillingDomain
import RouterOSClient
import RouterOSProtocol

/// What to do on a router so that some vouchers stand on it as they should.
///
/// Pure: made from the vouchers and what the router showed, and from nothing else. Made again from what the router shows
/// afterwards, it says whether the doing worked.
struct ConvergencePlan: Sendable {
    /// What one voucher needs.
    enum Step: Sendable, Hashable {
        /// Nothing: the router shows what the voucher wants.
        case none
        /// The row is missing.
        case add(HotspotUser)
        /// The row is ours and these attributes differ.
        case set(ItemID, HotspotUser, [String])
        /// The row is ours and has to go.
        case remove(ItemID)
        /// A row of that name is there, and it is not ours or was made not to look like it: left to people.
        case blocked(String)
    }

    /// The steps, one a voucher, in the order of the vouchers.
    let steps: [(voucher: Voucher, step: Step)]

    /// Compares what is wanted with what is there.
    ///
    /// - Parameters:
    ///   - vouchers: as they are recorded.
    ///   - observed: the rows of the router that have their codes as names.
    init(_ vouchers: [Voucher], observed: [HotspotUser]) {
        let rows = Dictionary(observed.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        steps = vouchers.map { ($0, Self.step(for: $0, existing: rows[$0.code])) }
    }

    private static func step(for voucher: Voucher, existing: HotspotUser?) -> Step {
        let wanted = HotspotUser(voucher)
        guard let existing, let id = existing.id else {
            return voucher.desiredPresence == .absent ? .none : .add(wanted)
        }
        guard existing.isOurs else {
            return .blocked(
                "A hotspot user \"\(voucher.code)\" without our comment is on the router: it is not ours, or its comment "
                    + "was changed. Remove it there if it is this voucher, rename it if it is not."
            )
        }
        guard voucher.desiredPresence != .absent else { return .remove(id) }
        let drift = wanted.drift(from: existing)
        return drift.isEmpty ? .none : .set(id, wanted, drift)
    }
}
