import RouterOSClient
import RouterOSProtocol
import Testing

/// Which attributes of a menu its type has.
struct MenuCoverage: CustomTestStringConvertible, Sendable {
    let menu: String
    let attributes: Set<String>
    var testDescription: String { menu }

    static let all =
        RowSample.all.map { MenuCoverage(menu: $0.menu, attributes: Set($0.attributes.map(\.name))) }
        + HandMappedRow.all.map { MenuCoverage(menu: $0.menu, attributes: $0.attributes) }

    /// What no type has, and why.
    static let leftOut: [String: Set<String>] = [
        // The type is read from tables of thousands and has what vouchers need; these have keys, for queries.
        "/ip/hotspot/user": [
            "default", "address", "mac-address", "routes", "email", "limit-bytes-in", "limit-bytes-out", "otp-secret",
            "packets-in", "packets-out", "dynamic",
        ],
        // How the router serves its own pages, which no seller asks for.
        "/ip/hotspot": ["https"],
        // Where a device is attached, beside its bridge port, and how its requests travel.
        "/ip/hotspot/host": ["vlan-id", "http-proxy", "static"],
        // Tables of routes and queues of a kind, which have no part in selling access.
        "/interface": ["vrf"],
        "/queue/simple": ["pcq-queues"],
        // What a script may do is said by the script, and the next level of a licence by whoever sells it.
        "/system/script/job": ["policy"],
        "/system/license": ["upgradable-to"],
        // The page that is shown next.
        "/ip/hotspot/active": ["advertisement"],
        // Comes with `stats` only, transmitted first.
        "/ppp/active": ["bytes", "packets"],
        // The state of the flash memory and the history of the firmware.
        "/system/resource": [
            "build-time", "factory-software", "write-sect-since-reboot", "write-sect-total", "bad-blocks",
        ],
    ]
}
