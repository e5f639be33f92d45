/// Why a use case refused or could not be done.
///
/// The message is for the person in front of the screen: it says what to do and never carries a secret. `code` is for
/// programs; new codes may be added, so treat an unknown one like ``Code/unavailable``.
public struct BillingError: Error, Hashable, Sendable {
    /// What kind of refusal it is.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The machine-readable name, in lower-case words joined by `_`.
        public let name: String

        init(_ name: String) {
            self.name = name
        }

        /// A value is missing or out of its range; ``BillingError/field`` names it.
        public static let invalidInput = Code("invalid_input")
        /// Nobody is signed in, or the name, password, session or token is not valid.
        public static let unauthenticated = Code("unauthenticated")
        /// The password is right and a code of the second factor is needed too.
        public static let secondFactorRequired = Code("second_factor_required")
        /// The actor's role does not allow it, or their assignment does not.
        public static let forbidden = Code("forbidden")
        /// The tenant has no such thing.
        ///
        /// Things of other tenants are never found.
        public static let notFound = Code("not_found")
        /// It does not fit the present state: changed meanwhile, already sold, still in use, or a key used twice.
        public static let conflict = Code("conflict")
        /// A name or code that must be unique is taken.
        public static let duplicate = Code("duplicate")
        /// Too many attempts; try again later.
        public static let throttled = Code("throttled")
        /// The work was claimed by another worker in the meantime.
        public static let leaseLost = Code("lease_lost")
        /// What is stored is damaged, or what was to be stored contradicts it; trying again does not help, and nothing was
        /// changed.
        public static let corrupt = Code("corrupt")
        /// The store or the machine can not do it now; nothing was changed.
        public static let unavailable = Code("unavailable")

        /// The machine-readable name.
        public var description: String { name }
    }

    /// What kind of refusal it is.
    public let code: Code
    /// The input at fault, in the words of the programming interface (`quantity`, `price`), where there is one.
    public let field: String?
    /// What is wrong and what to do about it.
    public let message: String
    /// What lay underneath, for logs and not for the reader; nil where nothing did.
    public let cause: String?

    /// A refusal of the given kind.
    public init(_ code: Code, field: String? = nil, _ message: String, cause: String? = nil) {
        self.code = code
        self.field = field
        self.message = message
        self.cause = cause
    }
}

extension BillingError: CustomStringConvertible {
    /// `BillingError.<code> (<field>): <message> [<cause>]`.
    public var description: String {
        "BillingError.\(code)\(field.map { " (\($0))" } ?? ""): \(message)\(cause.map { " [\($0)]" } ?? "")"
    }
}

extension BillingError {
    static func invalid(_ field: String, _ message: String) -> BillingError {
        BillingError(.invalidInput, field: field, message)
    }

    static func notFound(_ kind: String, field: String? = nil) -> BillingError {
        BillingError(.notFound, field: field, "There is no such \(kind) here. Check its identifier.")
    }
}
