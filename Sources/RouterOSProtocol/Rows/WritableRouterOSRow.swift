/// A row that can be written, addressed by a key that people know it by.
///
/// Rows describe themselves, in a debugger and in `dump` too, by their menu, their id and the attributes they write, values
/// that hold secrets left out. A conformer that is given a description of its own takes that care itself.
public protocol WritableRouterOSRow: RouterOSRow, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The attribute that names a row, unique in the menu.
    static var key: String { get }
    /// The id, once the row has been read from a router.
    var id: ItemID? { get }
    /// Sets every attribute that has a value and can be written; what is nil is not sent, so that the router keeps what it
    /// has.
    func write(to attributes: inout Attributes)
}

extension WritableRouterOSRow {
    /// The menu, the id and the attributes that are written on one line, values that hold secrets left out.
    public var description: String { described { _ in } }

    /// As `description`.
    public var debugDescription: String { description }

    /// The row as its description has it.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: [description]) }

    /// The description with attributes that are only read behind the others.
    func described(reading: (inout Attributes) -> Void) -> String {
        var attributes = Attributes()
        attributes.set(".id", to: id)
        write(to: &attributes)
        reading(&attributes)
        return Self.menu + " " + attributes.description
    }
}
