/// The menus the simulator has, with the names, kinds and defaults of RouterOS 7.
enum RouterMenus {
    static let identity = "/system/identity"
    static let resource = "/system/resource"
    static let hotspotUser = "/ip/hotspot/user"
    static let hotspotProfile = "/ip/hotspot/user/profile"
    static let hotspotActive = "/ip/hotspot/active"

    /// The one hotspot server of the simulated router.
    static let hotspotServer: WireText = "hotspot1"

    /// Every menu of a release, by path.
    static func all(of release: RouterOSRelease) -> [String: Menu] {
        let menus = [systemIdentity, systemResource, user, userProfile, active].map { $0.limited(to: release) }
        return Dictionary(uniqueKeysWithValues: menus.map { ($0.path, $0) })
    }

    private static let systemIdentity = Menu(
        identity,
        .settings,
        verbs: [.print, .getall, .get, .set],
        attributes: [.setting("name", initial: "MikroTik")]
    )

    private static let systemResource = Menu(
        resource,
        .computed,
        verbs: [.print, .getall, .get],
        attributes: [
            .fact("uptime", .duration),
            .fact("version"),
            .fact("build-time", .date),
            .fact("factory-software"),
            .fact("free-memory", .integer),
            .fact("total-memory", .integer),
            .fact("cpu"),
            .fact("cpu-count", .integer),
            .fact("cpu-frequency", .integer),
            .fact("cpu-load", .integer),
            .fact("free-hdd-space", .integer),
            .fact("total-hdd-space", .integer),
            .fact("architecture-name"),
            .fact("board-name"),
            .fact("platform"),
        ]
    )

    private static let user = Menu(
        hotspotUser,
        .table,
        verbs: [.print, .getall, .get, .listen, .add, .set, .remove, .enable, .disable, .comment, .resetCounters],
        duplicateMessage: "failure: already have user with this name for this server",
        attributes: [
            .setting("name", isRequired: true),
            .setting("server", .choice(["all", hotspotServer]), meansAbsent: "all"),
            .setting("password"),
            .setting("address", .address),
            .setting("mac-address", .macAddress),
            .setting("profile", .reference(menu: hotspotProfile), initial: "*0"),
            .setting("routes"),
            .setting("email"),
            .setting("limit-uptime", .duration),
            .setting("limit-bytes-in", .integer),
            .setting("limit-bytes-out", .integer),
            .setting("limit-bytes-total", .integer),
            .setting("otp-secret", since: RouterOSRelease(major: 7, minor: 22)),
            .counter("uptime", .duration, initial: "0s"),
            .counter("bytes-in", .integer, initial: "0"),
            .counter("bytes-out", .integer, initial: "0"),
            .counter("packets-in", .integer, initial: "0"),
            .counter("packets-out", .integer, initial: "0"),
            .fact("dynamic", .boolean, "false"),
            .setting("disabled", .boolean, initial: "false"),
            .setting("comment"),
        ]
    )

    private static let userProfile = Menu(
        hotspotProfile,
        .table,
        verbs: [.print, .getall, .get, .listen, .add, .set, .remove, .unset],
        duplicateMessage: "failure: profile with the same name already exists",
        attributes: [
            .setting("name", isRequired: true),
            .setting("address-pool", initial: "none"),
            .setting("session-timeout", .wordOr(["none"], .duration)),
            .setting("idle-timeout", .wordOr(["none"], .duration), initial: "none"),
            .setting("keepalive-timeout", .wordOr(["none"], .duration), initial: "2m"),
            .setting("status-autorefresh", .wordOr(["none"], .duration), initial: "1m"),
            .setting("shared-users", .wordOr(["unlimited"], .integer), initial: "1"),
            .setting("add-mac-cookie", .boolean, initial: "true"),
            .setting("mac-cookie-timeout", .duration, initial: "3d"),
            .setting("rate-limit"),
            .setting("insert-queue-before"),
            .setting("parent-queue"),
            .setting("queue-type"),
            .setting("address-list", initial: ""),
            .setting("incoming-filter"),
            .setting("outgoing-filter"),
            .setting("incoming-packet-mark"),
            .setting("outgoing-packet-mark"),
            .setting("on-login"),
            .setting("on-logout"),
            .setting("transparent-proxy", .boolean, initial: "false"),
            .setting("open-status-page"),
            .setting("advertise", .boolean),
            .setting("advertise-url"),
            .setting("advertise-interval"),
            .setting("advertise-timeout"),
            .fact("default", .boolean, "false"),
        ]
    )

    private static let active = Menu(
        hotspotActive,
        .computed,
        verbs: [.print, .getall, .get, .listen, .remove, .login],
        arguments: [
            .setting("user", isRequired: true),
            .setting("password"),
            .setting("ip", .address),
            .setting("mac-address", .macAddress),
            .setting("domain"),
        ],
        attributes: [
            .fact("server"),
            .fact("user"),
            .fact("domain"),
            .fact("address", .address),
            .fact("mac-address", .macAddress),
            .fact("login-by"),
            .fact("uptime", .duration),
            .fact("session-time-left", .duration),
            .fact("idle-time", .duration),
            .fact("keepalive-timeout", .duration),
            .fact("bytes-in", .integer),
            .fact("bytes-out", .integer),
            .fact("packets-in", .integer),
            .fact("packets-out", .integer),
            .fact("limit-bytes-in", .integer),
            .fact("limit-bytes-out", .integer),
            .fact("limit-bytes-total", .integer),
            .fact("radius", .boolean, "false"),
            .fact("blocked", .boolean, "false"),
            .fact("comment"),
        ]
    )
}

extension Menu {
    /// The menu as a release has it: without the columns that came later.
    fileprivate func limited(to release: RouterOSRelease) -> Menu {
        Menu(
            path,
            shape,
            verbs: verbs,
            duplicateMessage: duplicateMessage,
            arguments: arguments,
            attributes: attributes.filter { $0.since.map { $0 <= release } ?? true }
        )
    }
}
