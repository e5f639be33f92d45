/// The record of `/system/identity`: the name an administrator gave the router.
public struct SystemIdentity: RouterOSSettings, Hashable {
    /// The menu.
    public static let menu = "/system/identity"
    /// What a print asks for.
    public static let properties = ["name"]

    /// The router's name.
    public var name: String

    /// Makes a record to be written.
    public init(name: String) { self.name = name }

    /// Reads the record.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        name = try row.required("name")
    }

    /// Sets the name.
    public func write(to attributes: inout Attributes) {
        attributes["name"] = name
    }
}
