public import RouterOSProtocol

/// What is done with the attributes of a ``MappedRow``: read, write, or list them.
///
/// Conformers are in this module; a row only calls the verbs below.
public protocol AttributeMapper {
    /// What can go wrong: `RouterOSError` when reading, nothing otherwise.
    associatedtype Failure: Error
    /// Handles one attribute.
    mutating func map<Value: RouterOSValue>(_ attribute: MappedAttribute, _ value: inout Value?) throws(Failure)
}

extension AttributeMapper {
    /// The id of the row.
    public mutating func id(_ id: inout ItemID?) throws(Failure) {
        try map(MappedAttribute(".id", isWritable: false), &id)
    }

    /// An attribute that every row has, and that can be written; written when it is not empty.
    public mutating func required(_ name: String, _ value: inout String) throws(Failure) {
        try map(MappedAttribute(name, isRequired: true), required: &value)
    }

    /// An attribute that every row has, and that only the router sets.
    public mutating func requiredFact(_ name: String, _ value: inout String) throws(Failure) {
        try map(MappedAttribute(name, isWritable: false, isRequired: true), required: &value)
    }

    /// An attribute that can be written.
    public mutating func value<Value: RouterOSValue>(
        _ name: String,
        _ value: inout Value?,
        since version: RouterOSVersion? = nil
    ) throws(Failure) {
        try map(MappedAttribute(name, since: version), &value)
    }

    /// An attribute that can be written, and that a print asks for only when told to.
    public mutating func valueOnRequest<Value: RouterOSValue>(
        _ name: String,
        _ value: inout Value?,
        since version: RouterOSVersion? = nil
    ) throws(Failure) {
        try map(MappedAttribute(name, isAskedFor: false, since: version), &value)
    }

    /// An attribute that only the router sets.
    public mutating func fact<Value: RouterOSValue>(
        _ name: String,
        _ value: inout Value?,
        since version: RouterOSVersion? = nil
    ) throws(Failure) {
        try map(MappedAttribute(name, isWritable: false, since: version), &value)
    }

    /// An attribute that only the router sets, and that a print asks for only when told to.
    public mutating func factOnRequest<Value: RouterOSValue>(
        _ name: String,
        _ value: inout Value?,
        since version: RouterOSVersion? = nil
    ) throws(Failure) {
        try map(MappedAttribute(name, isWritable: false, isAskedFor: false, since: version), &value)
    }

    private mutating func map(_ attribute: MappedAttribute, required value: inout String) throws(Failure) {
        var found: String? = value.isEmpty ? nil : value
        try map(attribute, &found)
        value = found ?? value
    }
}
