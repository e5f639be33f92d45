import BillingDomain
import BillingServices
import Synchronization

/// Somebody at a counter, who does things until they are done: when an answer is lost, the same request goes out again
/// under the same key.
final class Cashier: Sendable {
    private struct State {
        var codes: [String] = []
        var made = 0
        var isOpen = true
        var isIdle = false
        var lastKey = 0
    }

    private let number: Int
    private let template: Template
    private let chance: Chance
    private let sabotage: Sabotage?
    private let watch: Watch
    private let state = Mutex(State())

    init(_ number: Int, _ template: Template, _ chance: Chance, _ sabotage: Sabotage?, _ watch: Watch) {
        self.number = number
        self.template = template
        self.chance = chance
        self.sabotage = sabotage
        self.watch = watch
    }

    /// How many vouchers were asked for and handed out.
    var made: Int { state.withLock { $0.made } }
    /// Whether nothing is under way any more.
    var isIdle: Bool { state.withLock { $0.isIdle } }

    /// Begins nothing new.
    func close() { state.withLock { $0.isOpen = false } }

    func work(_ process: SimulatedProcess, _ billing: Billing) async {
        while !Task.isCancelled, state.withLock({ $0.isOpen }) {
            await doSomething(process, billing)
            try? await process.sleep(chance.time(.milliseconds(300)...(.seconds(8))))
        }
        state.withLock { $0.isIdle = true }
    }

    private func doSomething(_ process: SimulatedProcess, _ billing: Billing) async {
        let codes = state.withLock { $0.codes }
        guard let code = chance.element(of: codes) else { return await generate(process, billing) }
        switch chance.index(below: 10) {
        case 0, 1: await generate(process, billing)
        case 2, 3, 4:
            let key = nextKey()
            await insist(process, billing) { session, attempt in
                _ = try await session.vouchers.sell(codes: [code], key: self.key(key, attempt))
            }
        case 5, 6: await insist(process, billing) { session, _ in _ = try await session.vouchers.disable(code: code) }
        case 7: await insist(process, billing) { session, _ in _ = try await session.vouchers.enable(code: code) }
        case 8:
            let key = nextKey()
            await insist(process, billing) { session, attempt in
                _ = try await session.vouchers.refund(code: code, reason: "asked for", key: self.key(key, attempt))
            }
        default:
            let key = nextKey()
            let seconds = chance.number(10...200)
            await insist(process, billing) { session, attempt in
                _ = try await session.vouchers.extend(
                    code: code,
                    by: VoucherGrant(time: .elapsed(.seconds(seconds))),
                    cause: "complaint",
                    key: self.key(key, attempt)
                )
            }
        }
    }

    private func generate(_ process: SimulatedProcess, _ billing: Billing) async {
        guard let router = chance.element(of: template.routers), let package = chance.element(of: template.packages)
        else { return }
        let quantity = chance.number(1...6)
        let sold = chance.once(in: 3)
        let key = nextKey()
        await insist(process, billing) { session, attempt in
            let batch = try await session.vouchers.generate(
                quantity,
                of: package,
                on: router.id,
                sold: sold,
                key: self.key(key, attempt)
            )
            if batch.vouchers.count != quantity {
                self.watch.violate("\(quantity) vouchers became \(batch.vouchers.count)")
            }
            self.state.withLock { state in
                state.made += quantity
                state.codes += batch.vouchers.map(\.code)
            }
        }
    }

    /// Does it until it is done or refused for good.
    private func insist(
        _ process: SimulatedProcess,
        _ billing: Billing,
        _ body: @Sendable (BillingSession, Int) async throws -> Void
    ) async {
        var attempt = 0
        while !Task.isCancelled {
            do {
                return try await body(try await billing.apiSession(token: template.token), attempt)
            } catch let error as BillingError where error.code != .unavailable {
                return
            } catch {
                attempt += 1
                try? await process.sleep(chance.time(.milliseconds(100)...(.seconds(2))))
            }
        }
    }

    private func nextKey() -> Int {
        state.withLock { state in
            state.lastKey += 1
            return state.lastKey
        }
    }

    private func key(_ request: Int, _ attempt: Int) throws -> IdempotencyKey {
        let repeated = sabotage == .newKeyOnRetry ? "-\(attempt)" : ""
        guard let key = IdempotencyKey("cashier-\(number)-\(request)\(repeated)") else { throw CancellationError() }
        return key
    }
}
