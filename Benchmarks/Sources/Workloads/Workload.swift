/// Something to be measured: a name, and one pass over a fixed number of operations.
public struct Workload: Sendable {
    /// One pass; returns a checksum of what it read or wrote.
    public typealias Pass = @Sendable () throws -> Int

    /// What the result is called, `codec.encode`.
    public let name: String
    /// How many operations one pass does.
    public let operations: Int
    /// How many bytes of the wire one operation reads or writes; the mean when they differ.
    public let bytesPerOperation: Int
    /// As many operations in plain C, which the workload is compared with; nil when there is no such thing.
    let limit: Pass?
    let pass: Pass

    /// Makes a workload; `pass` and `limit` must do `operations` operations each time they are called.
    public init(
        _ name: String,
        operations: Int,
        bytesPerOperation: Int,
        limit: Pass? = nil,
        pass: @escaping Pass
    ) {
        self.name = name
        self.operations = operations
        self.bytesPerOperation = bytesPerOperation
        self.limit = limit
        self.pass = pass
    }

    /// The checksum of one pass.
    ///
    /// - Throws: what the code under measurement throws.
    public func checksum() throws -> Int { try pass() }

    /// The checksum of one pass in C: that of ``checksum()`` when both do the same; nil without a limit.
    ///
    /// - Throws: nothing that is known.
    public func limitChecksum() throws -> Int? { try limit?() }
}
