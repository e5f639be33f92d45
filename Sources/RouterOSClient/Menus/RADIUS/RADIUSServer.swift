public import RouterOSProtocol

/// A row of `/radius`: a RADIUS server that the router asks.
public struct RADIUSServer: WritableMappedRow {
    /// The menu.
    public static let menu = "/radius"
    /// The attribute that names a row.
    public static let key = "address"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// What it is asked about: `hotspot`, `ppp`, `login` and others.
    public var service: RouterOSList<String>?
    /// The kind of service it is responsible for.
    public var calledID: String?
    /// The domain it is responsible for.
    public var domain: String?
    /// Its address.
    public var address: String?
    /// The secret that both know.
    public var secret: String?
    /// The port for questions, 1812 unless set.
    public var authenticationPort: Int?
    /// The port for accounts, 1813 unless set.
    public var accountingPort: Int?
    /// How long it may take to answer.
    public var timeout: Duration?
    /// Whether it is for accounts that another did not take.
    public var accountingBackup: Bool?
    /// The realm it is told.
    public var realm: String?
    /// `udp` or `radsec`.
    public var transport: String?
    /// The certificate of `radsec`, or `none`.
    public var certificate: String?
    /// The address that questions come from.
    public var srcAddress: IPAddress?
    /// Which answers must be signed.
    public var requireMessageAuth: String?
    /// How long an answer may take by `radsec`.
    public var radsecTimeout: Duration?
    /// Whether it is not asked.
    public var disabled: Bool?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.value("service", &service)
        try attributes.value("called-id", &calledID)
        try attributes.value("domain", &domain)
        try attributes.value("address", &address)
        try attributes.value("secret", &secret)
        try attributes.value("authentication-port", &authenticationPort)
        try attributes.value("accounting-port", &accountingPort)
        try attributes.value("timeout", &timeout)
        try attributes.value("accounting-backup", &accountingBackup)
        try attributes.value("realm", &realm)
        try attributes.value("protocol", &transport)
        try attributes.value("certificate", &certificate)
        try attributes.value("src-address", &srcAddress)
        try attributes.value("require-message-auth", &requireMessageAuth, since: RouterOSVersion(7, 16))
        try attributes.value("radsec-timeout", &radsecTimeout, since: RouterOSVersion(7, 20))
        try attributes.value("disabled", &disabled)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<RADIUSServer, RouterOSList<String>> {
    /// `service`.
    public static var service: Self { Self("service") }
}

extension AttributeKey<RADIUSServer, String> {
    /// `called-id`.
    public static var calledID: Self { Self("called-id") }
    /// `domain`.
    public static var domain: Self { Self("domain") }
    /// `address`.
    public static var address: Self { Self("address") }
    /// `secret`.
    public static var secret: Self { Self("secret") }
    /// `realm`.
    public static var realm: Self { Self("realm") }
    /// `protocol`.
    public static var transport: Self { Self("protocol") }
    /// `certificate`.
    public static var certificate: Self { Self("certificate") }
    /// `require-message-auth`.
    public static var requireMessageAuth: Self { Self("require-message-auth") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<RADIUSServer, Int> {
    /// `authentication-port`.
    public static var authenticationPort: Self { Self("authentication-port") }
    /// `accounting-port`.
    public static var accountingPort: Self { Self("accounting-port") }
}

extension AttributeKey<RADIUSServer, Duration> {
    /// `timeout`.
    public static var timeout: Self { Self("timeout") }
    /// `radsec-timeout`.
    public static var radsecTimeout: Self { Self("radsec-timeout") }
}

extension AttributeKey<RADIUSServer, Bool> {
    /// `accounting-backup`.
    public static var accountingBackup: Self { Self("accounting-backup") }
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}

extension AttributeKey<RADIUSServer, IPAddress> {
    /// `src-address`.
    public static var srcAddress: Self { Self("src-address") }
}
