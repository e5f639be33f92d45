/// Two values written `a/b`, one for each direction, named as the router sees them.
///
/// **rx is what the router receives: the client's upload. tx is what it transmits: the client's download.** So
/// `512k/1M` is 512k up and 1M down (manual: "IP Hotspot User Profile", `rate-limit`; "Queues", `max-limit`).
///
/// The one exception: `bytes` and `packets` of `/ppp/active` are printed transmitted-first (manual: "PPP AAA"). Read
/// those with ``init(transmittedFirst:)``; taking them for rx/tx bills uploads as downloads.
public struct RxTxPair<Value: RouterOSValue>: RouterOSValue, CustomStringConvertible {
    /// What the router receives: the client's upload.
    public var rx: Value
    /// What the router transmits: the client's download.
    public var tx: Value

    /// Makes a pair.
    @inlinable
    public init(rx: Value, tx: Value) {
        self.rx = rx
        self.tx = tx
    }

    /// Makes a pair of one value for both directions.
    public init(both value: Value) { self.init(rx: value, tx: value) }

    /// Reads `rx/tx`, both there, one slash between them; so halves that are text hold no slash themselves.
    @inlinable
    public init?(routerOS bytes: Span<UInt8>) {
        let slash = UInt8(ascii: "/")
        guard let split = bytes.firstIndex(of: slash), bytes.firstIndex(of: slash, from: split + 1) == nil,
            let rx = Value(routerOS: bytes.extracting(..<split)),
            let tx = Value(routerOS: bytes.extracting((split + 1)...))
        else { return nil }
        self.init(rx: rx, tx: tx)
    }

    /// Reads `tx/rx`, as `/ppp/active` prints its counters.
    @inlinable
    public init?(transmittedFirst bytes: Span<UInt8>) {
        guard let pair = RxTxPair(routerOS: bytes) else { return nil }
        self.init(rx: pair.tx, tx: pair.rx)
    }

    /// Appends `rx/tx`.
    @inlinable
    public func writeRouterOS(to bytes: inout [UInt8]) {
        rx.writeRouterOS(to: &bytes)
        bytes.append(UInt8(ascii: "/"))
        tx.writeRouterOS(to: &bytes)
    }

    /// As of `Value`.
    @inlinable public static var holdsText: Bool { Value.holdsText }
}
