/// Who logs in to a router.
///
/// Neither printing nor reflecting it shows the password.
public struct Credentials: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The user's name.
    public let user: String
    package let password: String

    private init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    /// A user of the router with a password.
    public static func user(_ name: String, password: String) -> Credentials {
        Credentials(user: name, password: password)
    }

    /// The user's name, without the password.
    public var description: String { "user \"\(user)\"" }

    /// The user's name, without the password.
    public var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}
