public import RouterOSProtocol

/// A row of `/file`: a file or a folder on the router.
///
/// Contents are not asked for: see ``RouterOSCommands/contents(of:limit:)``.
public struct RouterFile: WritableMappedRow {
    /// The menu.
    public static let menu = "/file"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The path, without a slash in front.
    public var name = ""
    /// What it is: `directory`, `backup`, `.txt file` and others.
    public private(set) var type: String?
    /// How long it is.
    public private(set) var size: ByteCount?
    /// When it was made or changed, by the router's clock; before 7.16.
    public private(set) var creationTime: LocalDateTime?
    /// When it was changed, by the router's clock.
    public private(set) var lastModified: LocalDateTime?
    /// The text of a small file; see ``RouterOSCommands/contents(of:limit:)`` for others.
    public var contents: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.required("name", &name)
        try attributes.fact("type", &type)
        try attributes.fact("size", &size)
        try attributes.fact("creation-time", &creationTime)
        try attributes.fact("last-modified", &lastModified)
        try attributes.valueOnRequest("contents", &contents)
    }
}

extension AttributeKey<RouterFile, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `type`.
    public static var type: Self { Self("type") }
    /// `contents`.
    public static var contents: Self { Self("contents") }
}

extension AttributeKey<RouterFile, ByteCount> {
    /// `size`.
    public static var size: Self { Self("size") }
}

extension AttributeKey<RouterFile, LocalDateTime> {
    /// `creation-time`.
    public static var creationTime: Self { Self("creation-time") }
    /// `last-modified`.
    public static var lastModified: Self { Self("last-modified") }
}
