import RouterOSTesting

/// Rows that are none of our business.
enum Foreigners {
    /// Name, password, profile and comment of each.
    private static let rows = [
        ("guest", "x", "default", "vc-123-11.20.26-"), ("owner", "1234", "default", ""),
        ("printer", "p", "default", "VOUCHER-SYSTEM|0"), ("A7K2", "A7K2", "default", "vc-777-01.02.27-lobby"),
    ]
    static let count = rows.count
    static let names = Set(rows.map(\.0))
    /// A customer of somebody else's who dials in.
    static let secret = "uplink"
    private static let columns = ["name", "password", "comment", "disabled"]

    /// The password of a user that somebody added under the name of a voucher; nobody changes such a row but people.
    static let squatter = "theirs"

    /// Puts them on a router that has none of them.
    static func settle(on host: RouterHost) {
        host.use { simulator in
            for (name, password, profile, comment) in rows {
                _ = try? simulator.run(
                    "\(RouterHost.users)/add",
                    ["name": name, "password": password, "profile": profile, "comment": comment]
                )
            }
            _ = try? simulator.run(
                "\(RouterHost.secrets)/add",
                ["name": secret, "password": "theirs", "comment": "PPPOE-SYSTEM|1"]
            )
            _ = try? simulator.run("/ip/pool/add", ["name": "homes", "ranges": "10.9.0.2-10.9.0.200"])
            _ = try? simulator.run(
                "/ppp/profile/set",
                [".id": "default", "local-address": "10.9.0.1", "remote-address": "homes"]
            )
        }
    }

    /// Somebody has read why vouchers were not written, and takes away what is in their place.
    static func tidy(_ host: RouterHost, _ watch: Watch) {
        let taken = host.use { simulator in
            simulator.column("name", of: RouterHost.users).filter { name in
                let comment = simulator.values(["comment"], ofName: name, in: RouterHost.users)?.first ?? nil
                return watch.isCode(name) && comment?.hasPrefix("VOUCHER_SYSTEM|") != true
            }
        }
        watch.lost(on: host.name, taken)
        for name in taken { _ = host.use { try? $0.run("\(RouterHost.users)/remove", [".id": name]) } }
    }

    /// The first that is not as it was; nil when all are.
    static func disturbed(on host: RouterHost) -> String? {
        host.use { simulator in
            for (name, password, _, comment) in rows {
                let values = simulator.values(columns, ofName: name, in: RouterHost.users)
                let wanted = [name, password, comment]
                guard let values, zip(values, wanted).allSatisfy({ ($0 ?? "") == $1 }), values[3] != "true" else {
                    return name
                }
            }
            let values = simulator.values(["password", "comment"], ofName: secret, in: RouterHost.secrets)
            guard values == ["theirs", "PPPOE-SYSTEM|1"] else { return secret }
            return nil
        }
    }
}
