import RouterOSClient
import RouterOSProtocol
import Testing

/// A row with every attribute, of a type that reads and writes itself without a mapper.
struct HandMappedRow: CustomTestStringConvertible, Sendable {
    typealias Result = (held: [String], written: [String]?, text: String)

    let testDescription: String
    let menu: String
    let attributes: Set<String>
    let sent: [(name: String, value: String)]
    let read: @Sendable (Sentence) throws -> Result

    /// `names` are the Swift names of attributes that do not follow from the wire's.
    init<Row: RouterOSRow>(_ type: Row.Type, onRequest: Set<String> = [], _ text: String) {
        testDescription = "\(type)"
        menu = Row.menu
        attributes = onRequest.union(Row.properties)
        sent = text.split(separator: "\n").map { line in
            let parts = line.split(separator: "=", maxSplits: 1)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
        read = { sentence in
            let row = try Row(sentence)
            guard let writable = row as? any WritableRouterOSRow else {
                return (Self.held(row), nil, "\(row)")
            }
            // Such a row describes itself by all that it holds.
            let held = "\(writable)".split(separator: " =").dropFirst().compactMap { word in
                word.contains("‹hidden›") ? nil : word.split(separator: "=").first.map(String.init)
            }
            var attributes = Attributes()
            writable.write(to: &attributes)
            return (held, attributes.all.map(\.name), "\(writable)")
        }
    }

    /// The wire's names of the properties that are neither nil nor what the type makes of a missing attribute.
    private static func held(_ row: some RouterOSRow) -> [String] {
        Mirror(reflecting: row).children.compactMap { child in
            let value = Mirror(reflecting: child.value)
            let isMissing = value.displayStyle == .optional && value.children.isEmpty
            guard !isMissing, "\(child.value)" != "0", "\(child.value)" != "0.0 seconds" else { return nil }
            return wireName(child.label ?? "")
        }
    }

    /// `.id` of `id`, `mac-address` of `macAddress`, `free-hdd-space` of `freeHDDSpace`.
    private static func wireName(_ label: String) -> String {
        if label == "id" { return ".id" }
        var name = ""
        var previous: Character = "-"
        let letters = Array(label)
        for (index, letter) in letters.enumerated() {
            let next = index + 1 < letters.count ? letters[index + 1] : "A"
            if letter.isUppercase, previous.isLowercase || (next.isLowercase && previous != "-") { name += "-" }
            name += letter.lowercased()
            previous = letter
        }
        return name
    }

    static let all = [
        HandMappedRow(
            HotspotUser.self,
            """
            .id=*1A
            server=hs-lobby
            name=A7K2
            password=canary
            profile=3h
            mac-address=AA:BB:CC:00:11:22
            limit-uptime=3h
            limit-bytes-total=3
            uptime=1h
            bytes-in=4
            bytes-out=5
            disabled=true
            comment=desk
            """
        ),
        HandMappedRow(
            HotspotUserProfile.self,
            onRequest: ["on-login", "on-logout"],
            """
            .id=*1
            name=3h
            address-pool=guests
            session-timeout=3h
            idle-timeout=none
            keepalive-timeout=2m
            status-autorefresh=1m
            shared-users=unlimited
            add-mac-cookie=true
            mac-cookie-timeout=3d
            rate-limit=2M/4M
            insert-queue-before=bottom
            parent-queue=none
            queue-type=default-small
            address-list=guests
            incoming-filter=in
            outgoing-filter=out
            incoming-packet-mark=a
            outgoing-packet-mark=b
            open-status-page=always
            transparent-proxy=false
            advertise=true
            advertise-url=http://a.example/,http://b.example/
            advertise-interval=30m,10m
            advertise-timeout=immediately
            on-login=:log
            on-logout=:log
            default=false
            """
        ),
        HandMappedRow(
            HotspotActive.self,
            """
            .id=*A32A8C0
            server=hs-lobby
            user=A7K2
            domain=lake
            address=10.5.50.23
            mac-address=48:A9:8A:01:02:03
            login-by=http-chap
            uptime=1h
            idle-time=3s
            session-time-left=2h
            idle-timeout=5m
            keepalive-timeout=2m
            bytes-in=1
            bytes-out=2
            packets-in=3
            packets-out=4
            limit-bytes-in=5
            limit-bytes-out=6
            limit-bytes-total=7
            radius=true
            advertisement=1m
            blocked=false
            comment=desk
            """
        ),
        HandMappedRow(
            PPPSecret.self,
            """
            .id=*2
            name=house-7
            service=pppoe
            caller-id=02:00:0A:00:00:01
            password=canary
            profile=10M
            local-address=10.0.0.1
            remote-address=pool1
            remote-ipv6-prefix=fd00:7::/64
            routes=10.1.0.0/24
            ipv6-routes=fd01::/64
            limit-bytes-in=1
            limit-bytes-out=2
            last-logged-out=2026-11-20 23:05:00
            last-caller-id=02:00:0A:00:00:01
            last-disconnect-reason=peer-request
            disabled=false
            comment=east
            """
        ),
        HandMappedRow(
            PPPActive.self,
            """
            .id=*80000007
            name=house-7
            service=pppoe
            caller-id=02:00:0A:00:00:01
            address=100.64.0.9
            uptime=4d
            encoding=MPPE128
            session-id=0x81700001
            limit-bytes-in=1
            limit-bytes-out=2
            radius=true
            """
        ),
        HandMappedRow(
            SystemResource.self,
            """
            uptime=2w3d
            version=7.18.2 (stable)
            build-time=2025-03-11 11:59:04
            factory-software=7.1
            free-memory=1
            total-memory=2
            cpu=ARM64
            cpu-count=4
            cpu-frequency=800
            cpu-load=7
            free-hdd-space=3
            total-hdd-space=4
            write-sect-since-reboot=5
            write-sect-total=6
            bad-blocks=0.3%
            architecture-name=arm64
            board-name=hAP
            platform=MikroTik
            """
        ),
        HandMappedRow(SystemIdentity.self, "name=Shop"),
    ]
}
