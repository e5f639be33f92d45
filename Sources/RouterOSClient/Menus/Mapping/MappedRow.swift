public import RouterOSProtocol

/// A row that says once which attributes it has; how it is asked for, read, written and described follows from that.
///
/// This is the shortest way to give a menu a type of one's own:
///
/// ```swift
/// struct DHCPLease: WritableMappedRow {
///     static let menu = "/ip/dhcp-server/lease"
///     static let key = "mac-address"
///
///     var id: ItemID?
///     var macAddress: MACAddress?
///     var address: IPAddress?
///     private(set) var status: String?
///
///     init() {}
///
///     mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
///         try attributes.id(&id)
///         try attributes.value("mac-address", &macAddress)
///         try attributes.value("address", &address)
///         try attributes.fact("status", &status)
///     }
/// }
/// ```
///
/// Attributes are mapped in the order in which routers send them, which makes reading quickest. An attribute that a row
/// does not have is nil.
public protocol MappedRow: RouterOSRow, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// Makes a row in which nothing is set.
    init()
    /// Hands every attribute to `attributes`, which reads it, writes it, or asks for its name.
    mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure)
}

extension MappedRow {
    /// Makes a row and sets what `build` sets.
    ///
    /// ```swift
    /// let queue = SimpleQueue { $0.name = "office"; $0.maxLimit = RxTxPair(both: .megabits(10)) }
    /// ```
    public init(_ build: (inout Self) -> Void) {
        self.init()
        build(&self)
    }

    /// Reads a row.
    public init(_ row: inout RowReader) throws(RouterOSError) {
        self.init()
        var mapper = ReadingMapper(row: row)
        defer { row = mapper.row }
        try map(&mapper)
    }

    /// What a print asks for: every attribute that costs the router little.
    public static var properties: [String] { attributes.filter(\.isAskedFor).map(\.name) }

    /// Every attribute of the type, in its order.
    public static var attributes: [MappedAttribute] {
        var mapper = ListingMapper()
        var row = Self()
        row.map(&mapper)
        return mapper.attributes
    }

    /// Whether routers of a version have an attribute of this type.
    ///
    /// False for names that the type does not have. Known of the versions 7.9, 7.10.2, 7.12.2, 7.14.3, 7.16, 7.18.2,
    /// 7.20, 7.22 and 7.24: an attribute that came between two of them counts from the later one.
    public static func supports(_ attribute: String, on version: RouterOSVersion) -> Bool {
        attributes.contains { known in
            known.name == attribute && (known.since.map { $0 <= version } ?? true)
        }
    }

    /// The menu and every attribute that is set on one line, values that hold secrets left out.
    public var description: String {
        Self.menu + " " + written(with: WritingMapper(writesFacts: true)).description
    }

    /// As `description`.
    public var debugDescription: String { description }

    /// The row as its description has it.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: [description]) }

    func written(with mapper: WritingMapper) -> Attributes {
        var mapper = mapper
        var row = self
        row.map(&mapper)
        return mapper.written
    }
}
