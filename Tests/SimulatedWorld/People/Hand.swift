import BillingDomain
import RouterOSTesting

/// Somebody with Winbox, who changes our rows.
struct Hand {
    private let host: RouterHost
    private let chance: Chance
    private let watch: Watch

    init(_ host: RouterHost, _ chance: Chance, _ watch: Watch) {
        self.host = host
        self.chance = chance
        self.watch = watch
    }

    private var ours: [String] { host.use { $0.column("name", of: RouterHost.users) }.filter(watch.isCode) }

    /// Removes one row.
    func remove() { if let victim = chance.element(of: ours) { remove([victim]) } }

    /// Removes almost all rows, as a script does that means others.
    func sweep() { remove(Array(ours.dropFirst())) }

    func edit() {
        guard let victim = chance.element(of: ours) else { return }
        watch.milestones.reach(.handEdit)
        watch.touched(on: host.name)
        switch chance.index(below: 3) {
        case 0: run("set", [".id": victim, "password": "by-hand"])
        case 1: run("set", [".id": victim, "disabled": chance.once(in: 2) ? "yes" : "no"])
        default: run("set", [".id": victim, "comment": "room \(chance.number(1...9))"])
        }
    }

    /// Adds a user of their own whose name is the code of a voucher that is not there yet.
    func squat() {
        let names = Set(host.use { $0.column("name", of: RouterHost.users) })
        let codes = watch.vouchers.filter { watch.host(of: $0.router) == host.name }.map(\.code)
        guard let code = chance.element(of: codes.filter { !names.contains($0) }) else { return }
        run("add", ["name": code, "password": Foreigners.squatter, "comment": "a friend"])
    }

    private func remove(_ names: [String]) {
        guard !names.isEmpty else { return }
        watch.lost(on: host.name, names)
        watch.milestones.reach(.handEdit)
        for name in names { run("remove", [".id": name]) }
    }

    private func run(_ verb: String, _ attributes: KeyValuePairs<String, String>) {
        // Whatever the router refuses, because it is down for one, is not done.
        host.use { simulator in
            guard simulator.isUp else { return }
            _ = try? simulator.run("\(RouterHost.users)/\(verb)", attributes)
        }
    }
}
