import BillingDomain
import BillingProvisioning
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Synchronization
import Testing

@Suite("Routers that are away")
struct AwayRoutersTests {
    /// Routers that swallow what they are sent: a visit ends when as many as are waited for are under way together.
    private final class BlackHoles: RouterConnector {
        private struct State {
            var waiting: [CheckedContinuation<Void, Never>] = []
            var underWay = 0
            var most = 0
        }

        private let together: Int
        private let state = Mutex(State())

        init(together: Int) { self.together = together }

        var most: Int { state.withLock { $0.most } }

        func visit<Result: Sendable>(
            _ router: Router,
            password: String,
            _ body: @Sendable (any RouterOSCommands) async throws -> Result
        ) async throws -> Result {
            state.withLock { state in
                state.underWay += 1
                state.most = max(state.most, state.underWay)
            }
            await withCheckedContinuation { continuation in
                let released = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    state.waiting.append(continuation)
                    guard state.waiting.count == together else { return [] }
                    defer { state.waiting = [] }
                    return state.waiting
                }
                for continuation in released { continuation.resume() }
            }
            // Whoever is claimed beyond the places comes in the meantime.
            try await Task.sleep(for: .milliseconds(20))
            state.withLock { $0.underWay -= 1 }
            throw RouterOSError(.connectTimeout, "no answer within 10s", isSafeToRetry: true, endpoint: router.host)
        }

        func close(except routers: Set<Identifier<Router>>) async {}
    }

    @Test("more of them are tried at a time than of those that answer", .timeLimit(.minutes(1)))
    func places() async throws {
        let shop = try await Shop()
        shop.simulator.stop()
        for number in 1..<12 {
            let draft = RouterDraft(
                name: "R\(number)",
                host: "10.0.0.\(number)",
                port: 8728,
                username: "api",
                password: "secret"
            )
            _ = try await shop.session.routers.add(draft, key: .new())
        }
        func round(together: Int) async throws -> Int {
            let holes = BlackHoles(together: together)
            let provisioner = Provisioner(
                billing: shop.billing,
                configuration: ProvisionerConfiguration(
                    concurrentRouters: 3,
                    concurrentAwayRouters: 6,
                    trustsClock: true
                ),
                environment: BillingEnvironment(now: { shop.now }, randomBytes: BillingEnvironment.live.randomBytes),
                connector: holes
            )
            await provisioner.syncOnce()
            shop.advance(by: .seconds(60))
            return holes.most
        }
        // Nobody knows of these yet that they are away.
        #expect(try await round(together: 3) == 3)
        #expect(try await round(together: 6) == 6)
    }
}
