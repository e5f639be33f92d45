public import BillingDomain

/// What is entered about a customer.
public struct CustomerDraft: Hashable, Sendable {
    /// The name, 1…100 characters.
    public var name: String
    /// The number they quote.
    ///
    /// The next of `C-00001` and so on where left out. It stays as it was entered.
    public var number: String?
    /// How to reach them, in order, at most 20.
    public var contacts: [ContactPoint]
    /// Where they are, if known.
    public var location: RouterLocation?
    /// The language and region they are written to in, such as `en-UG`.
    public var locale: String?
    /// The site that serves them.
    public var site: Identifier<Site>?
    /// Remarks of the staff, up to 4000 bytes; never a secret.
    public var notes: String
    /// Words to find them by, at most 20 of 1…100 characters.
    public var tags: [String]

    /// A draft of the given parts.
    public init(
        name: String,
        number: String? = nil,
        contacts: [ContactPoint] = [],
        location: RouterLocation? = nil,
        locale: String? = nil,
        site: Identifier<Site>? = nil,
        notes: String = "",
        tags: [String] = []
    ) {
        self.name = name
        self.number = number
        self.contacts = contacts
        self.location = location
        self.locale = locale
        self.site = site
        self.notes = notes
        self.tags = tags
    }

    func checked() throws -> CustomerDraft {
        var draft = self
        draft.name = try Input.name(name)
        if let number { draft.number = try Input.name(number, field: "number") }
        guard contacts.count <= 20 else {
            throw BillingError.invalid("contacts", "A customer has at most 20 contacts.")
        }
        guard notes.utf8.count <= 4_000, !notes.utf8.contains(0) else {
            throw BillingError.invalid("notes", "Notes have at most 4000 bytes.")
        }
        guard tags.count <= 20 else { throw BillingError.invalid("tags", "A customer has at most 20 tags.") }
        draft.tags = try tags.map { try Input.name($0, field: "tags") }
        if let location {
            draft.location?.region = try Input.name(location.region, field: "region", isOptional: true)
            draft.location?.district = try Input.name(location.district, field: "district", isOptional: true)
        }
        return draft
    }

    var fingerprint: [String?] {
        [
            name, number, locale, site?.description, notes, location?.region, location?.district,
            location?.coordinates.map { "\($0.latitude),\($0.longitude)" },
        ] + contacts.map { "\($0.kind.rawValue):\($0.value):\($0.isPreferred)" } + ["tags"] + tags
    }
}
