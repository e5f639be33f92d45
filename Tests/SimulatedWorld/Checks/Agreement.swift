import BillingDomain
import BillingPersistence
import BillingProvisioning
import RouterOSProtocol
import RouterOSTesting

/// Whether what stands on routers is what the records want: worked out anew, without the planner that is to be judged.
struct Agreement {
    let hosts: [RouterHost]
    let watch: Watch
    let network: SimulatedNetwork

    /// The first thing that is not as it should be; nil when all agrees.
    func disagreement() -> String? {
        let vouchers = watch.vouchers
        let services = watch.services
        for host in hosts {
            guard host.isUp else { return "\(host.name) is down" }
            if host.use({ !$0.rows(RouterHost.scripts).isEmpty }) { return "\(host.name): a script was left" }
            let own = vouchers.filter { watch.host(of: $0.router) == host.name }
            if let found = disagreement(on: host, own) { return "\(host.name): \(found)" }
            let accounts = services.filter { watch.host(of: $0.router) == host.name }
            if let found = disagreement(on: host, accounts) { return "\(host.name): \(found)" }
        }
        return vouchers.lazy.compactMap(wrongUse).first
    }

    /// What customers did and nobody has noticed.
    private func wrongUse(of voucher: Voucher) -> String? {
        let truth = watch.truth(of: voucher.code)
        guard truth.losses == 0, let login = truth.firstLogin else { return nil }
        // Who stayed for less than a second and moved nothing left no traces.
        if voucher.access == .unused, truth.bytes > 0 {
            return "\(voucher.code) was used at \(login), and nobody knows"
        }
        guard voucher.provisioning == .present, voucher.extensionCount == 0, voucher.usage.bytesTotal != truth.bytes
        else { return nil }
        return "\(voucher.code) has moved \(truth.bytes) bytes, of which \(voucher.usage.bytesTotal) are known"
    }

    // MARK: Vouchers

    private func disagreement(on host: RouterHost, _ vouchers: [Voucher]) -> String? {
        let names = host.use { $0.column("name", of: RouterHost.users) }
        let online = host.online
        let standing = Set(names)
        if standing.count != names.count { return "a name stands twice" }
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
            if !standing.contains(code), network.isPoison(code) { continue }
            if !standing.contains(code) { return "\(code) is missing, recorded \(voucher.provisioning)" }
            if voucher.provisioning != .present { return "\(code) stands, recorded \(voucher.provisioning)" }
            if let wrong = difference(of: voucher, on: host) { return "\(code): \(wrong)" }
        }
        let wanted = Set(vouchers.map(\.code))
        return names.first { !wanted.contains($0) && !Foreigners.names.contains($0) }.map { "\($0) is unknown" }
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
        if let found = firstDifference(Self.columns, found, wanted) { return found }
        let uptime = found[3].flatMap { Duration(routerOS: $0) }.flatMap { $0 == .zero ? nil : $0 }
        if uptime != voucher.desiredUptimeLimit { return "limit-uptime is \(found[3] ?? "-")" }
        let bytes = found[4].flatMap { Int64($0) }.flatMap { $0 == 0 ? nil : $0 }
        if bytes != voucher.desiredByteLimit?.bytes { return "limit-bytes-total is \(found[4] ?? "-")" }
        return nil
    }

    // MARK: Customers who dial in

    private static let secretColumns = ["password", "disabled", "remote-address"]

    private func disagreement(on host: RouterHost, _ accounts: [ServiceAccount]) -> String? {
        let names = host.use { $0.column("name", of: RouterHost.secrets) }
        let dialled = host.dialled
        if Set(names).count != names.count { return "a customer's name stands twice" }
        for account in accounts {
            let name = account.username
            if account.desiredPresence != .enabled, dialled.contains(name) {
                return "\(name) is on line and \(account.access)"
            }
            guard let found = host.use({ $0.values(Self.secretColumns, ofName: name, in: RouterHost.secrets) }) else {
                return "\(name) is missing, recorded \(account.provisioning)"
            }
            if account.provisioning != .present { return "\(name) stands, recorded \(account.provisioning)" }
            let wanted = [
                watch.password(of: account.id) ?? "", account.desiredPresence == .disabled ? "true" : "false",
                account.desiredAddress ?? "",
            ]
            if let wrong = firstDifference(Self.secretColumns, found, wanted) { return "\(name): \(wrong)" }
        }
        let wanted = Set(accounts.map(\.username))
        return names.first { !wanted.contains($0) && $0 != Foreigners.secret }.map { "the customer \($0) is unknown" }
    }

    private func firstDifference(_ columns: [String], _ found: [String?], _ wanted: [String?]) -> String? {
        for (column, (found, wanted)) in zip(columns, zip(found, wanted)) {
            if let wanted, (found ?? "") != wanted { return "\(column) is \(found ?? "-"), not \(wanted)" }
        }
        return nil
    }
}
