/// How much of a voucher that has been used is paid back; one that has not is paid back in full.
public enum RefundPolicy: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case nothing
    /// The part that is unused by time, session time or bytes, whichever is smallest.
    case unusedFraction = "unused-fraction"
}

extension Voucher {
    /// What may be given back at an instant of each payment, the latest first; only what was paid, never a gift.
    ///
    /// A voucher that was never used gives all, unless its time to be begun ran out. Of one that was used, the policy
    /// decides. What was added is used after what was there before, so what each payment has bought is told apart: of
    /// each its own unused part counts, rounded down to the minor unit. What has no limit has no part that could be told
    /// to be unused, so it gives nothing. One that was revoked counts as it stood when that happened; one that expired or
    /// was used up gives nothing.
    ///
    /// - Parameters:
    ///   - instant: The present.
    ///   - policy: What is paid back of one in use.
    ///   - extensions: All of its extensions, the oldest first.
    /// - Returns: The parts that may be given back, none of them empty.
    public func refundable(
        at instant: Timestamp,
        policy: RefundPolicy,
        extensions: [VoucherEntitlement] = []
    ) -> [VoucherPayment] {
        guard commercial == .sold, access != .expired, access != .depleted else { return [] }
        let instant = access == .revoked ? min(instant, endedAt ?? instant) : instant
        let layers = layers(extensions, at: instant)
        let parts: [VoucherPayment]
        if activatedAt == nil {
            guard endOfUnused.map({ instant < $0 }) ?? true else { return [] }
            parts = layers.compactMap(\.payment)
        } else {
            guard policy == .unusedFraction else { return [] }
            parts = layers.compactMap { layer in layer.payment.map { $0.part(layer.unused(of: $0.amount.minorUnits)) } }
        }
        return parts.filter { $0.amount.minorUnits > 0 }.reversed()
    }

    /// The sale and each extension with what it gave, the oldest first.
    private func layers(_ extensions: [VoucherEntitlement], at instant: Timestamp) -> [Layer] {
        // Time that was added before the validity began moved the day to begin it by, and no end.
        let timed = extensions.filter { record in
            record.grant.time != nil && (validFrom.map { $0 <= record.createdAt } ?? false)
        }
        let lost = timed.last { $0.grant.policy == .restart }?.createdAt
        var bytes: Int64 = 0
        var uptime: Int64 = 0
        func layer(
            _ payment: VoucherPayment?,
            from start: Timestamp?,
            until end: Timestamp?,
            of createdAt: Timestamp,
            bytes more: ByteQuota?,
            uptime longer: Duration?
        ) -> Layer {
            var layer = Layer(payment: payment)
            if let start, let end {
                // An extension that began anew has forfeited what was left of those before it.
                let position = lost.map { createdAt < $0 } ?? false ? end : instant
                layer.add(start.microsecondsSince1970, end.microsecondsSince1970, at: position.microsecondsSince1970)
            }
            if let more {
                layer.add(bytes, bytes.saturatingAdding(more.bytes), at: usage.bytesTotal)
                bytes = bytes.saturatingAdding(more.bytes)
            }
            if let longer {
                let end = uptime.saturatingAdding(longer.wholeMicroseconds)
                layer.add(uptime, end, at: usage.uptime.wholeMicroseconds)
                uptime = end
            }
            return layer
        }
        let first = layer(
            paid,
            from: validFrom,
            until: timed.first?.previousEnd ?? expiresAt,
            of: createdAt,
            bytes: terms.dataQuota,
            uptime: terms.uptimeAllowance
        )
        return [first]
            + extensions.map { record in
                let isTimed = timed.contains { $0.id == record.id }
                let start = record.grant.policy == .append ? record.previousEnd : nil
                return layer(
                    record.paid,
                    from: isTimed ? max(record.createdAt, start ?? record.createdAt) : nil,
                    until: isTimed ? record.newEnd : nil,
                    of: record.createdAt,
                    bytes: record.grant.bytes,
                    uptime: record.grant.uptime
                )
            }
    }
}

/// What one payment has bought, in each thing that is limited.
private struct Layer {
    let payment: VoucherPayment?
    private var parts: [(left: Int64, whole: Int64)] = []

    init(payment: VoucherPayment?) { self.payment = payment }

    /// It reaches from `start` to `end`, and use has come to `position`.
    mutating func add(_ start: Int64, _ end: Int64, at position: Int64) {
        let whole = max(0, end.saturatingSubtracting(start))
        parts.append((min(max(0, end.saturatingSubtracting(max(start, position))), whole), whole))
    }

    /// Of a number of units, the smallest unused part.
    func unused(of units: Int64) -> Int64 {
        let amounts = parts.map { part -> Int64 in
            guard part.whole > 0, units > 0 else { return 0 }
            // The part is at most the whole, so the quotient is at most the units.
            return part.whole.dividingFullWidth(units.multipliedFullWidth(by: part.left)).quotient
        }
        return amounts.min() ?? 0
    }
}
