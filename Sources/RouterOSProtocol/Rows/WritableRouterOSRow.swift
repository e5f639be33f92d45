/// A row that can be written, addressed by a key that people know it by.
public protocol WritableRouterOSRow: RouterOSRow {
    /// The attribute that names a row, unique in the menu.
    static var key: String { get }
    /// The id, once the row has been read from a router.
    var id: ItemID? { get }
    /// Sets every attribute that has a value; those that are nil are left to the router.
    func write(to attributes: inout Attributes)
}
