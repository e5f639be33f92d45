/// A row of `/ip/hotspot/user/profile`: what users of one kind have in common.
public struct HotspotUserProfile: WritableRouterOSRow, Hashable {
    /// The menu.
    public static let menu = "/ip/hotspot/user/profile"
    /// The attribute that names a profile.
    public static let key = "name"
    /// What a print asks for.
    public static let properties = [
        ".id", "name", "address-pool", "session-timeout", "idle-timeout", "keepalive-timeout", "status-autorefresh",
        "shared-users", "add-mac-cookie", "mac-cookie-timeout", "rate-limit", "insert-queue-before", "parent-queue",
        "queue-type", "address-list", "incoming-filter", "outgoing-filter", "incoming-packet-mark",
        "outgoing-packet-mark", "open-status-page", "transparent-proxy", "advertise", "advertise-url",
        "advertise-interval", "advertise-timeout", "default",
    ]

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name: String
    /// The pool that clients get an address from, or `none`.
    public var addressPool: String?
    /// How long one session may last, or ``Keyword/none`` for as long as it likes.
    public var sessionTimeout: Setting<Duration>?
    /// How long a client may be silent, or ``Keyword/none``.
    public var idleTimeout: Setting<Duration>?
    /// How long a client may not be reached, or ``Keyword/none``.
    public var keepaliveTimeout: Setting<Duration>?
    /// How often the status page loads itself anew, or ``Keyword/none``.
    public var statusAutorefresh: Setting<Duration>?
    /// How many devices may use one user at a time, or ``Keyword/unlimited``.
    public var sharedUsers: Setting<Int>?
    /// Whether a device that has logged in is known by its MAC address later.
    public var addMACCookie: Bool?
    /// How long it is.
    public var macCookieTimeout: Setting<Duration>?
    /// The speed as a router writes it: the client's upload, then its download; ``RateLimit`` reads it.
    public var rateLimit: String?
    /// The queue before which the clients' own is put: a name, `first` or `bottom`.
    public var insertQueueBefore: String?
    /// The queue above the clients' own, or `none`.
    public var parentQueue: String?
    /// The kind of queue.
    public var queueType: String?
    /// The firewall list that clients are put on.
    public var addressList: String?
    /// The firewall chain for what clients send.
    public var incomingFilter: String?
    /// The firewall chain for what clients are sent.
    public var outgoingFilter: String?
    /// The mark that packets from clients get.
    public var incomingPacketMark: String?
    /// The mark that packets to clients get.
    public var outgoingPacketMark: String?
    /// When the status page opens: `always` or `http-login`.
    public var openStatusPage: String?
    /// Whether the clients' HTTP goes through the router's proxy.
    public var transparentProxy: Bool?
    /// Whether clients are shown advertisements.
    public var advertise: Bool?
    /// The pages that are shown, one after the other.
    public var advertiseURL: RouterOSList<String>?
    /// The times between them; the last one repeats.
    public var advertiseInterval: RouterOSList<Duration>?
    /// How long a page may go unseen before a client is blocked:
    /// a time, ``Keyword/immediately`` or ``Keyword/never``.
    public var advertiseTimeout: Setting<Duration>?
    /// A script that runs when a session begins; asked for on request only.
    public var onLogin: String?
    /// A script that runs when it ends; asked for on request only.
    public var onLogout: String?
    /// Whether it is the one that RouterOS brings along.
    public let isDefault: Bool?

    /// Makes a profile to be written; what is nil is left to the router.
    public init(
        name: String,
        sharedUsers: Setting<Int>? = nil,
        rateLimit: String? = nil,
        sessionTimeout: Setting<Duration>? = nil
    ) {
        self.name = name
        self.sharedUsers = sharedUsers
        self.rateLimit = rateLimit
        self.sessionTimeout = sessionTimeout
        isDefault = nil
    }

    /// Reads a row.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        id = try row.value(".id")
        name = try row.required("name")
        addressPool = try row.value("address-pool")
        sessionTimeout = try row.value("session-timeout")
        idleTimeout = try row.value("idle-timeout")
        keepaliveTimeout = try row.value("keepalive-timeout")
        statusAutorefresh = try row.value("status-autorefresh")
        sharedUsers = try row.value("shared-users")
        addMACCookie = try row.value("add-mac-cookie")
        macCookieTimeout = try row.value("mac-cookie-timeout")
        rateLimit = try row.value("rate-limit")
        insertQueueBefore = try row.value("insert-queue-before")
        parentQueue = try row.value("parent-queue")
        queueType = try row.value("queue-type")
        addressList = try row.value("address-list")
        incomingFilter = try row.value("incoming-filter")
        outgoingFilter = try row.value("outgoing-filter")
        incomingPacketMark = try row.value("incoming-packet-mark")
        outgoingPacketMark = try row.value("outgoing-packet-mark")
        openStatusPage = try row.value("open-status-page")
        transparentProxy = try row.value("transparent-proxy")
        advertise = try row.value("advertise")
        advertiseURL = try row.value("advertise-url")
        advertiseInterval = try row.value("advertise-interval")
        advertiseTimeout = try row.value("advertise-timeout")
        onLogin = try row.value("on-login")
        onLogout = try row.value("on-logout")
        isDefault = try row.value("default")
    }

    /// Sets every attribute that has a value and can be written: not the id.
    public func write(to attributes: inout Attributes) {
        attributes["name"] = name
        attributes.set("shared-users", to: sharedUsers)
        attributes["rate-limit"] = rateLimit
        attributes.set("session-timeout", to: sessionTimeout)
        attributes["address-pool"] = addressPool
        attributes.set("idle-timeout", to: idleTimeout)
        attributes.set("keepalive-timeout", to: keepaliveTimeout)
        attributes.set("status-autorefresh", to: statusAutorefresh)
        attributes.set("add-mac-cookie", to: addMACCookie)
        attributes.set("mac-cookie-timeout", to: macCookieTimeout)
        attributes["insert-queue-before"] = insertQueueBefore
        attributes["parent-queue"] = parentQueue
        attributes["queue-type"] = queueType
        attributes["address-list"] = addressList
        attributes["incoming-filter"] = incomingFilter
        attributes["outgoing-filter"] = outgoingFilter
        attributes["incoming-packet-mark"] = incomingPacketMark
        attributes["outgoing-packet-mark"] = outgoingPacketMark
        attributes["open-status-page"] = openStatusPage
        attributes.set("transparent-proxy", to: transparentProxy)
        attributes.set("advertise", to: advertise)
        attributes.set("advertise-url", to: advertiseURL)
        attributes.set("advertise-interval", to: advertiseInterval)
        attributes.set("advertise-timeout", to: advertiseTimeout)
        attributes["on-login"] = onLogin
        attributes["on-logout"] = onLogout
    }

    /// The profile on one line.
    public var description: String {
        described { $0.set("default", to: isDefault) }
    }
}
