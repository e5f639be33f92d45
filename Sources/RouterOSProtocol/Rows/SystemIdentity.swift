/// The record of `/system/identity`: the name an administrator gave the router.
public struct SystemIdentity: RouterOSRow, Hashable {
    /// The menu.
    public static let menu = "/system/identity"
    /// What a print asks for.
    public static let properties = ["name"]

    /// The router's name.
    public let name: String

    /// Reads the record.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        name = try row.required("name")
    }
}
