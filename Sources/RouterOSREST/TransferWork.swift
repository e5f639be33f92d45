internal import CRouterOSCurl
import RouterOSClient

/// libcurl at work on one thread: the transfers under way, and those that wait for a connection.
final class TransferWork {
    typealias Instant = ContinuousClock.Instant

    private let settings: TransferSettings
    private let multi: UnsafeMutableRawPointer
    private let pin: UnsafeMutablePointer<UInt8>?
    private var queue: TransferQueue
    private var requests: [UInt64: RESTRequest] = [:]
    private var active: [UInt64: Transfer] = [:]

    /// Takes over the handle.
    init(_ settings: TransferSettings, _ multi: UnsafeMutableRawPointer) {
        self.settings = settings
        self.multi = multi
        queue = TransferQueue(limit: settings.maximumConnections)
        pin = Self.pin(settings.security)
        // Those that are kept count too.
        routeros_curl_limit_connections(multi, settings.maximumConnections)
    }

    deinit {
        for transfer in active.values { curl_multi_remove_handle(multi, transfer.easy) }
        active = [:]
        curl_multi_cleanup(multi)
        pin?.deallocate()
    }

    /// Whether nothing is under way and nothing waits.
    var isEmpty: Bool { queue.isEmpty }

    /// A request that is to be answered by `due`.
    func add(_ number: UInt64, _ request: RESTRequest, due: Instant) {
        requests[number] = request
        queue.add(number, due: due)
    }

    /// Ends a transfer; false when there is none of that number.
    func cancel(_ number: UInt64) -> Bool {
        queue.remove(number)
        if requests.removeValue(forKey: number) != nil { return true }
        guard let transfer = active.removeValue(forKey: number) else { return false }
        curl_multi_remove_handle(multi, transfer.easy)
        return true
    }

    /// Does what can be done without waiting.
    ///
    /// - Returns: what is over; nil when libcurl can do no more.
    func turn() -> [(UInt64, Transfer.Outcome)]? {
        var ended: [(UInt64, Transfer.Outcome)] = []
        repeat {
            let now = ContinuousClock.now
            for number in queue.expire(now) {
                requests[number] = nil
                ended.append((number, .failure(.unsentInTime)))
            }
            while let (number, due) = queue.begin() {
                guard let request = requests.removeValue(forKey: number),
                    let transfer = Transfer(settings, request, due - now, pin: pin),
                    curl_multi_add_handle(multi, transfer.easy) == CURLM_OK
                else {
                    queue.remove(number)
                    ended.append((number, .failure(.noResources)))
                    continue
                }
                active[number] = transfer
            }
            var running: Int32 = 0
            guard curl_multi_perform(multi, &running) == CURLM_OK else { return nil }
            ended += collect()
        } while queue.hasTurn
        return ended
    }

    /// Everything that is not over, as that of a client which is.
    func abandon() -> [(UInt64, Transfer.Outcome)] {
        requests.keys.map { ($0, .failure(.lost(isUnsent: true))) }
            + active.map { ($0.key, .failure(.lost(isUnsent: !$0.value.isSent))) }
    }

    /// Until a socket is ready, somebody's time is up, the bell rings, or `limit`; false when it cannot be waited.
    func wait(for bell: TransferBell, until limit: Instant?) -> Bool {
        var extra = curl_waitfd()
        extra.fd = bell.hearing
        extra.events = Int16(CURL_WAIT_POLLIN)
        let now = ContinuousClock.now
        let end = [queue.earliest, limit].compactMap(\.self).min() ?? now + .seconds(60)
        // Somebody whose time is not quite up must not be asked after again and again.
        let time = min(Transfer.milliseconds(end - now) + 1, 60_000)
        guard curl_multi_poll(multi, &extra, 1, Int32(time), nil) == CURLM_OK else { return false }
        bell.silence()
        return true
    }

    private func collect() -> [(UInt64, Transfer.Outcome)] {
        var ended: [(UInt64, Transfer.Outcome)] = []
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE,
                let (number, transfer) = active.first(where: { $0.value.easy == message.pointee.easy_handle })
            else { continue }
            ended.append((number, transfer.outcome(message.pointee.data.result)))
            curl_multi_remove_handle(multi, transfer.easy)
            active[number] = nil
            queue.remove(number)
        }
        return ended
    }

    private static func pin(_ security: ConnectionSecurity) -> UnsafeMutablePointer<UInt8>? {
        guard case .tls(.pinned(let pin)) = security else { return nil }
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: pin.sha256.count)
        bytes.initialize(from: pin.sha256, count: pin.sha256.count)
        return bytes
    }
}
