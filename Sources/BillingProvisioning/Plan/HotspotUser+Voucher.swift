import BillingDomain
import RouterOSClient
import RouterOSProtocol

extension HotspotUser {
    /// The row a voucher wants to have on its router; its name is the code, and its password too if it has none of its own.
    ///
    /// The router enforces the smaller of the uptime allowance and the validity, which is a safe bound while it is out of
    /// our reach, and the data quota.
    init(_ voucher: Voucher) {
        self.init(
            name: voucher.code,
            password: voucher.routerPassword,
            profile: voucher.desiredProfile,
            limitUptime: voucher.desiredUptimeLimit,
            limitBytesTotal: voucher.desiredByteLimit.map { ByteCount(UInt64(max(0, $0.bytes))) },
            comment: VoucherComment(voucher).description,
            disabled: voucher.desiredPresence == .disabled
        )
    }

    /// Whether the row was written by us, so that it may be changed.
    var isOurs: Bool { comment.flatMap(VoucherComment.init) != nil }
}
