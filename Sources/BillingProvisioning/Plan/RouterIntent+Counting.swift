import BillingDomain
import BillingServices

extension RouterIntent {
    /// The same intent, with limits that follow from what the counters of the rows show.
    ///
    /// Counters that have begun anew hold less than was used: only with what they show now is it known what is left.
    func counting(_ tables: RouterTables) -> RouterIntent {
        let used = Set(
            entries.compactMap(\.voucher).filter { $0.usage.totals != VoucherUsage.Counters() }
                .map { Voucher.uniqueKey(of: $0.code) }
        )
        guard !used.isEmpty else { return self }
        let shown = Dictionary(
            tables.observations(markers, of: used).map { (Voucher.uniqueKey(of: $0.code), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return with(
            entries.map { entry in
                guard case .voucher(var voucher) = entry, let seen = shown[Voucher.uniqueKey(of: voucher.code)],
                    let row = seen.row
                else { return entry }
                var counted = voucher.usage
                counted.observe(row: row, session: seen.session, at: tables.readAt)
                // What was used is for the reading to record; here only the counters are looked at.
                voucher.usage = VoucherUsage(
                    totals: voucher.usage.totals,
                    base: counted.base,
                    settled: counted.settled,
                    lastSeenAt: voucher.usage.lastSeenAt
                )
                return .voucher(voucher)
            }
        )
    }
}
