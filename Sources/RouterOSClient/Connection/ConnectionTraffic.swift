/// What a connection has carried, its login and its signs of life included, without what TLS and TCP add.
public struct ConnectionTraffic: Sendable, Hashable {
    /// The bytes that were handed over to be sent.
    public internal(set) var bytesSent: UInt64 = 0
    /// The bytes that came.
    public internal(set) var bytesReceived: UInt64 = 0

    /// Makes a count of nothing.
    public init() {}
}
