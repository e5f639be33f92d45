import BillingDomain
import RouterOSProtocol
import Synchronization

/// What a program that has been sabotaged remembers of routers between its visits.
final class Doubts: Sendable {
    private struct State {
        /// The writes whose outcome is not known.
        var writes: [Identifier<Router>: [Command]] = [:]
        /// The rows of which an address was taken away, or so it was said.
        var withoutAddress: [Identifier<Router>: Set<String>] = [:]
    }

    private let state = Mutex(State())

    func doubt(_ command: Command, on router: Identifier<Router>) {
        state.withLock { $0.writes[router, default: []].append(command) }
    }

    func takeWrites(on router: Identifier<Router>) -> [Command] {
        state.withLock { $0.writes.removeValue(forKey: router) ?? [] }
    }

    func setAddress(_ isThere: Bool, of row: String, on router: Identifier<Router>) {
        state.withLock { state in
            if isThere {
                state.withoutAddress[router]?.remove(row)
            } else {
                state.withoutAddress[router, default: []].insert(row)
            }
        }
    }

    func lacksAddress(_ row: String, on router: Identifier<Router>) -> Bool {
        state.withLock { $0.withoutAddress[router]?.contains(row) ?? false }
    }
}
