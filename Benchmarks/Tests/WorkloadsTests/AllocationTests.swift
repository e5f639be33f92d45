import RouterOSProtocol
import Testing
import Workloads

/// What the codec may ask of the heap.
///
/// Gates, not measurements: a change that goes over one is a bug.
@Suite struct AllocationTests {
    /// Allocations of one operation of a workload; what is made once, on first use, is not among them.
    private static func allocations(_ workload: Workload) throws -> Double {
        _ = try workload.checksum()
        let use = try HeapUse { _ = try workload.checksum() }
        return Double(use.allocations) / Double(workload.operations)
    }

    /// What a pass asks of the heap that returns `checksum`.
    private static func heapUse(of workload: Workload, checksum: Int) throws -> HeapUse {
        var result = 0
        let use = try HeapUse { result = try workload.checksum() }
        #expect(result == checksum)
        return use
    }

    @Test func anEncoderThatHasRoomAllocatesNothing() {
        var encoder = SentenceEncoder()
        for _ in 1...100 { CodecWorkloads.appendUser(to: &encoder) }
        encoder.removeAll()
        let use = HeapUse {
            for _ in 1...100 { CodecWorkloads.appendUser(to: &encoder) }
        }
        #expect(use.allocations == 0)
        #expect(encoder.count == 100 * CodecWorkloads.encode.bytesPerOperation)
    }

    @Test(arguments: [CodecWorkloads.decodeFrame, CodecWorkloads.decodeVaried[0], CodecWorkloads.decodePieces[0]])
    func sentencesThatComeTogetherShareTheirMemory(workload: Workload) throws {
        #expect(try Self.allocations(workload) <= 0.1)
    }

    /// One for what the sentences of a piece share; the first pieces make the memory that serves for all others.
    @Test(arguments: CodecWorkloads.decodePieces[1...])
    func aSentenceThatComesAloneCostsOneAllocation(workload: Workload) throws {
        #expect(try Self.allocations(workload) <= 1.01)
    }

    @Test func readingFourValuesAllocatesForTheLongOneOnly() throws {
        let frame = try Self.allocations(CodecWorkloads.decodeFrame)
        #expect(try Self.allocations(CodecWorkloads.decodeRead4) - frame <= 1)
    }

    @Test func aTypedRowAllocatesForItsLongTextOnly() throws {
        let frame = try Self.allocations(CodecWorkloads.decodeFrame)
        #expect(try Self.allocations(CodecWorkloads.decodeTyped) - frame <= 1)
    }

    @Test func aTableOfAnyLengthIsDecodedInTheSameMemory() throws {
        let peaks = try [10_000, 1_000_000].map { rows in
            try Self.heapUse(of: MemoryWorkloads.print(rows), checksum: rows).peakBytes
        }
        #expect(peaks[1] <= peaks[0] + 16 << 10)
        #expect(peaks[1] <= 512 << 10)
    }

    @Test func aHugeValueTakesNoMoreThanItsBytesAndTheRoomForThem() throws {
        let use = try Self.heapUse(of: MemoryWorkloads.value, checksum: MemoryWorkloads.valueBytes)
        #expect(use.peakBytes >= MemoryWorkloads.valueBytes)
        // Once the value, and while the last room is made, half as much again.
        #expect(use.peakBytes <= MemoryWorkloads.valueBytes * 8 / 5)
    }
}
