public import BillingDomain

/// What is entered about a member of staff.
public struct StaffDraft: Hashable, Sendable {
    /// The name to sign in with: 1…64 letters A–Z, digits and `.`, `_`, `-`, `@`; unique in the tenant.
    public var username: String
    /// The preset that says what they may do, unless there is a ``customRole``.
    public var role: Role
    /// The tenant's own role that says what they may do instead of the preset.
    public var customRole: Identifier<RoleDefinition>?
    /// The routers and sites they may act on.
    public var assignment: StaffAssignment
    /// The name that others see, up to 100 characters.
    public var displayName: String?
    /// The e-mail address.
    public var email: String?
    /// The telephone number in international form.
    public var phone: String?
    /// The language that the panel speaks to them, as a BCP 47 tag such as `sw`.
    public var language: String?

    /// A draft to add or to update a member of staff with.
    public init(
        username: String,
        role: Role,
        customRole: Identifier<RoleDefinition>? = nil,
        assignment: StaffAssignment = .everywhere,
        displayName: String? = nil,
        email: String? = nil,
        phone: String? = nil,
        language: String? = nil
    ) {
        self.username = username
        self.role = role
        self.customRole = customRole
        self.assignment = assignment
        self.displayName = displayName
        self.email = email
        self.phone = phone
        self.language = language
    }
}

extension StaffDraft {
    /// The part that people may change about themselves, checked.
    struct Profile: Sendable {
        let displayName: String?
        let email: String?
        let phone: String?
        let language: String?

        init(_ displayName: String?, email: String?, phone: String?, language: String?) throws {
            self.displayName = try Input.optionalName(displayName, field: "displayName")
            self.email = try Input.emailAddress(email)
            self.phone = try Input.telephone(phone)
            self.language = try Input.languageTag(language)
        }

        func apply(to staff: inout Staff) {
            staff.displayName = displayName
            staff.email = email
            staff.phone = phone
            staff.language = language
        }
    }

    var fingerprint: [String?] {
        [
            username, role.rawValue, customRole?.description, assignment.storedText, displayName, email, phone,
            language,
        ]
    }

    var profile: Profile {
        get throws { try Profile(displayName, email: email, phone: phone, language: language) }
    }
}
