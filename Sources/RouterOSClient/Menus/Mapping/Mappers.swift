import RouterOSProtocol

/// Reads attributes out of a row.
struct ReadingMapper: AttributeMapper {
    var row: RowReader

    mutating func map<Value: RouterOSValue>(
        _ attribute: MappedAttribute,
        _ value: inout Value?
    ) throws(RouterOSError) {
        value = attribute.isRequired ? try row.required(attribute.name) : try row.value(attribute.name)
    }
}

/// Writes the attributes that have a value.
struct WritingMapper: AttributeMapper {
    typealias Failure = Never

    var written = Attributes()
    var writesFacts = false

    init(writesFacts: Bool) { self.writesFacts = writesFacts }
    init(_ written: Attributes) { self.written = written }

    mutating func map<Value: RouterOSValue>(_ attribute: MappedAttribute, _ value: inout Value?) {
        guard attribute.isWritable || writesFacts, let value else { return }
        written.set(attribute.name, to: value)
    }
}

/// Lists attributes, whatever their values.
struct ListingMapper: AttributeMapper {
    typealias Failure = Never

    var attributes: [MappedAttribute] = []

    mutating func map<Value: RouterOSValue>(_ attribute: MappedAttribute, _ value: inout Value?) {
        attributes.append(attribute)
    }
}
