import BillingDomain
import BillingPersistence
import BillingServices
import BillingTesting
import PostgreSQLServer
import TestSupport
import Testing

@Suite("Interruptions")
struct InterruptionTests {
    @Test(
        "a use case that is interrupted anywhere can be repeated and has one effect",
        arguments: UseCase.all,
        Backing.allCases
    )
    func interruptionsLoseNothing(useCase: UseCase, backing: Backing) async throws {
        try await interrupt(useCase, backing) { $0 }
    }

    @Test(
        "interruptions lose nothing on PostgreSQL either",
        .enabled(if: !PostgreSQLServer.isWaived),
        .serialized,
        arguments: UseCase.all.shuffled(by: 7).prefix(Environment.count("INTERRUPTED_USE_CASES", usually: 24))
    )
    func interruptionsLoseNothingOnPostgreSQL(useCase: UseCase) async throws {
        let count = Environment.count("INTERRUPTED_PLACES", usually: 2)
        let seed = useCase.name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }
        try await interrupt(useCase, .postgresql) { Array($0.shuffled(by: seed).prefix(count)) }
    }

    /// Interrupts a use case at some of the places where it can be, once for each.
    private func interrupt(
        _ useCase: UseCase,
        _ backing: Backing,
        at some: ([InterruptingStore.Point]) -> [InterruptingStore.Point]
    ) async throws {
        // What happens when nothing goes wrong.
        let whole = try await Attempt(useCase, backing)
        try await whole.run()
        let (verbs, writes) = (whole.store.verbs, whole.store.writes)
        let isAtomic = writes < 2
        let effect = try await whole.effect(exactly: isAtomic)
        try await whole.verify()

        let places = (0..<verbs).map(InterruptingStore.Point.verb) + (0..<writes).map(InterruptingStore.Point.commit)
        var attempt = try await Attempt(useCase, backing)
        for point in some(places) {
            let isPutOff = await attempt.interrupt(at: point)
            if isPutOff || useCase.triesAgain != nil {
                try await attempt.tryAgain()
                #expect(try await attempt.balances() == whole.balances(), "tried again after \(point)")
            } else if isAtomic {
                // All of it is one transaction: nothing may be left.
                #expect(try await attempt.effect() == "", "after \(point)")
                continue
            } else {
                // What was done before stays, and is found again.
                try await attempt.run()
                #expect(try await attempt.effect(exactly: false) == effect, "repeated after \(point)\n\(effect)")
            }
            try await attempt.verify()
            await attempt.close()
            attempt = try await Attempt(useCase, backing)
        }
        for point in some((0..<writes).map(InterruptingStore.Point.answer)) {
            guard case .answer(let write) = point else { continue }
            let isPutOff = await attempt.interrupt(at: point)
            if isAtomic { #expect(try await attempt.effect() == effect, "after a lost answer") }
            if isPutOff || useCase.triesAgain != nil {
                try await attempt.tryAgain()
            } else if useCase.hasKey || write < writes - 1 {
                try await attempt.run()
                #expect(try await attempt.effect(exactly: isAtomic) == effect, "repeated after lost answer \(write)")
            } else {
                // Without a key it may be refused now, or be done to what is there; but nobody pays twice.
                try? await attempt.run()
            }
            #expect(try await attempt.balances() == whole.balances())
            try await attempt.verify()
            guard !isAtomic else { continue }
            await attempt.close()
            attempt = try await Attempt(useCase, backing)
        }
        await attempt.close()
        if writes == 0 { #expect(effect == "") }
        if useCase.hasKey {
            // Found again, whatever chance would have it now.
            try await whole.run()
            #expect(try await whole.effect(exactly: isAtomic) == effect, "repeated with its key")
        }
        await whole.close()
    }
}

extension Array {
    /// In an order that a seed decides.
    fileprivate func shuffled(by seed: UInt64) -> [Element] {
        var dice = SplitMix64(seed: seed)
        return shuffled(using: &dice)
    }
}

/// A use case that is about to be tried, in a shop of its own that is the same each time.
private struct Attempt {
    let store: InterruptingStore
    private let useCase: UseCase
    private let shop: Shop
    private let before: StoreState
    private let billing: Billing
    private let session: BillingSession
    private let call: UseCase.Run

    init(_ useCase: UseCase, _ backing: Backing) async throws {
        let (shop, batch) = try await Shop.withVouchers(backing)
        store = InterruptingStore(shop.store)
        let own = try await useCase.session(in: shop)
        (billing, session) = try await shop.served(by: store, for: own)
        call = try await useCase.prepare(shop, batch, own)
        before = try await StoreState(of: shop.store)
        self.shop = shop
        self.useCase = useCase
        store.interrupt(at: nil)
    }

    /// Does it, with the same chance each time as long as nothing of it is there.
    func run(at point: InterruptingStore.Point? = nil) async throws {
        shop.random.reseed(store.writes > 0 ? 43 : 42)
        store.interrupt(at: point)
        try await call(billing, session)
    }

    /// Does it again when whatever was put off is due.
    func tryAgain() async throws {
        shop.clock.advance(by: useCase.triesAgain ?? .zero)
        try await run()
    }

    /// Does it up to a point; whether what went wrong was put off and not told.
    func interrupt(at point: InterruptingStore.Point) async -> Bool {
        var isPutOff = false
        do {
            try await run(at: point)
            isPutOff = true
            #expect(useCase.triesAgain != nil, "nothing was said of what went wrong at \(point)")
        } catch let error as BillingError {
            #expect(error.code == .unavailable, "at \(point)")
        } catch {
            Issue.record("at \(point): \(error)")
        }
        #expect(store.wasReached, "\(point) was never reached")
        return isPutOff
    }

    /// All that has changed since it was prepared.
    func effect(exactly: Bool = true) async throws -> String {
        let now = try await StoreState(of: shop.store)
        if useCase.replacesSecret {
            return now.rows.map { "\($0) \($1.count - (before.rows[$0]?.count ?? 0))" }.filter { !$0.hasSuffix(" 0") }
                .sorted().joined(separator: ", ")
        }
        return exactly
            ? now.difference(from: before) : now.withoutIdentities.difference(from: before.withoutIdentities)
    }

    /// What each account holds, whoever it belongs to.
    func balances() async throws -> [String] {
        try await shop.owner.reports.balances().filter { !$0.balance.isZero }
            .map { "\($0.account.rawValue.prefix { $0 != ":" }) \($0.balance)" }.sorted()
    }

    func verify() async throws { #expect(try await shop.store.verifyBooks() == nil) }

    func close() async { await shop.store.close() }
}
