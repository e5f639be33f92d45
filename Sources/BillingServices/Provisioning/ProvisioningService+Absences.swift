public import BillingDomain
import BillingPersistence

extension ProvisioningService {
    /// Puts back what should be on a router and is not, and says how much that is.
    ///
    /// A router that was reset, restored from a backup, or replaced by another lacks rows that are recorded as present. A
    /// missing row is no sign of expiry: the voucher was sold, so its row is asked for again.
    ///
    /// - Parameters:
    ///   - id: The router, whose users were read in full.
    ///   - shown: The codes of every row of ours that it showed, in any case.
    /// - Returns: How many vouchers are being put back.
    /// - Throws: ``BillingError``.
    @discardableResult
    public func recordAbsences(_ id: Identifier<Router>, shown: [String]) async throws -> Int {
        guard let router = try await inUse(id) else { return 0 }
        let shown = Set(shown.map(Voucher.uniqueKey(of:)))
        let missing = try await context.read(.tenant(router.tenant)) { store -> [Identifier<Voucher>] in
            // Counting is cheap and nearly always enough; what this overlooks while other rows are on their way is found
            // by the next reading.
            guard try store.voucherCounts(router: id)[ProvisioningState.present] > shown.count else { return [] }
            var missing: [Identifier<Voucher>] = []
            var page = 1
            while true {
                let vouchers = try store.vouchers(
                    VoucherFilter(router: id, provisioning: .present),
                    PageRequest(number: page, size: 1_000)
                ).items
                missing += vouchers.filter { !shown.contains(Voucher.uniqueKey(of: $0.code)) }.map(\.id)
                guard vouchers.count == 1_000 else { return missing }
                page += 1
            }
        }
        var count = 0
        for start in stride(from: 0, to: missing.count, by: 500) {
            let part = Array(missing[start..<min(start + 500, missing.count)])
            count += try await context.change(router.tenant, by: Self.actor) { change in
                let count = try change.putBack(part)
                if count > 0 { try change.log("router.missing", of: id, "\(count) vouchers are being put back") }
                return count
            }
        }
        return count
    }
}

extension Change {
    /// Asks again for the rows of those of the vouchers that are still recorded as present.
    fileprivate mutating func putBack(_ ids: [Identifier<Voucher>]) throws -> Int {
        let missing = try store.vouchers(ids: ids).filter { voucher in
            voucher.provisioning == .present && voucher.desiredPresence != .absent
        }
        try converge(
            missing.map { voucher in
                var voucher = voucher
                try voucher.markDrifted("It is missing on the router.")
                return voucher
            }
        )
        return missing.count
    }
}
