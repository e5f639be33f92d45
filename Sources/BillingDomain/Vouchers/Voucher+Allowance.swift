extension Voucher {
    /// The data that it gives in all, what was added included; `nil` for no limit.
    public var dataLimit: ByteQuota? {
        terms.dataQuota.flatMap { try? ByteQuota(bytes: $0.bytes.saturatingAdding(max(0, extraBytes))) }
    }

    /// The session time that it gives in all, what was added included; `nil` for no limit.
    public var uptimeLimit: Duration? {
        terms.uptimeAllowance.map { allowance in
            .microseconds(allowance.wholeMicroseconds.saturatingAdding(max(0, extraUptime.wholeMicroseconds)))
        }
    }

    /// Whether the bytes of the data quota are used up, whatever follows from that.
    public var isDataUsedUp: Bool { dataLimit.map { usage.bytesTotal >= $0.bytes } ?? false }

    /// Whether it goes on at the slower speed that its terms give for the time after the data quota.
    public var isThrottled: Bool {
        if case .throttle = terms.quotaEnd { isDataUsedUp } else { false }
    }

    /// Whether the data quota or the uptime allowance is used up and access ends by that.
    public var isAllowanceUsedUp: Bool {
        if isDataUsedUp, !isThrottled { return true }
        return uptimeLimit.map { usage.uptime >= $0 } ?? false
    }

    /// What is left of it at an instant.
    public func remaining(at instant: Timestamp) -> VoucherRemaining {
        guard !access.isFinal else { return VoucherRemaining(time: .zero, uptime: .zero, bytes: 0) }
        let time = expiresAt.map { max(.zero, $0 - instant) } ?? (activatedAt == nil ? terms.validity : nil)
        return VoucherRemaining(
            time: time,
            uptime: uptimeLimit.map { max(.zero, $0 - usage.uptime) },
            bytes: dataLimit.map { max(0, $0.bytes.saturatingSubtracting(usage.bytesTotal)) }
        )
    }
}
