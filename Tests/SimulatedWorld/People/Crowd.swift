import BillingDomain
import RouterOSTesting
import Synchronization

/// The customers of all hotspots: they come with a code, use data and go, whatever else happens.
final class Crowd: Sendable {
    private struct Guest {
        let code: String
        let address: String
        let host: Int
    }

    private struct State {
        var guests: [Guest] = []
        var comes = true
    }

    private let hosts: [RouterHost]
    private let chance: Chance
    private let watch: Watch
    private let state = Mutex(State())

    init(_ hosts: [RouterHost], _ chance: Chance, _ watch: Watch) {
        self.hosts = hosts
        self.chance = chance
        self.watch = watch
    }

    /// Nobody comes any more, and who is there goes; those who should not be on line do not go by themselves.
    func goHome() {
        state.withLock { $0.comes = false }
        for guest in state.withLock({ $0.guests }) where mayLeave(guest) { leave(guest) }
    }

    /// Comes, uses and goes until its process ends.
    func live(_ process: SimulatedProcess) async {
        while !Task.isCancelled {
            switch chance.index(below: 5) {
            case 0: arrive()
            case 4: dial()
            case 3: if let guest = chance.element(of: state.withLock { $0.guests }), mayLeave(guest) { leave(guest) }
            default: if let guest = chance.element(of: state.withLock { $0.guests }) { use(guest) }
            }
            try? await process.sleep(chance.time(.milliseconds(200)...(.seconds(3))))
        }
    }

    /// The codes that are on line on a router.
    func codes(on host: RouterHost) -> [String] {
        guard let number = hosts.firstIndex(where: { $0 === host }) else { return [] }
        return state.withLock { $0.guests.filter { $0.host == number }.map(\.code) }
    }

    /// A customer at home dials in, or hangs up.
    private func dial() {
        guard state.withLock({ $0.comes }), let service = chance.element(of: watch.services),
            let host = hosts.first(where: { $0.name == watch.host(of: service.router) }),
            let password = watch.password(of: service.id)
        else { return }
        if host.isDialled(service.username) {
            // Who should not be on line does not go by themselves.
            if service.desiredPresence == .enabled { host.use { $0.hangUp(service.username) } }
        } else if (try? host.use {
            try $0.dial(service.username, password: password, macAddress: "AA:00:00:00:00:01")
        }) != nil {
            watch.milestones.reach(.dialled)
        }
    }

    private func arrive() {
        guard state.withLock({ $0.comes }), let voucher = watch.anyVoucher(chance) else { return }
        guard let host = hosts.firstIndex(where: { $0.name == watch.host(of: voucher.router) }) else { return }
        let address = "10.5.50.\(chance.number(2...250))"
        do {
            try hosts[host].use {
                try $0.logIn(voucher.code, password: voucher.routerPassword, address: address)
            }
        } catch {
            return
        }
        watch.loggedIn(voucher.code)
        state.withLock { state in
            state.guests.removeAll { $0.host == host && $0.address == address }
            state.guests.append(Guest(code: voucher.code, address: address, host: host))
        }
    }

    private func use(_ guest: Guest) {
        let upload = UInt64(chance.number(0...40_000))
        let download = UInt64(chance.number(0...200_000))
        do {
            try hosts[guest.host].use { try $0.addTraffic(user: guest.code, in: upload, out: download) }
            watch.used(Int64(upload + download), of: guest.code)
        } catch {
            // Cut off, or the router has been down.
            if watch.voucher(guest.code).map({ $0.desiredPresence != .enabled }) ?? false {
                watch.milestones.reach(.cutOff)
            }
            forget(guest)
        }
    }

    /// Who should not be on line any more does not go by themselves.
    private func mayLeave(_ guest: Guest) -> Bool { watch.voucher(guest.code)?.desiredPresence == .enabled }

    private func leave(_ guest: Guest) {
        hosts[guest.host].use { $0.logOut(address: guest.address) }
        forget(guest)
    }

    private func forget(_ guest: Guest) {
        state.withLock { $0.guests.removeAll { $0.host == guest.host && $0.address == guest.address } }
    }
}
