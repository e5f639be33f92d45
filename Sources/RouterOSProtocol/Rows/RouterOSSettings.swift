/// The one record of a menu that holds no table, such as `/system/identity`: read as a whole, changed in place.
public protocol RouterOSSettings: RouterOSRow {
    /// Sets every attribute that has a value and can be written; what is nil is not sent, so that the router keeps what
    /// it has.
    func write(to attributes: inout Attributes)
}
