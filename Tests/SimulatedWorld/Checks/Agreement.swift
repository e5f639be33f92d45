import BillingDomain
import BillingPersistence
import BillingProvisioning
import RouterOSProtocol
import RouterOSTesting

/// Whether what stands on routers is what the records want: worked out anew, without the planner that is to be judged.
struct Agreement {
    let hosts: [RouterHost]
    let watch: Watch

    /// The first thing that is not as it should be; nil when all agrees.
    func disagreement() -> String? {
        let vouchers = watch.vouchers
        if let found = vouchers.lazy.compactMap(unknownUse).first { return found }
        for host in hosts {
            let own = vouchers.filter { watch.host(of: $0.router) == host.name }
            if let found = disagreement(on: host, own) { return "\(host.name): \(found)" }
        }
        return nil
    }

    /// A first use that left its traces and that nobody has noticed.
    private func unknownUse(of voucher: Voucher) -> String? {
        let truth = watch.truth(of: voucher.code)
        // Who stayed for less than a second and moved nothing left none.
        guard voucher.access == .unused, !truth.isPartlyForgotten, truth.bytes > 0, let login = truth.firstLogin else {
            return nil
        }
        return "\(voucher.code) was used at \(login), and nobody knows"
    }

    private func disagreement(on host: RouterHost, _ vouchers: [Voucher]) -> String? {
        guard host.isUp else { return "it is down" }
        let names = host.use { $0.column("name", of: RouterHost.users) }
        let online = Set(host.use { $0.rows("/ip/hotspot/active") }.compactMap { $0["user"] })
        if Set(names).count != names.count { return "a name stands twice" }
        let standing = Set(names)
        for voucher in vouchers {
            let code = voucher.code
            if voucher.desiredPresence != .enabled, online.contains(code) {
                return "\(code) is on line and \(voucher.access)"
            }
            guard voucher.desiredPresence != .absent else {
                if standing.contains(code) { return "\(code) still stands, \(voucher.access)" }
                if voucher.provisioning != .removed { return "\(code) is gone and recorded \(voucher.provisioning)" }
                continue
            }
            if !standing.contains(code) { return "\(code) is missing, recorded \(voucher.provisioning)" }
            if voucher.provisioning != .present { return "\(code) stands, recorded \(voucher.provisioning)" }
            if let wrong = difference(of: voucher, on: host) { return "\(code): \(wrong)" }
        }
        let wanted = Set(vouchers.map(\.code))
        return names.first { !wanted.contains($0) && !Foreigners.names.contains($0) && !$0.hasPrefix("hand-") }
            .map { "\($0) is unknown" }
    }

    private static let columns = ["password", "disabled", "comment", "limit-uptime", "limit-bytes-total"]

    private func difference(of voucher: Voucher, on host: RouterHost) -> String? {
        guard let found = host.use({ $0.values(Self.columns, ofName: voucher.code, in: RouterHost.users) }) else {
            return "it is missing"
        }
        let wanted = [
            voucher.routerPassword, voucher.desiredPresence == .disabled ? "true" : "false",
            VoucherComment(voucher).description, nil, nil,
        ]
        for (column, (found, wanted)) in zip(Self.columns, zip(found, wanted)) {
            if let wanted, (found ?? "") != wanted { return "\(column) is \(found ?? "-"), not \(wanted)" }
        }
        let uptime = found[3].flatMap { Duration(routerOS: $0) }.flatMap { $0 == .zero ? nil : $0 }
        if uptime != voucher.desiredUptimeLimit { return "limit-uptime is \(found[3] ?? "-")" }
        let bytes = found[4].flatMap { Int64($0) }.flatMap { $0 == 0 ? nil : $0 }
        if bytes != voucher.desiredByteLimit?.bytes { return "limit-bytes-total is \(found[4] ?? "-")" }
        return nil
    }
}
