/// What a gateway calls a payment.
public struct GatewayReference: Hashable, Sendable, LosslessStringConvertible, Codable {
    /// The identifier of the gateway, without `/`.
    public let gateway: String

    /// Its name for the payment.
    public let value: String

    /// Creates a reference; `nil` unless the gateway is 1 to 60 bytes without `/` and the name 1 to 200 bytes.
    public init?(gateway: String, value: String) {
        guard (1...60).contains(gateway.utf8.count), !gateway.utf8.contains(UInt8(ascii: "/")),
            (1...200).contains(value.utf8.count)
        else { return nil }
        self.gateway = gateway
        self.value = value
    }

    /// Reads `<gateway>/<value>`.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.init(gateway: String(parts[0]), value: String(parts[1]))
    }

    /// `<gateway>/<value>`.
    public var description: String { "\(gateway)/\(value)" }
}
