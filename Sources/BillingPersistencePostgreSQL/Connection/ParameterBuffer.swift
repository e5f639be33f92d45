import BillingPersistence

/// The values of a statement in PostgreSQL's binary format, one after the other.
struct ParameterBuffer {
    /// The bytes of all values.
    private(set) var bytes: [UInt8] = []
    /// Where the value of each place lies; `nil` for nothing.
    private(set) var places: [Range<Int>?] = []

    /// Values for the places of a statement.
    init(_ values: [StoreValue] = []) {
        places.reserveCapacity(values.count)
        for value in values { append(value) }
    }

    /// Gives the next place a value.
    mutating func append(_ value: StoreValue) {
        let start = bytes.count
        bytes.append(binary: value)
        places.append(value.isNull ? nil : start..<bytes.count)
    }

    /// Gives the next place an array of values of one kind.
    mutating func append(array values: some Collection<StoreValue>, of kind: ColumnKind) {
        let start = bytes.count
        bytes.append(bigEndian: Int32(1))
        bytes.append(bigEndian: Int32(values.contains(where: \.isNull) ? 1 : 0))
        bytes.append(bigEndian: kind.typeIdentifier)
        bytes.append(bigEndian: Int32(clamping: values.count))
        bytes.append(bigEndian: Int32(1))
        for value in values {
            let place = bytes.count
            bytes.append(bigEndian: Int32(-1))
            guard !value.isNull else { continue }
            bytes.append(binary: value)
            let length = UInt32(truncatingIfNeeded: bytes.count - place - 4)
            for (index, shift) in [24, 16, 8, 0].enumerated() {
                bytes[place + index] = UInt8(truncatingIfNeeded: length >> UInt32(shift))
            }
        }
        places.append(start..<bytes.count)
    }

    /// Lends what libpq wants: where each value is, how long it is, and that it is binary.
    func withPointers<Result>(
        _ body: (
            _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
            _ formats: UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        let lengths = places.map { Int32(clamping: $0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: places.count)
        // One byte more, so that even an empty value has an address.
        return (bytes + [0]).withUnsafeBytes { buffer in
            let start = buffer.assumingMemoryBound(to: CChar.self).baseAddress
            let values = places.map { place in place.flatMap { range in start.map { $0 + range.lowerBound } } }
            return values.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(Int32(places.count), values.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}

extension ColumnKind {
    /// What PostgreSQL's catalogue calls the type.
    var typeIdentifier: UInt32 {
        switch self {
        case .integer: 20
        case .real: 701
        case .text: 25
        case .bytes: 17
        case .identity: 2950
        }
    }

    /// The type of an array of it.
    var arrayType: String {
        switch self {
        case .integer: "bigint[]"
        case .real: "double precision[]"
        case .text: "text[]"
        case .bytes: "bytea[]"
        case .identity: "uuid[]"
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    fileprivate mutating func append(binary value: StoreValue) {
        switch value {
        case .null: break
        case .integer(let value): append(bigEndian: value)
        case .real(let value): append(bigEndian: value.bitPattern)
        case .text(let value): append(contentsOf: StoredText.encode(value))
        case .bytes(let value): append(contentsOf: value)
        case .identity(let high, let low):
            append(bigEndian: high)
            append(bigEndian: low)
        }
    }
}
