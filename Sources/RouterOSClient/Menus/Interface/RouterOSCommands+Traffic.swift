import RouterOSProtocol

extension RouterOSCommands {
    /// The traffic of interfaces now, one row for each.
    ///
    /// - Parameter interfaces: their names; sends nothing when there are none.
    /// - Returns: what was measured, in the router's order.
    /// - Throws: ``RouterOSError``, `noSuchItem` or `invalidValue` when there is no such interface.
    public func traffic(of interfaces: [String]) async throws -> [InterfaceTraffic] {
        guard !interfaces.isEmpty else { return [] }
        let command = Command(InterfaceTraffic.path) {
            $0["interface"] = interfaces.joined(separator: ",")
            $0.flag("once")
        }
        return try await run(command).rows.map { try InterfaceTraffic($0) }
    }

    /// The traffic of interfaces as it changes: a row for each of them every `interval`, until the loop is left.
    ///
    /// Nothing is sent before the first row is asked for, and nothing at all when there are no `interfaces`: asking for a
    /// row throws `invalidCommand` then.
    ///
    /// - Parameters:
    ///   - interfaces: their names, at least one.
    ///   - interval: from one measurement to the next, 20 ms to 5 s.
    /// - Returns: the rows as they come.
    public nonisolated func watchTraffic(
        of interfaces: [String],
        every interval: Duration = .seconds(1)
    ) -> RowSequence<InterfaceTraffic> {
        guard !interfaces.isEmpty else {
            let error = RouterOSError(
                .invalidCommand,
                "no interface was named whose traffic to watch",
                isSafeToRetry: true,
                endpoint: endpoint
            )
            return RowSequence(AnswerStream { throw error })
        }
        let command = Command(InterfaceTraffic.path) {
            $0["interface"] = interfaces.joined(separator: ",")
            $0.set("interval", to: interval)
        }
        return RowSequence(stream(command))
    }
}
