import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

extension HotspotUser: CustomerRow {
    static let kind = ServiceKind.hotspot

    init(_ entry: RouterEntry, _ markers: RouterMarkers) {
        switch entry {
        case .voucher(let voucher): self.init(voucher, markers)
        case .service(let service): self.init(service, markers)
        }
    }

    /// The row a voucher wants to have on its router; its name is the code, and its password too if it has none of its own.
    ///
    /// The router enforces the smaller of the uptime allowance and the validity, which is a safe bound while it is out of
    /// our reach, the data quota, and the one device of a voucher that is locked to it. A limit of zero is none.
    init(_ voucher: Voucher, _ markers: RouterMarkers = .standard) {
        self.init(
            name: voucher.code,
            password: voucher.routerPassword,
            profile: voucher.desiredProfile,
            macAddress: voucher.terms.locksToDevice ? MACAddress(voucher.lockedDevice?.bits ?? 0) : nil,
            limitUptime: voucher.desiredUptimeLimit ?? .zero,
            limitBytesTotal: voucher.desiredByteLimit.map { ByteCount(UInt64(max(0, $0.bytes))) } ?? ByteCount(0),
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
}
