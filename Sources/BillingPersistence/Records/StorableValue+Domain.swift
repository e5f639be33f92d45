public import BillingDomain

extension Identifier: StorableValue {
    /// An identity.
    public static var columnKind: ColumnKind { .identity }

    /// The two halves.
    public var storeValue: StoreValue { .identity(high, low) }

    /// Reads an identity.
    public init(storeValue: StoreValue) throws {
        guard case .identity(let high, let low) = storeValue else { throw PersistenceError.unreadable("identity") }
        self.init(high: high, low: low)
    }
}

extension Timestamp: StorableValue {
    /// A whole number.
    public static var columnKind: ColumnKind { .integer }

    /// Microseconds since 1970.
    public var storeValue: StoreValue { .integer(microsecondsSince1970) }

    /// Reads microseconds since 1970.
    public init(storeValue: StoreValue) throws {
        self.init(microsecondsSince1970: try Int64(storeValue: storeValue))
    }
}

extension Duration: StorableValue {
    /// A whole number.
    public static var columnKind: ColumnKind { .integer }

    /// Microseconds, rounded toward zero.
    public var storeValue: StoreValue { .integer(wholeMicroseconds) }

    /// Reads microseconds.
    public init(storeValue: StoreValue) throws { self = .microseconds(try Int64(storeValue: storeValue)) }
}

extension ByteQuota: StorableValue {
    /// A whole number.
    public static var columnKind: ColumnKind { .integer }

    /// Bytes.
    public var storeValue: StoreValue { .integer(bytes) }

    /// Reads bytes.
    public init(storeValue: StoreValue) throws { try self.init(bytes: try Int64(storeValue: storeValue)) }
}

extension Currency: StorableText {}
extension BillingDomain.Actor: StorableText {}
extension Account: StorableWord {}
extension Role: StorableWord {}
extension RouterStatus: StorableWord {}
extension CommercialState: StorableWord {}
extension AccessState: StorableWord {}
extension DocumentStatus: StorableWord {}
extension ProvisioningState: StorableWord {}
extension ActivationEvidence: StorableWord {}
