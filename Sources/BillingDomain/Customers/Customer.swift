/// A person or a business that buys access, with any number of services.
///
/// What they owe or have left is derived from the ledger and never stored here. Moves of the status:
///
/// | move | pending | active | suspended | expired | disabled | closed |
/// |---|---|---|---|---|---|---|
/// | activate | active | stays | active | active | – | – |
/// | suspend | – | suspended | stays | suspended | – | – |
/// | expire | – | expired | expired | stays | – | – |
/// | disable | disabled | disabled | disabled | disabled | – | – |
/// | enable | – | – | – | – | the one before | – |
/// | close | closed | closed | closed | closed | closed | – |
/// | erase | – | – | – | – | – | stays |
///
/// Every other move throws ``DomainError`` with ``DomainError/Code/illegalMove`` and changes nothing.
public struct Customer: Hashable, Sendable {
    /// The identity of the customer.
    public let id: Identifier<Customer>

    /// The tenant whose customer it is.
    public let tenant: Identifier<Tenant>

    /// The number they quote, such as `C-00042`; unique in the tenant whatever the case of a–z.
    public let number: String

    /// The name.
    public private(set) var name: String

    /// How to reach them, in order.
    public var contacts: [ContactPoint]

    /// Where they are, if known.
    public var location: RouterLocation?

    /// The language and region they are written to in, such as `en-UG`.
    public private(set) var locale: String?

    /// The site or point of presence that serves them.
    public var site: Identifier<Site>?

    /// Remarks of the staff; never a secret.
    public var notes: String

    /// Words to find them by.
    public var tags: [String]

    /// Where they stand.
    public private(set) var status: CustomerStatus

    /// Where they stood before they were disabled.
    public private(set) var statusBeforeDisabling: CustomerStatus?

    /// When they were entered.
    public let createdAt: Timestamp

    /// When they were closed.
    public private(set) var closedAt: Timestamp?

    /// When what is personal about them was erased.
    public private(set) var erasedAt: Timestamp?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a customer who has paid nothing yet, or recreates a stored one.
    ///
    /// - Throws: As ``rename(to:)`` and ``setLocale(_:)`` do, and ``DomainError`` with
    ///   ``DomainError/Code/invalidValue`` for a number that is not 1 to 40 printable bytes.
    public init(
        id: Identifier<Customer>,
        tenant: Identifier<Tenant>,
        number: String,
        name: String,
        contacts: [ContactPoint] = [],
        location: RouterLocation? = nil,
        locale: String? = nil,
        site: Identifier<Site>? = nil,
        notes: String = "",
        tags: [String] = [],
        status: CustomerStatus = .pending,
        statusBeforeDisabling: CustomerStatus? = nil,
        createdAt: Timestamp,
        closedAt: Timestamp? = nil,
        erasedAt: Timestamp? = nil,
        revision: Int64 = 1
    ) throws(DomainError) {
        guard (1...40).contains(number.utf8.count), !number.utf8.contains(where: { $0 < 32 || $0 == 127 }) else {
            throw DomainError(.invalidValue, field: "number", "A customer number has 1 to 40 printable bytes.")
        }
        self.id = id
        self.tenant = tenant
        self.number = number
        self.name = name
        self.contacts = contacts
        self.location = location
        self.site = site
        self.notes = notes
        self.tags = tags
        self.status = status
        self.statusBeforeDisabling = statusBeforeDisabling
        self.createdAt = createdAt
        self.closedAt = closedAt
        self.erasedAt = erasedAt
        self.revision = revision
        try rename(to: name)
        try setLocale(locale)
    }

    /// Changes the name.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a name that is not 1 to 200 printable bytes.
    public mutating func rename(to name: String) throws(DomainError) {
        guard (1...200).contains(name.utf8.count), !name.utf8.contains(where: { $0 < 32 || $0 == 127 }) else {
            throw DomainError(.invalidValue, field: "name", "A name has 1 to 200 printable bytes.")
        }
        self.name = name
    }

    /// Changes the language and region.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for anything but 2 to 35 letters, digits and
    ///   hyphens.
    public mutating func setLocale(_ locale: String?) throws(DomainError) {
        if let locale {
            let isTag = locale.utf8.allSatisfy { byte in
                UInt8(ascii: "-") == byte || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            }
            guard (2...35).contains(locale.utf8.count), isTag else {
                throw DomainError(.invalidValue, field: "locale", "A locale is a language tag such as en-UG.")
            }
        }
        self.locale = locale
    }

    /// The preferred contact of a kind, or else the first.
    public func contact(_ kind: ContactPoint.Kind) -> ContactPoint? {
        let ofKind = contacts.filter { $0.kind == kind }
        return ofKind.first(where: \.isPreferred) ?? ofKind.first
    }
}

extension Customer {
    /// pending, suspended or expired → active: a service was paid; active stays.
    public mutating func activate() throws(DomainError) {
        guard status != .disabled, status != .closed else { throw illegal("activate", "enable it first") }
        status = .active
    }

    /// active or expired → suspended: a debt stopped the services; suspended stays.
    public mutating func suspend() throws(DomainError) {
        switch status {
        case .active, .suspended, .expired: status = .suspended
        case .pending, .disabled, .closed: throw illegal("suspend", "only one who has been served can be")
        }
    }

    /// active or suspended → expired: all paid time is over; expired stays.
    public mutating func expire() throws(DomainError) {
        switch status {
        case .active, .suspended, .expired: status = .expired
        case .pending, .disabled, .closed: throw illegal("expire", "only one who has been served can")
        }
    }

    /// pending, active, suspended or expired → disabled, by hand.
    public mutating func disable() throws(DomainError) {
        guard status != .disabled, status != .closed else { throw illegal("disable", "it is switched off already") }
        statusBeforeDisabling = status
        status = .disabled
    }

    /// disabled → the status before.
    public mutating func enable() throws(DomainError) {
        guard status == .disabled else { throw illegal("enable", "only a disabled customer can be enabled") }
        status = statusBeforeDisabling ?? .pending
        statusBeforeDisabling = nil
    }

    /// Anything but closed → closed: gone for good, kept for the books.
    public mutating func close(at instant: Timestamp) throws(DomainError) {
        guard status != .closed else { throw illegal("close", "it is closed already") }
        status = .closed
        statusBeforeDisabling = nil
        closedAt = instant
    }

    /// closed stays: what is personal about them is gone for good.
    ///
    /// The number stays, for the books name them by it, and so does where they stand. Erasing again changes nothing.
    public mutating func erase(at instant: Timestamp) throws(DomainError) {
        guard status == .closed else { throw illegal("erase", "close it first") }
        guard erasedAt == nil else { return }
        name = Self.erasedName
        contacts = []
        location = nil
        locale = nil
        notes = ""
        tags = []
        erasedAt = instant
    }

    /// What stands in place of a name that was erased.
    public static let erasedName = "–"

    private func illegal(_ move: String, _ reason: String) -> DomainError {
        DomainError(.illegalMove, "Cannot \(move) customer \(number) (\(status.rawValue)): \(reason).")
    }
}
