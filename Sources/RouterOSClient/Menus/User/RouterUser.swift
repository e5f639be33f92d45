public import RouterOSProtocol

/// A row of `/user`: someone who may administer the router.
///
/// Not a customer: those are ``HotspotUser`` and ``PPPSecret``.
public struct RouterUser: WritableMappedRow {
    /// The menu.
    public static let menu = "/user"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name = ""
    /// The ``RouterUserGroup``.
    public var group: String?
    /// The password; written only, no router shows it.
    public var password: String?
    /// Where the user may log in from; anywhere when empty.
    public var address: RouterOSList<IPPrefix>?
    /// How long a session may be silent.
    public var inactivityTimeout: Duration?
    /// What happens then: `none`, `logout`, `lockscreen`.
    public var inactivityPolicy: String?
    /// When the user last logged in, by the router's clock.
    public private(set) var lastLoggedIn: Setting<LocalDateTime>?
    /// Whether the password must be changed.
    public private(set) var expired: Bool?
    /// Whether the user may not log in.
    public var disabled: Bool?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.required("name", &name)
        try attributes.value("group", &group)
        try attributes.valueOnRequest("password", &password)
        try attributes.value("address", &address)
        try attributes.value("inactivity-timeout", &inactivityTimeout, since: RouterOSVersion(7, 16))
        try attributes.value("inactivity-policy", &inactivityPolicy, since: RouterOSVersion(7, 16))
        try attributes.fact("last-logged-in", &lastLoggedIn)
        try attributes.fact("expired", &expired)
        try attributes.value("disabled", &disabled)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<RouterUser, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `group`.
    public static var group: Self { Self("group") }
    /// `password`.
    public static var password: Self { Self("password") }
    /// `inactivity-policy`.
    public static var inactivityPolicy: Self { Self("inactivity-policy") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<RouterUser, RouterOSList<IPPrefix>> {
    /// `address`.
    public static var address: Self { Self("address") }
}

extension AttributeKey<RouterUser, Duration> {
    /// `inactivity-timeout`.
    public static var inactivityTimeout: Self { Self("inactivity-timeout") }
}

extension AttributeKey<RouterUser, LocalDateTime> {
    /// `last-logged-in`.
    public static var lastLoggedIn: Self { Self("last-logged-in") }
}

extension AttributeKey<RouterUser, Bool> {
    /// `expired`.
    public static var expired: Self { Self("expired") }
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
