import Testing
import Workloads

@Suite struct MeasurementTests {
    /// Makes arrays that the optimiser cannot keep on the stack: their size is not known and they outlive the closure.
    private static func allocating(_ arrays: Int) -> Workload {
        Workload("allocating", operations: 10, bytesPerOperation: 1) {
            var checksum = 0
            for _ in 0..<10 {
                let made = (0..<arrays).map { [UInt8](repeating: 1, count: 100 + $0) }
                checksum += made.reduce(0) { $0 + $1.count }
            }
            return checksum
        }
    }

    @Test func everyHeapAllocationIsCounted() throws {
        let none = Workload("none", operations: 10, bytesPerOperation: 1) { 1 }
        let few = try Measurement(of: Self.allocating(3), samples: 1, sampleTime: .microseconds(10))
        let many = try Measurement(of: Self.allocating(7), samples: 1, sampleTime: .microseconds(10))
        #expect(try Measurement(of: none, samples: 1, sampleTime: .microseconds(10)).allocations == 0)
        #expect(many.allocations - few.allocations == 4)
    }

    @Test func thePeakIsWhatIsHeldAtOnce() {
        let use = HeapUse {
            for _ in 1...3 {
                let held = (1...2).map { _ in [UInt8](repeating: 1, count: 1 << 20) }
                #expect(held.count == 2)
            }
        }
        #expect(use.peakBytes >= 2 << 20)
        #expect(use.peakBytes < 3 << 20)
    }

    @Test(arguments: [false, true])
    func onlyAWorkloadWithALimitHasARatio(hasLimit: Bool) throws {
        let one: Workload.Pass = { 1 }
        let workload = Workload("some", operations: 1, bytesPerOperation: 1, limit: hasLimit ? one : nil, pass: one)
        let result = try Measurement(of: workload, samples: 1, sampleTime: .microseconds(10))
        #expect((result.ratio != nil) == hasLimit)
        #expect(result.json.contains(#""limit_ns_per_op": "#) == hasLimit)
        #expect(result.json.contains(#""ratio": "#) == hasLimit)
    }

    @Test(arguments: [(0, 1, "0.0"), (26.04, 1, "26.0"), (0.999_6, 3, "1.000"), (1.05, 3, "1.050"), (7.6, 0, "8")])
    func decimalsKeepTheirDigits(value: Double, places: Int, text: String) {
        #expect(Measurement.decimal(value, places: places) == text)
    }

    @Test func aResultIsOneLineOfJSON() throws {
        let workload = Workload("some.name", operations: 1, bytesPerOperation: 42) { 1 }
        let json = try Measurement(of: workload, samples: 1, sampleTime: .microseconds(10)).json
        #expect(json.hasPrefix(#"{"name": "some.name", "ns_per_op": "#))
        #expect(json.hasSuffix(#", "bytes_per_op": 42}"#))
        #expect(!json.contains("\n"))
    }
}
