/// A hotspot server, as far as its clients feel it.
struct HotspotServer {
    let id: UInt64
    let name: WireText
    let interface: WireText
    /// How it lets clients in, in the words of `login-by`.
    let methods: [WireText]
    /// How long a browser's cookie lasts.
    let cookieLifetime: Duration?
    /// After how long a device that is not logged in and does nothing is forgotten.
    let idleTimeout: Duration?

    func lets(_ method: WireText) -> Bool { methods.contains(method) }
}

extension SimulatedRouter {
    /// The server that clients meet: the first that runs; none while the router is off.
    var hotspotServer: HotspotServer? {
        let (path, profiles) = ("/ip/hotspot", "/ip/hotspot/profile")
        guard !isDown, let row = tables[path]?.rows.first(where: { value("disabled", of: $0.id, in: path) != "true" })
        else {
            return nil
        }
        let column = { (name: String) in value(name, of: row.id, in: path) }
        let profile = column("profile").flatMap { RowID.number($0) }
        let setting = { (name: String) in profile.flatMap { value(name, of: $0, in: profiles) } }
        return HotspotServer(
            id: row.id,
            name: column("name") ?? "",
            interface: column("interface").flatMap { RowID.number($0) }.flatMap {
                value("name", of: $0, in: "/interface")
            } ?? "",
            methods: setting("login-by")?.commaSeparated ?? [],
            cookieLifetime: Self.duration(setting("http-cookie-lifetime")),
            idleTimeout: Self.duration(column("idle-timeout"))
        )
    }
}
