public import RouterOSProtocol

/// A row of `/queue/simple`: a speed limit for addresses or interfaces.
///
/// The first of a pair is the target's upload. Rows that a hotspot or PPP profile made are `dynamic` and cannot be
/// changed. Order matters: the first row that fits counts.
public struct SimpleQueue: WritableMappedRow {
    /// The menu.
    public static let menu = "/queue/simple"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name = ""
    /// What is limited: prefixes or interfaces.
    public var target: RouterOSList<String>?
    /// Where its traffic must go to count, a prefix or an interface.
    public var destination: String?
    /// The queue that this one is part of, or `none`.
    public var parent: String?
    /// The marks that packets must have to count.
    public var packetMarks: RouterOSList<String>?
    /// Who goes first below the same parent, 1 (first) to 8.
    public var priority: RxTxPair<Int>?
    /// The kinds of queue.
    public var queue: RxTxPair<String>?
    /// The speed that is guaranteed.
    public var limitAt: RxTxPair<BitRate>?
    /// The speed that is allowed.
    public var maxLimit: RxTxPair<BitRate>?
    /// The speed that is allowed for a while.
    public var burstLimit: RxTxPair<BitRate>?
    /// The average below which a burst may begin.
    public var burstThreshold: RxTxPair<BitRate>?
    /// Over how long that average is taken.
    public var burstTime: RxTxPair<Duration>?
    /// How much may be saved up, as a share of the speed.
    public var bucketSize: RxTxPair<String>?
    /// When it counts.
    public var time: String?
    /// The kind of queue of both directions together.
    public var totalQueue: String?
    /// As `priority`, for both directions together.
    public var totalPriority: Int?
    /// As `limit-at`, for both directions together.
    public var totalLimitAt: BitRate?
    /// As `max-limit`, for both directions together.
    public var totalMaxLimit: BitRate?
    /// As `burst-limit`, for both directions together.
    public var totalBurstLimit: BitRate?
    /// As `burst-threshold`, for both directions together.
    public var totalBurstThreshold: BitRate?
    /// As `burst-time`, for both directions together.
    public var totalBurstTime: Duration?
    /// As `bucket-size`, for both directions together.
    public var totalBucketSize: String?
    /// Bytes that passed.
    public private(set) var bytes: RxTxPair<UInt64>?
    /// Packets that passed.
    public private(set) var packets: RxTxPair<UInt64>?
    /// Packets that were dropped.
    public private(set) var dropped: RxTxPair<UInt64>?
    /// The speed now.
    public private(set) var rate: RxTxPair<BitRate>?
    /// Packets a second now.
    public private(set) var packetRate: RxTxPair<UInt64>?
    /// Bytes that wait.
    public private(set) var queuedBytes: RxTxPair<UInt64>?
    /// Packets that wait.
    public private(set) var queuedPackets: RxTxPair<UInt64>?
    /// How many streams its kind of queue tells apart now, where it is `pcq`; as the router writes it.
    public private(set) var pcqQueues: String?
    /// Whether the router made it by itself.
    public private(set) var dynamic: Bool?
    /// Whether the router cannot use it as it is configured.
    public private(set) var invalid: Bool?
    /// Whether it does not count.
    public var disabled: Bool?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.required("name", &name)
        try attributes.value("target", &target)
        try attributes.value("dst", &destination)
        try attributes.value("parent", &parent)
        try attributes.value("packet-marks", &packetMarks)
        try attributes.value("priority", &priority)
        try attributes.value("queue", &queue)
        try attributes.value("limit-at", &limitAt)
        try attributes.value("max-limit", &maxLimit)
        try attributes.value("burst-limit", &burstLimit)
        try attributes.value("burst-threshold", &burstThreshold)
        try attributes.value("burst-time", &burstTime)
        try attributes.value("bucket-size", &bucketSize)
        try attributes.value("time", &time)
        try attributes.value("total-queue", &totalQueue)
        try attributes.value("total-priority", &totalPriority)
        try attributes.value("total-limit-at", &totalLimitAt)
        try attributes.value("total-max-limit", &totalMaxLimit)
        try attributes.value("total-burst-limit", &totalBurstLimit)
        try attributes.value("total-burst-threshold", &totalBurstThreshold)
        try attributes.value("total-burst-time", &totalBurstTime)
        try attributes.value("total-bucket-size", &totalBucketSize)
        try attributes.factOnRequest("bytes", &bytes)
        try attributes.factOnRequest("packets", &packets)
        try attributes.factOnRequest("dropped", &dropped)
        try attributes.factOnRequest("rate", &rate)
        try attributes.factOnRequest("packet-rate", &packetRate)
        try attributes.factOnRequest("queued-bytes", &queuedBytes)
        try attributes.factOnRequest("queued-packets", &queuedPackets)
        try attributes.factOnRequest("pcq-queues", &pcqQueues)
        try attributes.fact("dynamic", &dynamic)
        try attributes.fact("invalid", &invalid)
        try attributes.value("disabled", &disabled)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<SimpleQueue, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `dst`.
    public static var destination: Self { Self("dst") }
    /// `parent`.
    public static var parent: Self { Self("parent") }
    /// `time`.
    public static var time: Self { Self("time") }
    /// `total-queue`.
    public static var totalQueue: Self { Self("total-queue") }
    /// `total-bucket-size`.
    public static var totalBucketSize: Self { Self("total-bucket-size") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<SimpleQueue, RouterOSList<String>> {
    /// `target`.
    public static var target: Self { Self("target") }
    /// `packet-marks`.
    public static var packetMarks: Self { Self("packet-marks") }
}

extension AttributeKey<SimpleQueue, RxTxPair<Int>> {
    /// `priority`.
    public static var priority: Self { Self("priority") }
}

extension AttributeKey<SimpleQueue, RxTxPair<String>> {
    /// `queue`.
    public static var queue: Self { Self("queue") }
    /// `bucket-size`.
    public static var bucketSize: Self { Self("bucket-size") }
}

extension AttributeKey<SimpleQueue, RxTxPair<BitRate>> {
    /// `limit-at`.
    public static var limitAt: Self { Self("limit-at") }
    /// `max-limit`.
    public static var maxLimit: Self { Self("max-limit") }
    /// `burst-limit`.
    public static var burstLimit: Self { Self("burst-limit") }
    /// `burst-threshold`.
    public static var burstThreshold: Self { Self("burst-threshold") }
    /// `rate`.
    public static var rate: Self { Self("rate") }
}

extension AttributeKey<SimpleQueue, RxTxPair<Duration>> {
    /// `burst-time`.
    public static var burstTime: Self { Self("burst-time") }
}

extension AttributeKey<SimpleQueue, Int> {
    /// `total-priority`.
    public static var totalPriority: Self { Self("total-priority") }
}

extension AttributeKey<SimpleQueue, BitRate> {
    /// `total-limit-at`.
    public static var totalLimitAt: Self { Self("total-limit-at") }
    /// `total-max-limit`.
    public static var totalMaxLimit: Self { Self("total-max-limit") }
    /// `total-burst-limit`.
    public static var totalBurstLimit: Self { Self("total-burst-limit") }
    /// `total-burst-threshold`.
    public static var totalBurstThreshold: Self { Self("total-burst-threshold") }
}

extension AttributeKey<SimpleQueue, Duration> {
    /// `total-burst-time`.
    public static var totalBurstTime: Self { Self("total-burst-time") }
}

extension AttributeKey<SimpleQueue, RxTxPair<UInt64>> {
    /// `bytes`.
    public static var bytes: Self { Self("bytes") }
    /// `packets`.
    public static var packets: Self { Self("packets") }
    /// `dropped`.
    public static var dropped: Self { Self("dropped") }
    /// `packet-rate`.
    public static var packetRate: Self { Self("packet-rate") }
    /// `queued-bytes`.
    public static var queuedBytes: Self { Self("queued-bytes") }
    /// `queued-packets`.
    public static var queuedPackets: Self { Self("queued-packets") }
}

extension AttributeKey<SimpleQueue, Bool> {
    /// `dynamic`.
    public static var dynamic: Self { Self("dynamic") }
    /// `invalid`.
    public static var invalid: Self { Self("invalid") }
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
