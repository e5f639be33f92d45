/// How much has been moved.
struct Traffic: Sendable, Equatable {
    /// Received from clients.
    var bytesIn: UInt64 = 0
    /// Sent to clients.
    var bytesOut: UInt64 = 0

    mutating func add(bytesIn: UInt64, bytesOut: UInt64) {
        self.bytesIn = saturatingSum(self.bytesIn, bytesIn)
        self.bytesOut = saturatingSum(self.bytesOut, bytesOut)
    }

    /// What has come since, where nothing ever goes back.
    func since(_ earlier: Traffic) -> Traffic {
        Traffic(
            bytesIn: bytesIn - min(bytesIn, earlier.bytesIn),
            bytesOut: bytesOut - min(bytesOut, earlier.bytesOut)
        )
    }
}

/// A row whose counters follow what sessions move.
struct CountedRow: Sendable, Hashable {
    let menu: String
    let id: UInt64
}
