import BillingDomain
import BillingServices
import Synchronization

/// Somebody at a counter, who makes vouchers, sells them, and does with them what customers ask for.
final class Cashier: Sendable {
    private struct State {
        var codes: [String] = []
        var made = 0
        var isOpen = true
        var isIdle = false
    }

    private let desk: Desk
    private let template: Template
    private let stock: Int
    private let watch: Watch
    private let state = Mutex(State())

    /// A cashier who begins by making a number of vouchers on one router.
    init(_ desk: Desk, _ template: Template, stock: Int, _ watch: Watch) {
        self.desk = desk
        self.template = template
        self.stock = stock
        self.watch = watch
    }

    /// How many vouchers were asked for and handed out.
    var made: Int { state.withLock { $0.made } }
    /// Whether nothing is under way any more.
    var isIdle: Bool { state.withLock { $0.isIdle } }

    /// Begins nothing new.
    func close() { state.withLock { $0.isOpen = false } }

    func work() async {
        if stock > 0 { await generate(stock) }
        while !Task.isCancelled, state.withLock({ $0.isOpen }) {
            await doSomething()
            await desk.pause(.milliseconds(300)...(.seconds(8)))
        }
        state.withLock { $0.isIdle = true }
    }

    private func doSomething() async {
        let codes = state.withLock { $0.codes }
        guard let code = desk.chance.element(of: codes) else { return await generate(desk.chance.number(1...6)) }
        switch desk.chance.index(below: 10) {
        case 0, 1: await generate(desk.chance.number(1...6))
        case 2, 3, 4:
            await desk.insist { session, key in _ = try await session.vouchers.sell(codes: [code], key: key) }
        case 5, 6: await desk.insist { session, _ in _ = try await session.vouchers.disable(code: code) }
        case 7: await desk.insist { session, _ in _ = try await session.vouchers.enable(code: code) }
        case 8:
            await desk.insist { session, key in
                _ = try await session.vouchers.refund(code: code, reason: "asked for", key: key)
            }
        default:
            let time = Duration.seconds(desk.chance.number(10...200))
            await desk.insist { session, key in
                let grant = try VoucherGrant(time: .elapsed(time))
                _ = try await session.vouchers.extend(code: code, by: grant, cause: "complaint", key: key)
            }
        }
    }

    private func generate(_ quantity: Int) async {
        guard let router = desk.chance.element(of: template.routers),
            let package = desk.chance.element(of: template.packages)
        else { return }
        let sold = quantity < 10 && desk.chance.once(in: 3)
        await desk.insist { [self] session, key in
            let batch = try await session.vouchers.generate(quantity, of: package, on: router.id, sold: sold, key: key)
            if batch.vouchers.count != quantity {
                watch.violate(.noVoucherDoubled, "\(quantity) vouchers became \(batch.vouchers.count)")
            }
            state.withLock { state in
                state.made += quantity
                state.codes += batch.vouchers.map(\.code)
            }
        }
    }
}
