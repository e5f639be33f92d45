import BillingDomain
import BillingServices
import Synchronization

/// A place from which somebody asks the business for something until it is done: when an answer is lost, the same request
/// goes out again under the same key.
final class Desk: Sendable {
    let process: SimulatedProcess
    let chance: Chance
    private let name: String
    private let billing: Billing
    private let token: String
    private let sabotage: Sabotage?
    private let lastKey = Mutex(0)

    init(
        _ name: String,
        _ process: SimulatedProcess,
        _ billing: Billing,
        _ template: Template,
        _ chance: Chance,
        _ sabotage: Sabotage?
    ) {
        self.name = name
        self.process = process
        self.billing = billing
        self.chance = chance
        self.sabotage = sabotage
        token = template.token
    }

    /// Does it until it is done or refused for good.
    func insist(_ body: @Sendable (BillingSession, IdempotencyKey) async throws -> Void) async {
        let number = lastKey.withLock { last in
            last += 1
            return last
        }
        var attempt = 0
        while !Task.isCancelled {
            do {
                return try await body(try await billing.apiSession(token: token), key(number, attempt))
            } catch let error as BillingError where error.code != .unavailable {
                return
            } catch {
                attempt += 1
                await pause(.milliseconds(100)...(.seconds(2)))
            }
        }
    }

    func pause(_ range: ClosedRange<Duration>) async { try? await process.sleep(chance.time(range)) }

    private func key(_ request: Int, _ attempt: Int) throws -> IdempotencyKey {
        let repeated = sabotage == .newKeyOnRetry ? "-\(attempt)" : ""
        guard let key = IdempotencyKey("\(name)-\(request)\(repeated)") else { throw CancellationError() }
        return key
    }
}
