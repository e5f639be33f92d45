extension Timestamp: Codable {
    /// Reads microseconds since 1970.
    public init(from decoder: any Decoder) throws {
        self.init(microsecondsSince1970: try decoder.singleValueContainer().decode(Int64.self))
    }

    /// Writes microseconds since 1970.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microsecondsSince1970)
    }
}
