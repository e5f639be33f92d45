import BillingDomain
import BillingPersistence
import Synchronization

/// What must be so at the end of a world: nothing lost, nothing doubled, every cent in its place.
struct Audit {
    let store: InMemoryStore
    let template: Template
    let watch: Watch
    let cashiers: [Cashier]
    let clerk: Clerk
    let executor: SeededExecutor

    func check() {
        guard watch.violation == nil else { return }
        let made = cashiers.reduce(0) { $0 + $1.made }
        let vouchers = watch.vouchers
        if vouchers.count != made {
            return watch.violate(.noVoucherLost, "\(made) vouchers were made and \(vouchers.count) are there")
        }
        checkBooks(vouchers)
    }

    private func checkBooks(_ vouchers: [Voucher]) {
        // The store is asked without waiting: nothing else runs any more.
        let found = Finding()
        let tenant = template.tenant
        let process = SimulatedProcess("audit", on: executor, chance: Chance(seed: 0, part: 0))
        process.begin { [store] in
            do {
                let (fault, balances, kept) = try await store.read(.tenant(tenant)) { reader in
                    (
                        try reader.verifyBooks(), try reader.balances(),
                        try reader.records(Query<Voucher>()).map { $0.id }.count
                    )
                }
                found.set(fault: fault, balances: balances, kept: kept)
            } catch {
                found.fail("\(error)")
            }
        }
        executor.run(until: executor.now) { !process.isRunning }
        if let failure = found.failure { watch.violate(.books, failure) }
        if found.kept != vouchers.count {
            watch.violate(.noVoucherLost, "\(vouchers.count) were committed, \(found.kept) are kept")
        }
        let paid = vouchers.reduce(Int64(clerk.orders) * Clerk.price) { sum, voucher in
            guard voucher.soldAt != nil else { return sum }
            return sum + voucher.terms.price.minorUnits - (voucher.refundedAmount?.minorUnits ?? 0)
        }
        let cash = found.balances.filter { $0.account.isCash }
            .reduce(Int64(0)) { $0 + $1.balance.minorUnits }
        if cash != paid { watch.violate(.books, "\(paid) was paid and \(cash) lies in drawers and the safe") }
        let total = found.balances.reduce(Int64(0)) { $0 + $1.balance.minorUnits }
        if total != 0 { watch.violate(.books, "the books are off by \(total)") }
    }
}

/// What the last look at the store brought.
private final class Finding: Sendable {
    private struct State {
        var failure: String?
        var balances: [AccountBalance] = []
        var kept = 0
    }

    private let state = Mutex(State())

    func set(fault: BookFault?, balances: [AccountBalance], kept: Int) {
        state.withLock { $0 = State(failure: fault.map { "\($0)" }, balances: balances, kept: kept) }
    }

    func fail(_ text: String) { state.withLock { $0.failure = text } }

    var failure: String? { state.withLock { $0.failure } }
    var balances: [AccountBalance] { state.withLock { $0.balances } }
    var kept: Int { state.withLock { $0.kept } }
}
