import CAllocationCounter

/// What one operation of a workload costs.
public struct Measurement: Sendable {
    /// The workload's name.
    public let name: String
    /// Wall-clock time of one operation in nanoseconds: the median of the samples.
    public let nanoseconds: Double
    /// Heap allocations of one operation: the mean over one sample.
    public let allocations: Double
    /// Bytes of the wire that one operation reads or writes.
    public let bytes: Int

    /// Runs `workload` until `samples` samples of at least `sampleTime` are taken, after a warm-up that is not counted.
    ///
    /// - Parameters:
    ///   - workload: what to run.
    ///   - samples: an odd number makes the median one of the samples; at least 1.
    ///   - sampleTime: how long a sample runs at least; shorter ones measure the clock.
    /// - Throws: what the workload throws.
    public init(
        of workload: Workload,
        samples: Int = 7,
        sampleTime: Duration = .milliseconds(100)
    ) throws {
        let clock = ContinuousClock()
        var passes = 1
        while true {
            let time = try clock.measure { try Self.run(workload, passes: passes) }
            if time >= sampleTime { break }
            passes *= 2
        }
        let operations = Double(passes * workload.operations)

        var times: [Double] = []
        for _ in 0..<max(1, samples) {
            let time = try clock.measure { try Self.run(workload, passes: passes) }
            times.append(time / .nanoseconds(1) / operations)
        }
        times.sort()

        let before = allocation_count()
        try Self.run(workload, passes: passes)
        let after = allocation_count()

        name = workload.name
        nanoseconds = times[times.count / 2]
        allocations = Double(after - before) / operations
        bytes = workload.bytesPerOperation
    }

    private static func run(_ workload: Workload, passes: Int) throws {
        for _ in 0..<passes { benchmark_consume(Int64(try workload.pass())) }
    }
}

extension Measurement {
    /// The measurement as one JSON object on one line.
    public var json: String {
        """
        {"name": "\(name)", "ns_per_op": \(Self.decimal(nanoseconds, places: 1)), \
        "allocs_per_op": \(Self.decimal(allocations, places: 3)), "bytes_per_op": \(bytes)}
        """
    }

    /// A number with exactly `places` digits after the point.
    public static func decimal(_ value: Double, places: Int) -> String {
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        // Values here are never negative; `rounded()` would need the maths library, which nothing else here links.
        let scaled = Int(value * Double(scale) + 0.5)
        guard places > 0 else { return String(scaled) }
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
