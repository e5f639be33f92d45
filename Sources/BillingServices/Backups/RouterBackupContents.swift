/// The file of a backup, and what it is encrypted with.
///
/// It holds the router's whole configuration, passwords and keys among it. Descriptions and dumps leave it out.
public struct RouterBackupContents: Hashable, Sendable {
    /// The file as the router made it.
    public let bytes: [UInt8]
    /// The password that `/system backup load` asks for.
    public let password: String
}

extension RouterBackupContents: CustomStringConvertible, CustomReflectable {
    /// How long the file is, nothing of it.
    public var description: String { "RouterBackupContents(\(bytes.count) bytes)" }
    /// How long the file is, nothing of it.
    public var customMirror: Mirror { Mirror(self, children: ["count": bytes.count]) }
}
