/// The addresses of one host on the way to a connection: which is next, and how long it may take.
///
/// Each has an equal share of the time, so that one that swallows packets leaves some to the others.
struct AddressPlan: Sendable {
    private var untried: ArraySlice<SocketAddress> = []
    private let deadline: ContinuousClock.Instant
    /// Why the last address came to nothing.
    private var failure = SocketError.endOfStream

    init(until deadline: ContinuousClock.Instant) { self.deadline = deadline }

    /// Takes the addresses that were found.
    mutating func take(_ addresses: [SocketAddress]) { untried = addresses[...] }

    /// Begins with the next address that does not fail at once.
    ///
    /// - Parameters:
    ///   - reason: why the one before came to nothing; nil when there was none.
    ///   - now: the time.
    ///   - connect: begins to connect to an address.
    /// - Returns: what `connect` returned, and when to go on to the next address, nil when this is the last.
    /// - Throws: ``TransportError``: why the last address failed when there are no more, and what TLS says at once.
    mutating func begin<Channel>(
        after reason: SocketError? = nil,
        now: ContinuousClock.Instant,
        _ connect: (SocketAddress) throws(TransportError) -> Channel
    ) throws(TransportError) -> (channel: Channel, giveUp: ContinuousClock.Instant?) {
        failure = reason ?? failure
        while let address = untried.popFirst() {
            do throws(TransportError) {
                let channel = try connect(address)
                guard !untried.isEmpty else { return (channel, nil) }
                return (channel, now + max(.zero, deadline - now) / (untried.count + 1))
            } catch {
                guard case .socket(let error) = error else { throw error }
                failure = error
            }
        }
        throw .socket(failure)
    }
}
