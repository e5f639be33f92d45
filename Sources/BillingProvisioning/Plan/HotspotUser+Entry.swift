import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

extension HotspotUser: CustomerRow {
    static let kind = ServiceKind.hotspot

    init(_ entry: RouterEntry, _ markers: RouterMarkers, isNew: Bool) {
        switch entry {
        case .voucher(let voucher): self.init(voucher, markers, isNew: isNew)
        case .service(let service): self.init(service, markers)
        }
    }

    /// The row a voucher wants to have on its router; its name is the code, and its password too if it has none of its own.
    ///
    /// The router enforces the smaller of the uptime allowance and the validity, which is a safe bound while it is out of
    /// our reach, the data quota, and the one device of a voucher that is locked to it. It counts from zero in a new row,
    /// which is therefore limited to what is left. A limit of zero is none.
    init(_ voucher: Voucher, _ markers: RouterMarkers = .standard, isNew: Bool = false) {
        let limits = voucher.limits(ofRowAfter: isNew ? voucher.usage.totals : voucher.usage.base)
        self.init(
            name: voucher.code,
            password: voucher.routerPassword,
            profile: voucher.desiredProfile,
            macAddress: voucher.terms.locksToDevice ? MACAddress(voucher.lockedDevice?.bits ?? 0) : nil,
            limitUptime: limits.uptime ?? .zero,
            limitBytesTotal: limits.bytes.count,
            comment: VoucherComment(voucher, markers).description,
            disabled: voucher.desiredPresence == .disabled
        )
    }

    /// The row a customer's hotspot account wants to have: without limits, for the one device it is bound to, if any.
    init(_ service: ServiceEntry, _ markers: RouterMarkers) {
        let account = service.account
        self.init(
            name: account.username,
            password: service.password,
            profile: account.desiredProfile,
            macAddress: account.callerID.flatMap { MACAddress(routerOS: $0) } ?? MACAddress(0),
            limitUptime: .zero,
            limitBytesTotal: ByteCount(0),
            comment: SubscriberComment(service, markers).description,
            disabled: account.desiredPresence == .disabled
        )
    }

    func difference(from standing: HotspotUser, of entry: RouterEntry) -> [String] {
        let names = drift(from: standing)
        guard case .voucher(let voucher) = entry, names.contains(where: { $0.hasPrefix("limit-") }) else {
            return names
        }
        let counted = VoucherUsage.Counters(standing)
        guard counted.isBelow(voucher.usage.settled) else { return names }
        // Its counters have begun anew since they were read, so its limits may have been made for that: the next reading
        // tells what had been used before, and then they are compared.
        let limits = voucher.limits(ofRowAfter: voucher.usage.totals.subtracting(counted))
        return names.filter { name in
            switch name {
            case "limit-uptime": standing.limitUptime != limits.uptime
            case "limit-bytes-total": standing.limitBytesTotal != limits.bytes.count
            default: true
            }
        }
    }
}

extension ByteQuota? {
    /// As a router has it: none is zero.
    fileprivate var count: ByteCount { ByteCount(UInt64(max(0, self?.bytes ?? 0))) }
}
