/// An HTTP request method, such as `GET`.
public struct HTTPMethod: RawRepresentable, Hashable, Sendable {
    /// The method's name as it stands on the wire; names are case-sensitive.
    public let rawValue: String

    /// Names a method.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Reads a resource; changes nothing.
    public static let get = HTTPMethod(rawValue: "GET")
    /// Like ``get``, answered without the body.
    public static let head = HTTPMethod(rawValue: "HEAD")
    /// Creates or acts.
    public static let post = HTTPMethod(rawValue: "POST")
    /// Replaces a resource.
    public static let put = HTTPMethod(rawValue: "PUT")
    /// Removes a resource.
    public static let delete = HTTPMethod(rawValue: "DELETE")
}
