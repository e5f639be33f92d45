/// A Swift type for the rows of one menu.
///
/// A conformer reads itself attribute by attribute, without a dictionary in between. Attributes a router did not send are
/// nil or the type's neutral value; an attribute of another shape than documented is an error that names it.
///
/// ```swift
/// struct Pool: RouterOSRow {
///     static let menu = "/ip/pool"
///     static let properties = [".id", "name", "ranges"]
///     let name: String
///     let ranges: RouterOSList<IPRange>?
///
///     init(_ row: inout RowReader) throws(RouterOSError) {
///         name = try row.required("name")
///         ranges = try row.value("ranges")
///     }
/// }
/// ```
public protocol RouterOSRow: RouterOSReadable {
    /// The menu that holds the rows, `/ip/hotspot/user`.
    static var menu: String { get }
    /// The attributes to ask for; the conformer needs no others.
    static var properties: [String] { get }
}
