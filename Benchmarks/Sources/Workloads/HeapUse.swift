import CAllocationCounter

/// What a piece of work asked of the heap, on the thread it ran on.
public struct HeapUse: Sendable, Hashable {
    /// How many allocations it made; a reallocation counts as one.
    public let allocations: Int
    /// The most bytes it held at once beyond what was held when it began.
    public let peakBytes: Int

    /// Runs `work`, which must not move to another thread.
    ///
    /// - Throws: what `work` throws.
    public init(of work: () throws -> Void) rethrows {
        heap_follow()
        let before = allocation_count()
        defer { _ = heap_peak() }
        try work()
        allocations = Int(allocation_count() - before)
        peakBytes = Int(heap_peak())
    }
}
