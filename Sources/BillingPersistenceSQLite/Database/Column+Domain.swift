import BillingDomain
import BillingPersistence

extension Timestamp: Column {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        microsecondsSince1970.bind(to: statement, at: index)
    }

    init(_ statement: Statement, _ index: Int32) throws {
        self.init(microsecondsSince1970: try Int64(statement, index))
    }
}

extension Duration: Column {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        wholeMicroseconds.bind(to: statement, at: index)
    }

    init(_ statement: Statement, _ index: Int32) throws {
        self = .microseconds(try Int64(statement, index))
    }
}

extension ByteQuota: Column {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        bytes.bind(to: statement, at: index)
    }

    init(_ statement: Statement, _ index: Int32) throws {
        try self.init(bytes: try Int64(statement, index))
    }
}

/// A value that a column keeps as its text.
protocol TextColumn: Column {
    var columnText: String { get }
    init?(columnText: String)
}

extension TextColumn {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        columnText.bind(to: statement, at: index)
    }

    init(_ statement: Statement, _ index: Int32) throws {
        let text = try String(statement, index)
        guard let value = Self(columnText: text) else { throw PersistenceError.unreadable("\(Self.self)") }
        self = value
    }
}

extension TextColumn where Self: LosslessStringConvertible {
    var columnText: String { description }
    init?(columnText: String) { self.init(columnText) }
}

extension TextColumn where Self: RawRepresentable, RawValue == String {
    var columnText: String { rawValue }
    init?(columnText: String) { self.init(rawValue: columnText) }
}

extension Currency: TextColumn {}
extension BillingDomain.Actor: TextColumn {}
extension Account: TextColumn {}
extension Role: TextColumn {}
extension RouterStatus: TextColumn {}
extension CommercialState: TextColumn {}
extension AccessState: TextColumn {}
extension ProvisioningState: TextColumn {}
extension ActivationEvidence: TextColumn {}
