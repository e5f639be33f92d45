import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport

extension UseCase {
    /// Commission, and those outside the business who sell its vouchers.
    static let commission: [UseCase] = [
        UseCase(
            "CommissionService.rules(includingEnded:)",
            "list commission rules",
            [.viewCommission],
            namesThings: false
        ) { session, _, _ in _ = try await session.commission.rules() },
        UseCase("CommissionService.addRule(for:package:_:moment:key:)", "add a commission rule", [.manageCommission]) {
            session,
            shop,
            _ in
            _ = try await session.commission.addRule(package: shop.package.id, .rate(basisPoints: 500), key: .call)
        },
        UseCase("CommissionService.endRule(_:)", "end a commission rule", [.manageCommission]) { shop, _ in
            try await shop.owner.commission.addRule(.rate(basisPoints: 500), key: .new())
        } run: { session, _, _, rule in
            _ = try await session.commission.endRule(rule.id)
        },
        UseCase("CommissionService.accruals(of:_:)", "see commission", [.viewCommission], given: earner) {
            session,
            _,
            _,
            earner in
            _ = try await session.commission.accruals(of: earner)
        },
        UseCase("CommissionService.preview(of:in:before:)", "preview commission", [.viewCommission], given: earner) {
            session,
            _,
            _,
            earner in
            _ = try await session.commission.preview(of: earner, in: .ugx)
        },
        UseCase(
            "CommissionService.issueStatement(to:in:before:key:)",
            "issue a commission statement",
            [.settleCommission],
            given: earner
        ) { session, _, _, earner in
            _ = try await session.commission.issueStatement(to: earner, in: .ugx, key: .call)
        },
        UseCase("CommissionService.pay(_:from:key:)", "pay commission", [.settleCommission], given: statement) {
            session,
            _,
            _,
            statement in
            _ = try await session.commission.pay(statement.id, from: .safe, key: .call)
        },
        UseCase("CommissionService.cancel(_:)", "cancel a statement", [.settleCommission], given: statement) {
            session,
            _,
            _,
            statement in
            _ = try await session.commission.cancel(statement.id)
        },
        UseCase(
            "CommissionService.statements(of:_:)",
            "list commission statements",
            [.viewCommission],
            namesThings: false
        ) { session, _, _ in _ = try await session.commission.statements() },
        UseCase("AgentService.list()", "list agents", [.viewAgents], namesThings: false) { session, _, _ in
            _ = try await session.agents.list()
        },
        UseCase("AgentService.agent(_:)", "see an agent", [.viewAgents], given: agent) { session, _, _, agent in
            _ = try await session.agents.agent(agent.id)
        },
        UseCase("AgentService.balance(of:)", "see the balance of an agent", [.viewAgents], given: agent) {
            session,
            _,
            _,
            agent in
            _ = try await session.agents.balance(of: agent.id)
        },
        UseCase("AgentService.add(_:key:)", "add an agent", [.manageAgents], namesThings: false) { session, _, _ in
            _ = try await session.agents.add(AgentDraft(name: "Kiosk", terms: .prepaid), key: .call)
        },
        UseCase("AgentService.update(_:_:)", "change an agent", [.manageAgents], given: agent) { session, _, _, agent in
            _ = try await session.agents.update(agent.id, AgentDraft(name: "Stall", terms: .prepaid))
        },
        UseCase("AgentService.suspend(_:)", "suspend an agent", [.manageAgents], given: agent) { session, _, _, agent in
            _ = try await session.agents.suspend(agent.id)
        },
        UseCase("AgentService.resume(_:)", "resume an agent", [.manageAgents]) { shop, _ in
            try await shop.owner.agents.suspend(shop.agent().id)
        } run: { session, _, _, agent in
            _ = try await session.agents.resume(agent.id)
        },
        UseCase("AgentService.close(_:)", "close an agent", [.manageAgents], given: agent) { session, _, _, agent in
            _ = try await session.agents.close(agent.id)
        },
        UseCase("AgentService.takeMoney(_:of:into:key:)", "take an agent's money", [.supplyAgents], given: agent) {
            session,
            _,
            _,
            agent in
            _ = try await session.agents.takeMoney(shillings(10), of: agent.id, into: .safe, key: .call)
        },
        UseCase(
            "AgentService.payOut(_:to:from:key:)",
            "pay an agent back",
            [.supplyAgents, .refundPayments]
        ) { shop, _ in
            let agent = try await shop.agent()
            _ = try await shop.owner.agents.takeMoney(shillings(10), of: agent.id, into: .safe, key: .new())
            return agent
        } run: { session, _, _, agent in
            _ = try await session.agents.payOut(shillings(10), to: agent.id, from: .safe, key: .call)
        },
    ]

    @Sendable private static func earner(_ shop: Shop, _: GeneratedBatch) async throws -> CommissionEarner {
        try await shop.earner()
    }

    @Sendable private static func statement(_ shop: Shop, _: GeneratedBatch) async throws -> CommissionStatement {
        try await shop.owner.commission.issueStatement(to: shop.earner(), in: .ugx, key: .new())
    }

    @Sendable private static func agent(_ shop: Shop, _: GeneratedBatch) async throws -> Agent {
        try await shop.agent()
    }
}

extension Shop {
    /// A prepaid agent.
    func agent() async throws -> Agent {
        try await owner.agents.add(AgentDraft(name: "Agent \(random.word())", terms: .prepaid), key: .new())
    }

    /// Somebody who has earned commission.
    func earner() async throws -> CommissionEarner {
        let staff = try await colleague("seller-\(random.word())")
        let rule = try await owner.commission.addRule(for: .staff(staff.id), .rate(basisPoints: 1_000), key: .new())
        try await accrue(1_000, to: .staff(staff.id), under: rule)
        return .staff(staff.id)
    }

    /// Commission as the use cases that sell leave it.
    func accrue(
        _ amount: Int64,
        to earner: CommissionEarner,
        under rule: CommissionRule,
        cause: String = "sale:1"
    ) async throws {
        let accrual = CommissionAccrual(
            id: Identifier(timestamp: clock.now, random: try random.bytes(10)),
            tenant: tenant.id,
            earner: earner,
            rule: rule.id,
            cause: cause,
            amount: Money(minorUnits: amount, currency: .ugx),
            createdAt: clock.now
        )
        _ = try await store.write(.tenant(tenant.id)) { try $0.insert(accrual) }
    }
}
