/// How a router fares, as it says itself; what it does not tell is `nil`.
public struct RouterVitals: Hashable, Sendable {
    /// How busy its processor is, in percent.
    public var cpuLoad: Int?
    /// Memory not in use, in bytes.
    public var freeMemory: Int64?
    /// Memory in all, in bytes.
    public var totalMemory: Int64?
    /// Storage not in use, in bytes.
    public var freeStorage: Int64?
    /// Storage in all, in bytes.
    public var totalStorage: Int64?
    /// The model.
    public var boardName: String?
    /// The processor's architecture, such as `arm64`.
    public var architecture: String?
    /// The hottest of its sensors, in degrees Celsius.
    public var temperature: Double?
    /// The voltage it runs on, in volts.
    public var voltage: Double?

    /// Vitals of which any may be unknown.
    public init(
        cpuLoad: Int? = nil,
        freeMemory: Int64? = nil,
        totalMemory: Int64? = nil,
        freeStorage: Int64? = nil,
        totalStorage: Int64? = nil,
        boardName: String? = nil,
        architecture: String? = nil,
        temperature: Double? = nil,
        voltage: Double? = nil
    ) {
        self.cpuLoad = cpuLoad
        self.freeMemory = freeMemory
        self.totalMemory = totalMemory
        self.freeStorage = freeStorage
        self.totalStorage = totalStorage
        self.boardName = boardName
        self.architecture = architecture
        self.temperature = temperature
        self.voltage = voltage
    }
}

extension RouterVitals {
    /// These with what they leave open taken from an earlier reading: the sensors are not read every time.
    public func filled(from earlier: RouterVitals) -> RouterVitals {
        RouterVitals(
            cpuLoad: cpuLoad ?? earlier.cpuLoad,
            freeMemory: freeMemory ?? earlier.freeMemory,
            totalMemory: totalMemory ?? earlier.totalMemory,
            freeStorage: freeStorage ?? earlier.freeStorage,
            totalStorage: totalStorage ?? earlier.totalStorage,
            boardName: boardName ?? earlier.boardName,
            architecture: architecture ?? earlier.architecture,
            temperature: temperature ?? earlier.temperature,
            voltage: voltage ?? earlier.voltage
        )
    }

    /// Whether they differ from others by more than what goes up and down all the time: 25 points of load, a tenth of the
    /// memory or the storage, five degrees, a volt, or anything about what the router is.
    public func differsNoticeably(from other: RouterVitals) -> Bool {
        boardName != other.boardName || architecture != other.architecture || totalMemory != other.totalMemory
            || totalStorage != other.totalStorage
            || Self.differ(cpuLoad.map(Double.init), other.cpuLoad.map(Double.init), by: 25)
            || Self.differ(freeMemory.map(Double.init), other.freeMemory.map(Double.init), by: Self.tenth(totalMemory))
            || Self.differ(
                freeStorage.map(Double.init),
                other.freeStorage.map(Double.init),
                by: Self.tenth(totalStorage)
            )
            || Self.differ(temperature, other.temperature, by: 5) || Self.differ(voltage, other.voltage, by: 1)
    }

    private static func tenth(_ whole: Int64?) -> Double { Double(whole ?? 0) / 10 }

    private static func differ(_ one: Double?, _ other: Double?, by step: Double) -> Bool {
        guard let one, let other else { return (one == nil) != (other == nil) }
        return abs(one - other) > step
    }
}
