/// A tenant's settings: what was set, and the defaults for the rest.
///
/// Values are stored as text. A name that this version does not know is kept, so that a newer version's settings survive,
/// and refused on writing; a stored value that is not allowed any more counts as not set.
public struct Settings: Hashable, Sendable {
    /// The tenant.
    public let tenant: Identifier<Tenant>

    /// What was set, by name, in the form that is stored.
    public private(set) var values: [String: String]

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates settings with nothing set, or recreates stored ones.
    public init(tenant: Identifier<Tenant>, values: [String: String] = [:], revision: Int64 = 1) {
        self.tenant = tenant
        self.values = values
        self.revision = revision
    }

    /// The value of a setting.
    public subscript<Value>(key: SettingKey<Value>) -> Value {
        guard let stored = values[key.definition.name], let text = key.definition.normalized(stored) else {
            return key.fallback
        }
        return key.read(text) ?? key.fallback
    }

    /// The value of a setting as text; the default where none was set, `nil` for a name that is not known.
    public func text(_ name: String) -> String? {
        guard let definition = Self.definition(name) else { return nil }
        return values[name].flatMap { definition.normalized($0) } ?? definition.standard
    }

    /// Sets a value.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue``, which names the setting and what is allowed.
    public mutating func set<Value>(_ key: SettingKey<Value>, to value: Value) throws(DomainError) {
        try set(key.definition.name, to: key.write(value))
    }

    /// Sets a value given as text.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a name that is not known, and for a value that
    ///   is not allowed.
    public mutating func set(_ name: String, to text: String) throws(DomainError) {
        guard let definition = Self.definition(name) else {
            throw DomainError(.invalidValue, field: name, "There is no setting of this name.")
        }
        guard let value = definition.normalized(text) else {
            throw DomainError(.invalidValue, field: name, definition.rule)
        }
        values[name] = value
    }

    /// Gives a setting its default again; names that are not known are left alone.
    public mutating func reset(_ name: String) {
        if Self.definition(name) != nil { values[name] = nil }
    }

    /// What is stored under names that this version does not know.
    public var unknownNames: [String] { values.keys.filter { Self.definition($0) == nil }.sorted() }

    /// The definition of a setting.
    public static func definition(_ name: String) -> SettingDefinition? { byName[name] }

    private static let byName = Dictionary(
        definitions.map { ($0.name, $0) },
        uniquingKeysWith: { first, _ in first }
    )
}
