/// Something to be measured: a name, and one pass over a fixed number of operations.
public struct Workload: Sendable {
    /// What the result is called, `codec.encode`.
    public let name: String
    /// How many operations one pass does.
    public let operations: Int
    /// How many bytes of the wire one operation reads or writes.
    public let bytesPerOperation: Int
    /// Does one pass and returns a checksum of what it read or wrote.
    let pass: @Sendable () throws -> Int

    /// Makes a workload; `pass` must do `operations` operations each time it is called.
    public init(
        _ name: String,
        operations: Int,
        bytesPerOperation: Int,
        pass: @escaping @Sendable () throws -> Int
    ) {
        self.name = name
        self.operations = operations
        self.bytesPerOperation = bytesPerOperation
        self.pass = pass
    }

    /// The checksum of one pass.
    ///
    /// - Throws: what the code under measurement throws.
    public func checksum() throws -> Int { try pass() }
}
