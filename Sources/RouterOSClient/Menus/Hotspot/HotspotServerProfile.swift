public import RouterOSProtocol

/// A row of `/ip/hotspot/profile`: how hotspot servers let people in.
///
/// With `useRADIUS` the router asks a RADIUS server and passes its own users by.
public struct HotspotServerProfile: WritableMappedRow {
    /// The menu.
    public static let menu = "/ip/hotspot/profile"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name = ""
    /// The router's address towards the clients.
    public var hotspotAddress: IPAddress?
    /// The name of the login page.
    public var dnsName: String?
    /// Where on the router the pages are.
    public var htmlDirectory: String?
    /// Where pages are looked for first.
    public var htmlDirectoryOverride: String?
    /// The speed of clients that have not logged in, the client's upload first; ``RateLimit`` reads it.
    public var rateLimit: String?
    /// The proxy that the clients' requests go to, `0.0.0.0:0` for none.
    public var httpProxy: String?
    /// Where the clients' mail goes.
    public var smtpServer: IPAddress?
    /// The ways to log in: `mac`, `cookie`, `http-chap`, `https`, `http-pap`, `trial`, `mac-cookie`.
    public var loginBy: RouterOSList<String>?
    /// What a login by MAC address takes for the password: `mac-as-username` or `mac-as-username-and-password`.
    public var macAuthMode: String?
    /// The password of logins by MAC address.
    public var macAuthPassword: String?
    /// How long a cookie logs a browser back in.
    public var httpCookieLifetime: Duration?
    /// The certificate of the login page, or `none`.
    public var sslCertificate: String?
    /// Whether a name is split at `@` or a backslash into user and domain.
    public var splitUserDomain: Bool?
    /// Whether a RADIUS server is asked.
    public var useRADIUS: Bool?
    /// Whether the RADIUS server is told of sessions.
    public var radiusAccounting: Bool?
    /// How often it is told of running ones, or ``Keyword/received``.
    public var radiusInterimUpdate: Setting<Duration>?
    /// The domain of names that have none.
    public var radiusDefaultDomain: String?
    /// The location's number for the RADIUS server.
    public var radiusLocationID: String?
    /// The location's name for the RADIUS server.
    public var radiusLocationName: String?
    /// How MAC addresses are written for the RADIUS server.
    public var radiusMACFormat: String?
    /// The kind of port that the RADIUS server is told of.
    public var nasPortType: String?
    /// How long a trial lasts; before RouterOS 7 both times of a trial were one attribute.
    public var trialUptimeLimit: Duration?
    /// When the next trial may begin.
    public var trialUptimeReset: Duration?
    /// The user profile of trials.
    public var trialUserProfile: String?
    /// Whether a queue of its own shapes all clients of the server.
    public var installHotspotQueue: Bool?
    /// Whether it is the one that RouterOS brings along.
    public private(set) var isDefault: Bool?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.required("name", &name)
        try attributes.value("hotspot-address", &hotspotAddress)
        try attributes.value("dns-name", &dnsName)
        try attributes.value("html-directory", &htmlDirectory)
        try attributes.value("html-directory-override", &htmlDirectoryOverride)
        try attributes.value("rate-limit", &rateLimit)
        try attributes.value("http-proxy", &httpProxy)
        try attributes.value("smtp-server", &smtpServer)
        try attributes.value("login-by", &loginBy)
        try attributes.value("mac-auth-mode", &macAuthMode)
        try attributes.value("mac-auth-password", &macAuthPassword)
        try attributes.value("http-cookie-lifetime", &httpCookieLifetime)
        try attributes.value("ssl-certificate", &sslCertificate)
        try attributes.value("split-user-domain", &splitUserDomain)
        try attributes.value("use-radius", &useRADIUS)
        try attributes.value("radius-accounting", &radiusAccounting)
        try attributes.value("radius-interim-update", &radiusInterimUpdate)
        try attributes.value("radius-default-domain", &radiusDefaultDomain)
        try attributes.value("radius-location-id", &radiusLocationID)
        try attributes.value("radius-location-name", &radiusLocationName)
        try attributes.value("radius-mac-format", &radiusMACFormat)
        try attributes.value("nas-port-type", &nasPortType)
        try attributes.value("trial-uptime-limit", &trialUptimeLimit)
        try attributes.value("trial-uptime-reset", &trialUptimeReset)
        try attributes.value("trial-user-profile", &trialUserProfile)
        try attributes.value("install-hotspot-queue", &installHotspotQueue)
        try attributes.fact("default", &isDefault)
    }
}

extension AttributeKey<HotspotServerProfile, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `dns-name`.
    public static var dnsName: Self { Self("dns-name") }
    /// `html-directory`.
    public static var htmlDirectory: Self { Self("html-directory") }
    /// `html-directory-override`.
    public static var htmlDirectoryOverride: Self { Self("html-directory-override") }
    /// `rate-limit`.
    public static var rateLimit: Self { Self("rate-limit") }
    /// `http-proxy`.
    public static var httpProxy: Self { Self("http-proxy") }
    /// `mac-auth-mode`.
    public static var macAuthMode: Self { Self("mac-auth-mode") }
    /// `mac-auth-password`.
    public static var macAuthPassword: Self { Self("mac-auth-password") }
    /// `ssl-certificate`.
    public static var sslCertificate: Self { Self("ssl-certificate") }
    /// `radius-default-domain`.
    public static var radiusDefaultDomain: Self { Self("radius-default-domain") }
    /// `radius-location-id`.
    public static var radiusLocationID: Self { Self("radius-location-id") }
    /// `radius-location-name`.
    public static var radiusLocationName: Self { Self("radius-location-name") }
    /// `radius-mac-format`.
    public static var radiusMACFormat: Self { Self("radius-mac-format") }
    /// `nas-port-type`.
    public static var nasPortType: Self { Self("nas-port-type") }
    /// `trial-user-profile`.
    public static var trialUserProfile: Self { Self("trial-user-profile") }
}

extension AttributeKey<HotspotServerProfile, IPAddress> {
    /// `hotspot-address`.
    public static var hotspotAddress: Self { Self("hotspot-address") }
    /// `smtp-server`.
    public static var smtpServer: Self { Self("smtp-server") }
}

extension AttributeKey<HotspotServerProfile, RouterOSList<String>> {
    /// `login-by`.
    public static var loginBy: Self { Self("login-by") }
}

extension AttributeKey<HotspotServerProfile, Duration> {
    /// `http-cookie-lifetime`.
    public static var httpCookieLifetime: Self { Self("http-cookie-lifetime") }
    /// `radius-interim-update`.
    public static var radiusInterimUpdate: Self { Self("radius-interim-update") }
    /// `trial-uptime-limit`.
    public static var trialUptimeLimit: Self { Self("trial-uptime-limit") }
    /// `trial-uptime-reset`.
    public static var trialUptimeReset: Self { Self("trial-uptime-reset") }
}

extension AttributeKey<HotspotServerProfile, Bool> {
    /// `split-user-domain`.
    public static var splitUserDomain: Self { Self("split-user-domain") }
    /// `use-radius`.
    public static var useRADIUS: Self { Self("use-radius") }
    /// `radius-accounting`.
    public static var radiusAccounting: Self { Self("radius-accounting") }
    /// `install-hotspot-queue`.
    public static var installHotspotQueue: Self { Self("install-hotspot-queue") }
    /// `default`.
    public static var isDefault: Self { Self("default") }
}
