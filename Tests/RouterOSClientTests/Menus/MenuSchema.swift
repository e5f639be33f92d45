/// What each menu has, so that a name that is misspelt in a type fails a test.
///
/// Writable arguments are those of the public-domain inspect dumps of tikoci/restraml (`docs/*/extra/inspect.json`) of
/// RouterOS 7.9, 7.10.2, 7.12.2, 7.14.3, 7.16, 7.18.2, 7.20, 7.22 and 7.24; `@` gives the first of these that has an
/// argument where not all do. Read-only attributes are those of the property tables of the RouterOS manual.
enum MenuSchema {
    struct Menu {
        /// The first version of each writable attribute, nil for all.
        var writable: [String: String?] = [:]
        var readOnly: Set<String> = []
    }

    static let menus: [String: Menu] = {
        var menus: [String: Menu] = [:]
        var path = ""
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.hasPrefix("/") {
                path = String(line)
                menus[path] = Menu()
            } else if words.first == "reads" {
                menus[path]?.readOnly.formUnion(words.dropFirst().map(String.init))
            } else {
                for word in words.dropFirst() {
                    let parts = word.split(separator: "@")
                    menus[path]?.writable[String(parts[0])] = .some(parts.count > 1 ? String(parts[1]) : nil)
                }
            }
        }
        return menus
    }()

    private static let text = """
        /file
        writes contents name type@7.16
        reads .id size type last-modified creation-time
        /interface
        writes comment disabled l2mtu mtu name
        reads .id default-name type actual-mtu max-l2mtu mac-address running slave dynamic link-downs
        reads last-link-up-time last-link-down-time rx-byte tx-byte rx-packet tx-packet rx-drop tx-drop rx-error
        reads tx-error tx-queue-drop vrf
        /interface/monitor-traffic
        reads name rx-bits-per-second tx-bits-per-second rx-packets-per-second tx-packets-per-second
        reads rx-drops-per-second tx-drops-per-second rx-errors-per-second tx-errors-per-second
        reads tx-queue-drops-per-second
        /interface/pppoe-server/server
        writes accept-empty-service accept-untagged@7.20 authentication comment default-profile disabled interface
        writes keepalive-timeout max-mru max-mtu max-sessions mrru one-session-per-host pado-delay
        writes pppoe-over-vlan-range@7.18.2 service-name
        reads .id invalid
        /ip/hotspot
        writes address-pool addresses-per-mac disabled idle-timeout interface keepalive-timeout login-timeout name
        writes profile
        reads .id invalid https ip-of-dns-name proxy-status
        /ip/hotspot/active
        reads .id server user domain address mac-address login-by uptime session-time-left idle-time idle-timeout
        reads keepalive-timeout bytes-in bytes-out packets-in packets-out limit-bytes-in limit-bytes-out
        reads limit-bytes-total advertisement radius blocked comment
        /ip/hotspot/cookie
        reads .id user domain mac-address expires-in mac-cookie
        /ip/hotspot/host
        reads .id mac-address address to-address server uptime idle-time idle-timeout keepalive-timeout
        reads host-dead-time bridge-port vlan-id http-proxy bytes-in bytes-out packets-in packets-out found-by
        reads static DHCP dynamic authorized bypassed comment
        /ip/hotspot/ip-binding
        writes address comment disabled mac-address server to-address type
        reads .id
        /ip/hotspot/profile
        writes dns-name hotspot-address html-directory html-directory-override http-cookie-lifetime http-proxy
        writes install-hotspot-queue login-by mac-auth-mode mac-auth-password name nas-port-type radius-accounting
        writes radius-default-domain radius-interim-update radius-location-id radius-location-name
        writes radius-mac-format rate-limit smtp-server split-user-domain ssl-certificate trial-uptime-limit
        writes trial-uptime-reset trial-user-profile use-radius
        reads .id default
        /ip/hotspot/user
        writes address comment disabled email limit-bytes-in limit-bytes-out limit-bytes-total limit-uptime
        writes mac-address name otp-secret@7.22 password profile routes server
        reads .id uptime bytes-in bytes-out packets-in packets-out dynamic default
        /ip/hotspot/user/profile
        writes add-mac-cookie address-list address-pool advertise advertise-interval advertise-timeout
        writes advertise-url idle-timeout incoming-filter incoming-packet-mark insert-queue-before
        writes keepalive-timeout mac-cookie-timeout name on-login on-logout open-status-page outgoing-filter
        writes outgoing-packet-mark parent-queue queue-type rate-limit session-timeout shared-users
        writes status-autorefresh transparent-proxy
        reads .id default
        /ip/hotspot/walled-garden
        writes action comment disabled dst-host dst-port method path server src-address
        reads .id dst-address hits dynamic
        /ip/hotspot/walled-garden/ip
        writes action comment disabled dst-address dst-address-list dst-host dst-port protocol server src-address
        writes src-address-list
        reads .id invalid dynamic
        /ip/pool
        writes comment name next-pool ranges
        reads .id total used available
        /ip/pool/used
        reads .id pool address owner info
        /ip/service
        writes address available-from@7.24 certificate disabled max-sessions@7.16 port tls-version vrf
        reads .id name proto local remote connection invalid dynamic
        /log
        reads .id time topics message buffer extra-info
        /ppp/aaa
        writes accounting enable-ipv6-accounting@7.16 interim-update use-circuit-id-in-nas-port-id use-radius
        /ppp/active
        reads .id name service caller-id address uptime encoding session-id limit-bytes-in limit-bytes-out radius
        reads bytes packets
        /ppp/profile
        writes address-list bridge bridge-horizon bridge-learning bridge-path-cost bridge-port-priority
        writes bridge-port-trusted@7.18.2 bridge-port-vid@7.18.2 change-tcp-mss comment dhcpv6-lease-time@7.20
        writes dhcpv6-pd-pool dhcpv6-use-radius@7.20 dns-server idle-timeout incoming-filter insert-queue-before
        writes interface-list local-address name on-down on-up only-one outgoing-filter parent-queue queue-type
        writes rate-limit remote-address remote-ipv6-prefix-pool remote-ipv6-prefix-reuse@7.20 session-timeout
        writes use-compression use-encryption use-ipv6 use-mpls use-upnp wins-server
        reads .id default
        /ppp/secret
        writes caller-id comment disabled ipv6-routes limit-bytes-in limit-bytes-out local-address name password
        writes profile remote-address remote-ipv6-prefix routes service
        reads .id last-logged-out last-caller-id last-disconnect-reason
        /queue/simple
        writes bucket-size burst-limit burst-threshold burst-time comment disabled dst limit-at max-limit name
        writes packet-marks parent priority queue target time total-bucket-size total-burst-limit
        writes total-burst-threshold total-burst-time total-limit-at total-max-limit total-priority total-queue
        reads .id bytes packets dropped rate packet-rate queued-bytes queued-packets pcq-queues dynamic invalid
        /radius
        writes accounting-backup accounting-port address authentication-port called-id certificate comment disabled
        writes domain protocol radsec-timeout@7.20 realm require-message-auth@7.16 secret service src-address
        writes timeout
        reads .id
        /radius/incoming
        writes accept port vrf
        /system/clock
        writes date time time-zone-autodetect time-zone-name
        reads gmt-offset dst-active
        /system/identity
        writes name
        /system/license
        reads software-id system-id nlevel level features upgradable-to deadline-at
        /system/package
        reads .id name version build-time scheduled disabled
        /system/resource
        reads uptime version build-time factory-software free-memory total-memory cpu cpu-count cpu-frequency
        reads cpu-load free-hdd-space total-hdd-space write-sect-since-reboot write-sect-total bad-blocks
        reads architecture-name board-name platform
        /system/scheduler
        writes comment days@7.24 disabled interval name on-event policy start-date start-time
        reads .id owner run-count next-run
        /system/script
        writes comment dont-require-permissions name owner policy source
        reads .id last-started run-count invalid
        /system/script/job
        reads .id script owner type started policy
        /user
        writes address comment disabled group inactivity-policy@7.16 inactivity-timeout@7.16 name password
        reads .id last-logged-in expired
        /user/active
        reads .id when name address via group radius
        /user/group
        writes comment name policy skin
        reads .id
        """
}
