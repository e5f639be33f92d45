public import RouterOSProtocol

/// A ``MappedRow`` that is the one record of its menu.
public protocol MappedSettings: MappedRow, RouterOSSettings {}

extension MappedSettings {
    /// Sets every attribute that has a value and can be written.
    public func write(to attributes: inout Attributes) {
        attributes = written(with: WritingMapper(attributes))
    }
}
