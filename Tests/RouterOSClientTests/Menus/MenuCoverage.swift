import RouterOSClient
import RouterOSProtocol
import Testing

/// Which attributes of a menu its type has.
struct MenuCoverage: CustomTestStringConvertible, Sendable {
    let menu: String
    let attributes: Set<String>
    let testDescription: String

    static let all =
        RowSample.all.map {
            MenuCoverage(menu: $0.menu, attributes: Set($0.attributes.map(\.name)), testDescription: $0.testDescription)
        }
        + HandMappedRow.all.map {
            MenuCoverage(menu: $0.menu, attributes: $0.attributes, testDescription: $0.testDescription)
        }

    /// What a type does not have, and why.
    static let leftOut: [String: Set<String>] = [
        // What tables of thousands are read for every minute; HotspotUserDetail has the rest.
        "HotspotUser": [
            "default", "address", "routes", "email", "limit-bytes-in", "limit-bytes-out", "otp-secret",
            "packets-in", "packets-out", "dynamic",
        ],
        // The manual names a flag that no reply is known to carry; `login-by` of the profile says whether there is HTTPS.
        "HotspotServer": ["https"],
        // They come with the switch `stats`, which print has in no version from 7.9 on; the counters of a session are those of
        // its interface.
        "PPPActive": ["bytes", "packets"],
    ]
}
