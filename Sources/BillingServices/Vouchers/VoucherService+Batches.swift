public import BillingDomain
import BillingPersistence

/// What is done to all vouchers of a batch at once, all or nothing.
extension VoucherService {
    /// Switches off every voucher of a batch that is unused or in use; says how many that is.
    ///
    /// As ``disable(code:)`` for each. Doing it again changes nothing.
    public func disable(batch id: Identifier<VoucherBatch>) async throws -> Int {
        try await move(id, "batch.disable") { voucher, _ in
            guard voucher.access == .unused || voucher.access == .active else { return false }
            try voucher.disable()
            return true
        }
    }

    /// Switches on every voucher of a batch that is switched off; says how many that is.
    ///
    /// As ``enable(code:)`` for each. Doing it again changes nothing.
    public func enable(batch id: Identifier<VoucherBatch>) async throws -> Int {
        try await move(id, "batch.enable") { voucher, now in
            guard voucher.access == .disabled else { return false }
            try voucher.enable()
            try voucher.endIfDue(at: now)
            return true
        }
    }

    /// Withdraws what is left of a batch for good, as when its sheets were lost or misprinted; says how many that is.
    ///
    /// Only what is in stock is withdrawn: whoever bought one keeps it, and one that is kept back for a payment stays.
    /// The same key answers with the same number.
    ///
    /// - Parameters:
    ///   - id: The batch.
    ///   - reason: Why, 1 to 200 bytes.
    ///   - key: The caller's name for this request.
    /// - Returns: How many were withdrawn.
    /// - Throws: ``BillingError/Code/conflict`` when none is left.
    public func withdraw(batch id: Identifier<VoucherBatch>, reason: String, key: IdempotencyKey) async throws -> Int {
        let reason = try Input.reference(reason, field: "reason")
        return try await session.change(.writeOffVouchers) { change in
            try change.once(key, ["batch.withdraw", id.description, reason]) { change in
                let stock = try change.reachableVouchers(of: id).filter { $0.commercial == .generated }
                guard !stock.isEmpty else {
                    throw BillingError(
                        .conflict,
                        field: "batch",
                        "Every voucher of this batch is sold or withdrawn already."
                    )
                }
                let withdrawn = try stock.map { voucher in
                    var voucher = voucher
                    if !voucher.access.isFinal { try voucher.revoke(at: change.now) }
                    try voucher.writeOff()
                    return voucher
                }
                try change.converge(withdrawn)
                try change.audit("batch.withdraw", "batch:\(id)", "\(withdrawn.count) vouchers: \(reason)")
                return String(withdrawn.count)
            } answer: { _, count in
                Int(count) ?? 0
            }
        }
    }

    /// Does the same to every voucher of a batch that it is for.
    private func move(
        _ id: Identifier<VoucherBatch>,
        _ action: String,
        _ body: @escaping @Sendable (inout Voucher, Timestamp) throws -> Bool
    ) async throws -> Int {
        try await session.change(.disableVouchers) { change in
            var changed: [Voucher] = []
            for before in try change.reachableVouchers(of: id) {
                var voucher = before
                guard try body(&voucher, change.now) else { continue }
                try change.settleEnd(of: voucher, before: before)
                changed.append(voucher)
            }
            guard !changed.isEmpty else { return 0 }
            try change.converge(changed)
            try change.audit(action, "batch:\(id)", "\(changed.count) vouchers")
            return changed.count
        }
    }
}

extension Change {
    /// The vouchers of a batch that is within reach.
    fileprivate func reachableVouchers(of id: Identifier<VoucherBatch>) throws -> [Voucher] {
        let vouchers = try GeneratedBatch(id, in: store).vouchers
        try requireReach(of: vouchers)
        return vouchers
    }
}
