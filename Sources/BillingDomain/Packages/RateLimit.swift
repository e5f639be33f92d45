/// How fast a customer may send and receive, as a router's queue enforces it.
///
/// Directions are the router's, as in its own text: *rx* is what it receives from the customer, the upload; *tx* is what
/// it sends, the download. Rates are bits per second in decimal units, k = 1 000 and M = 1 000 000 (RouterOS manual,
/// “Rate Limiting” of the hotspot user profile).
public struct RateLimit: Hashable, Sendable {
    /// The highest rate of either direction, in bits per second: one terabit.
    public static let maximumRate: Int64 = 1_000_000_000_000

    /// A pair of rates.
    public struct Rates: Hashable, Sendable {
        /// Bits per second from the customer, the upload; zero for no limit.
        public let rx: Int64

        /// Bits per second to the customer, the download; zero for no limit.
        public let tx: Int64

        /// Creates a pair of rates.
        ///
        /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a rate below zero or above
        ///   ``RateLimit/maximumRate``.
        public init(rx: Int64, tx: Int64) throws(DomainError) {
            guard (0...RateLimit.maximumRate).contains(rx), (0...RateLimit.maximumRate).contains(tx) else {
                throw DomainError(.invalidValue, "A rate lies between 0, for no limit, and 1000 G.")
            }
            self.rx = rx
            self.tx = tx
        }
    }

    /// A higher rate for a short time.
    public struct Burst: Hashable, Sendable {
        /// The rates while the burst lasts.
        public let rates: Rates

        /// The average rates under which a burst may begin.
        public let threshold: Rates

        /// The seconds over which the average of what is received is taken, 1…3600.
        public let rxSeconds: Int

        /// The seconds over which the average of what is sent is taken, 1…3600.
        public let txSeconds: Int

        /// Creates a burst.
        ///
        /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a time outside 1…3600 s.
        public init(rates: Rates, threshold: Rates, rxSeconds: Int, txSeconds: Int) throws(DomainError) {
            guard (1...3600).contains(rxSeconds), (1...3600).contains(txSeconds) else {
                throw DomainError(.invalidValue, "A burst time lies between 1 and 3600 seconds.")
            }
            self.rates = rates
            self.threshold = threshold
            self.rxSeconds = rxSeconds
            self.txSeconds = txSeconds
        }
    }

    /// The lasting rates.
    public let rates: Rates

    /// The burst, if there is one.
    public let burst: Burst?

    /// Creates a limit.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` if neither direction is limited, or if a burst is
    ///   slower than the rate it lifts.
    public init(_ rates: Rates, burst: Burst? = nil) throws(DomainError) {
        guard rates.rx > 0 || rates.tx > 0 else {
            throw DomainError(.invalidValue, "A rate limit limits at least one direction; leave it out for none.")
        }
        if let burst {
            guard Self.isFaster(burst.rates.rx, than: rates.rx), Self.isFaster(burst.rates.tx, than: rates.tx) else {
                throw DomainError(.invalidValue, "A burst is at least as fast as the rate that it lifts.")
            }
        }
        self.rates = rates
        self.burst = burst
    }

    /// Creates a limit from bits per second; zero leaves a direction free.
    public init(rx: Int64, tx: Int64) throws(DomainError) {
        try self.init(Rates(rx: rx, tx: tx))
    }

    private static func isFaster(_ burst: Int64, than rate: Int64) -> Bool {
        burst == 0 || (rate != 0 && burst >= rate)
    }
}
