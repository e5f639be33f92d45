public import RouterOSProtocol

/// A ``MappedRow`` of a table whose rows can be written.
public protocol WritableMappedRow: MappedRow, WritableRouterOSRow {}

extension WritableMappedRow {
    /// Sets every attribute that has a value and can be written.
    public func write(to attributes: inout Attributes) {
        attributes = written(with: WritingMapper(attributes))
    }

    /// The menu and every attribute that is set on one line, values that hold secrets left out.
    public var description: String {
        Self.menu + " " + written(with: WritingMapper(writesFacts: true)).description
    }

    /// As `description`.
    public var debugDescription: String { description }

    /// The row as its description has it.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: [description]) }
}
