import CAllocationCounter

/// What one operation of a workload costs, and what it costs in plain C.
public struct Measurement: Sendable {
    /// The workload's name.
    public let name: String
    /// Wall-clock time of one operation in nanoseconds: the median of the samples.
    public let nanoseconds: Double
    /// The same of the workload's limit; nil when it has none.
    public let limitNanoseconds: Double?
    /// How many times the limit's time the workload takes: the median over pairs of samples taken one after the other.
    public let ratio: Double?
    /// Heap allocations of one operation: the mean over one pass.
    public let allocations: Double
    /// The most heap that one pass holds at once.
    public let peakBytes: Int
    /// Bytes of the wire that one operation reads or writes.
    public let bytes: Int

    /// Samples `workload` and its limit by turns, after a warm-up that is not counted.
    ///
    /// A machine that others use is fast one moment and slow the next: taken by turns, both see the same of it.
    ///
    /// - Parameters:
    ///   - workload: what to run.
    ///   - samples: an odd number makes the median one of the samples; at least 1.
    ///   - sampleTime: how long a sample runs at least; shorter ones measure the clock.
    /// - Throws: what the workload throws.
    public init(
        of workload: Workload,
        samples: Int = 9,
        sampleTime: Duration = .milliseconds(50)
    ) throws {
        let subject = try Sampler(workload.pass, operations: workload.operations, sampleTime)
        let limit = try workload.limit.map { try Sampler($0, operations: workload.operations, sampleTime) }
        var times: [Double] = []
        var limitTimes: [Double] = []
        for _ in 0..<max(1, samples) {
            times.append(try subject.sample())
            if let limit { limitTimes.append(try limit.sample()) }
        }
        let use = try HeapUse { benchmark_consume(Int64(try workload.pass())) }

        name = workload.name
        nanoseconds = Self.median(times) ?? 0
        limitNanoseconds = Self.median(limitTimes)
        ratio = Self.median(zip(times, limitTimes).map { $0 / $1 })
        allocations = Double(use.allocations) / Double(workload.operations)
        peakBytes = use.peakBytes
        bytes = workload.bytesPerOperation
    }

    /// The value in the middle, nil when there is none.
    private static func median(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.sorted()[values.count / 2]
    }

    /// Times passes, as many to a sample as fill the time a sample runs.
    private struct Sampler {
        let pass: Workload.Pass
        let operations: Int
        private var passes = 1

        /// Finds out how many passes a sample has; that is the warm-up.
        init(_ pass: @escaping Workload.Pass, operations: Int, _ sampleTime: Duration) throws {
            self.pass = pass
            self.operations = operations
            while try time() < sampleTime { passes *= 2 }
        }

        /// Nanoseconds of one operation.
        func sample() throws -> Double {
            try time() / .nanoseconds(1) / Double(passes * operations)
        }

        private func time() throws -> Duration {
            try ContinuousClock().measure {
                for _ in 0..<passes { benchmark_consume(Int64(try pass())) }
            }
        }
    }
}

extension Measurement {
    /// The measurement as one JSON object on one line.
    public var json: String {
        var members = ["\"name\": \"\(name)\"", "\"ns_per_op\": \(Self.decimal(nanoseconds, places: 1))"]
        if let limitNanoseconds, let ratio {
            members.append("\"limit_ns_per_op\": \(Self.decimal(limitNanoseconds, places: 1))")
            members.append("\"ratio\": \(Self.decimal(ratio, places: 2))")
        }
        members.append("\"allocs_per_op\": \(Self.decimal(allocations, places: 3))")
        members.append("\"peak_heap_bytes\": \(peakBytes)")
        members.append("\"bytes_per_op\": \(bytes)")
        return "{" + members.joined(separator: ", ") + "}"
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
