import BillingDomain
import BillingPersistence
import Synchronization

/// What really happens, whoever knows of it.
extension Watch {
    func truth(of code: String) -> Truth { state.withLock { $0.truth[code] ?? Truth() } }

    func loggedIn(_ code: String) {
        let now = now
        state.withLock { state in
            let first = state.truth[code]?.firstLogin ?? now
            state.truth[code, default: Truth()].firstLogin = first
        }
    }

    /// The most that one customer moves at once.
    static let mostAtOnce: Int64 = 240_000

    func used(_ bytes: Int64, of code: String) {
        let (truth, voucher) = state.withLock { state in
            state.truth[code, default: Truth()].bytes += bytes
            return (state.truth[code] ?? Truth(), state.codes[code].flatMap { state.vouchers[$0] })
        }
        guard let limit = voucher?.dataLimit?.bytes else { return }
        let most = limit * (1 + truth.losses) + Self.mostAtOnce
        if truth.bytes > most { violate(.allowance, "\(code) has moved \(truth.bytes) bytes of \(limit)") }
    }

    /// A password that customers know now.
    func knows(_ password: String, of service: Identifier<ServiceAccount>) {
        state.withLock { $0.passwords[service] = password }
    }

    /// A router has lost rows, or what sessions had used.
    func lost(on host: String, _ codes: [String]) {
        let now = executor.now
        state.withLock { state in
            state.losses[host] = now
            for code in codes { state.truth[code, default: Truth()].losses += 1 }
        }
    }

    /// Somebody else has changed rows of ours.
    func touched(on host: String) { lost(on: host, []) }

    /// Whether rows that were as they should be when they were read back may be otherwise by now.
    func hasLostLately(_ host: RouterHost, within time: Duration = .seconds(150)) -> Bool {
        let loss = state.withLock { $0.losses[host.name] }
        return loss.map { executor.now - $0 < time } ?? false
    }

    /// The first voucher that goes on although it ended before an instant.
    func overdue(since instant: Timestamp) -> Voucher? {
        state.withLock { state in
            for id in state.order {
                if let voucher = state.vouchers[id], voucher.access == .active, let end = voucher.expiresAt,
                    end < instant
                {
                    return voucher
                }
            }
            return nil
        }
    }
}
