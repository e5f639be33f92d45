import BillingDomain
import BillingServices

extension UseCase {
    /// Prepaid balances.
    static let balances: [UseCase] = [
        UseCase(till: "WalletService.balance(of:in:)", "see a balance", [.viewPayments]) { session, till in
            _ = try await session.wallets.balance(of: till.customer.id)
        },
        UseCase(till: "WalletService.grant(_:to:reason:key:)", "give credit", [.adjustBalances]) { session, till in
            _ = try await session.wallets.grant(till.ugx(100), to: till.customer.id, reason: "gift", key: .call)
        },
        UseCase(
            till: "WalletService.charge(_:of:reason:key:)",
            "charge a balance",
            [.adjustBalances],
            given: funded
        ) { session, till, _ in
            _ = try await session.wallets.charge(till.ugx(100), of: till.customer.id, reason: "visit", key: .call)
        },
        UseCase(till: "WalletService.transfer(_:from:to:key:)", "hand a balance on", [.adjustBalances]) { till in
            try await funded(till)
            return try await till.owner.customers.create(CustomerDraft(name: "Ben"), key: .new())
        } run: { session, till, other in
            _ = try await session.wallets.transfer(till.ugx(100), from: till.customer.id, to: other.id, key: .call)
        },
        UseCase(
            till: "WalletService.refund(_:of:by:reason:key:)",
            "pay a balance back",
            [.adjustBalances, .refundPayments],
            given: funded
        ) { session, till, _ in
            _ = try await session.wallets.refund(till.ugx(100), of: till.customer.id, reason: "moved", key: .call)
        },
        UseCase(till: "WalletService.convert(_:of:to:key:)", "convert a balance", [.adjustBalances]) { till in
            try await funded(till)
            try await till.owner.payments.setRate(till.rate(), key: .new())
        } run: { session, till, _ in
            _ = try await session.wallets.convert(till.ugx(4_000), of: till.customer.id, to: .usd, key: .call)
        },
    ]

    @Sendable private static func funded(_ till: Till) async throws {
        try await till.topUp(5_000)
    }
}
