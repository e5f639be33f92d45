import BillingDomain
import RouterOSClient
import RouterOSProtocol

extension HotspotUser {
    /// The row a voucher wants to have on its router; its name is the code, and its password too if it has none of its own.
    ///
    /// The router enforces the smaller of the uptime allowance and the validity, which is a safe bound while it is out of
    /// our reach, the data quota, and the one device of a voucher that is locked to it.
    init(_ voucher: Voucher) {
        self.init(
            name: voucher.code,
            password: voucher.routerPassword,
            profile: voucher.desiredProfile,
            macAddress: voucher.terms.locksToDevice ? MACAddress(voucher.lockedDevice?.bits ?? 0) : nil,
            limitUptime: voucher.desiredUptimeLimit,
            limitBytesTotal: voucher.desiredByteLimit.map { ByteCount(UInt64(max(0, $0.bytes))) },
            comment: VoucherComment(voucher).description,
            disabled: voucher.desiredPresence == .disabled
        )
    }

    /// Whether the row was written by us, so that it may be changed.
    var isOurs: Bool { comment.flatMap(VoucherComment.init) != nil }
}
