import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport

/// Drawers, commission and agents.
extension UseCase {
    private static func shillings(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .ugx) }

    private static func personal(
        _ method: String,
        _ name: String,
        run: @escaping @Sendable (BillingSession) async throws -> Void
    ) -> UseCase {
        UseCase(method, name, [.workShifts], namesThings: false, isForPeople: true) { session, _, _ in
            try await run(session)
        }
    }

    /// A shift of the shop that was counted with something missing.
    private static func counted(_ shop: Shop) async throws -> Shift {
        let till = try await shop.person(.cashier, "till-\(IdempotencyKey.new())").session
        _ = try await till.shifts.open(float: shillings(1_000), key: .new())
        return try await till.shifts.count(shillings(900))
    }

    private static func statement(_ shop: Shop) async throws -> CommissionStatement {
        let earner = try await shop.earner()
        return try await shop.owner.commission.issueStatement(to: earner, in: .ugx, key: .new())
    }

    static let cash: [UseCase] = [
        personal("ShiftService.open(float:at:key:)", "open a shift") {
            _ = try await $0.shifts.open(float: shillings(1_000), key: .new())
        },
        personal("ShiftService.current(_:)", "see one's shift") { _ = try await $0.shifts.current(.ugx) },
        personal("ShiftService.handOver(_:to:key:)", "hand cash over") {
            _ = try await $0.shifts.open(float: shillings(1_000), key: .new())
            _ = try await $0.shifts.handOver(shillings(10), to: .safe, key: .new())
        },
        personal("ShiftService.cashIn(_:reason:key:)", "put cash in") {
            _ = try await $0.shifts.open(float: shillings(0), key: .new())
            _ = try await $0.shifts.cashIn(shillings(10), reason: "change", key: .new())
        },
        personal("ShiftService.cashOut(_:reason:key:)", "take cash out") {
            _ = try await $0.shifts.open(float: shillings(1_000), key: .new())
            _ = try await $0.shifts.cashOut(shillings(10), reason: "petrol", key: .new())
        },
        personal("ShiftService.count(_:)", "count a drawer") {
            _ = try await $0.shifts.open(float: shillings(1_000), key: .new())
            _ = try await $0.shifts.count(shillings(1_000))
        },
        personal("ShiftService.recount(_:)", "count a drawer again") {
            _ = try await $0.shifts.open(float: shillings(1_000), key: .new())
            _ = try await $0.shifts.count(shillings(10))
            _ = try await $0.shifts.recount(.ugx)
        },
        personal("ShiftService.close(_:)", "close a shift") {
            _ = try await $0.shifts.open(float: shillings(1_000), key: .new())
            _ = try await $0.shifts.count(shillings(1_000))
            _ = try await $0.shifts.close(.ugx)
        },
        UseCase("ShiftService.list(of:_:)", "list shifts", [.viewShifts], namesThings: false) { session, _, _ in
            _ = try await session.shifts.list()
        },
        UseCase("ShiftService.shift(_:)", "see a shift", [.viewShifts]) { session, shop, _ in
            _ = try await session.shifts.shift(counted(shop).id)
        },
        UseCase("ShiftService.approve(_:reason:)", "approve a shift", [.approveShifts]) { session, shop, _ in
            _ = try await session.shifts.approve(counted(shop).id, reason: "a hole in the pocket")
        },
        UseCase(
            "CommissionService.rules(includingEnded:)",
            "list commission rules",
            [.viewCommission],
            namesThings: false
        ) { session, _, _ in _ = try await session.commission.rules() },
        UseCase("CommissionService.addRule(for:package:_:moment:)", "add a commission rule", [.manageCommission]) {
            session,
            shop,
            _ in
            _ = try await session.commission.addRule(package: shop.package.id, .rate(basisPoints: 500))
        },
        UseCase("CommissionService.endRule(_:)", "end a commission rule", [.manageCommission]) { session, shop, _ in
            let rule = try await shop.owner.commission.addRule(.rate(basisPoints: 500))
            _ = try await session.commission.endRule(rule.id)
        },
        UseCase("CommissionService.accruals(of:_:)", "see commission", [.viewCommission]) { session, shop, _ in
            _ = try await session.commission.accruals(of: .staff(shop.colleague().id))
        },
        UseCase("CommissionService.preview(of:in:before:)", "preview commission", [.viewCommission]) {
            session,
            shop,
            _ in
            _ = try await session.commission.preview(of: .staff(shop.colleague().id), in: .ugx)
        },
        UseCase(
            "CommissionService.issueStatement(to:in:before:key:)",
            "issue a commission statement",
            [.settleCommission]
        ) { session, shop, _ in
            _ = try await session.commission.issueStatement(to: shop.earner(), in: .ugx, key: .new())
        },
        UseCase("CommissionService.pay(_:from:key:)", "pay commission", [.settleCommission]) { session, shop, _ in
            _ = try await session.commission.pay(statement(shop).id, from: .safe, key: .new())
        },
        UseCase("CommissionService.cancel(_:)", "cancel a commission statement", [.settleCommission]) {
            session,
            shop,
            _ in
            _ = try await session.commission.cancel(statement(shop).id)
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
        UseCase("AgentService.agent(_:)", "see an agent", [.viewAgents]) { session, shop, _ in
            _ = try await session.agents.agent(shop.agent().id)
        },
        UseCase("AgentService.balance(of:)", "see the balance of an agent", [.viewAgents]) { session, shop, _ in
            _ = try await session.agents.balance(of: shop.agent().id)
        },
        UseCase("AgentService.add(_:)", "add an agent", [.manageAgents], namesThings: false) { session, _, _ in
            _ = try await session.agents.add(AgentDraft(name: "Kiosk", terms: .prepaid))
        },
        UseCase("AgentService.update(_:_:)", "change an agent", [.manageAgents]) { session, shop, _ in
            _ = try await session.agents.update(shop.agent().id, AgentDraft(name: "Stall", terms: .prepaid))
        },
        UseCase("AgentService.suspend(_:)", "suspend an agent", [.manageAgents]) { session, shop, _ in
            _ = try await session.agents.suspend(shop.agent().id)
        },
        UseCase("AgentService.resume(_:)", "resume an agent", [.manageAgents]) { session, shop, _ in
            _ = try await session.agents.resume(shop.owner.agents.suspend(shop.agent().id).id)
        },
        UseCase("AgentService.close(_:)", "close an agent", [.manageAgents]) { session, shop, _ in
            _ = try await session.agents.close(shop.agent().id)
        },
        UseCase("AgentService.takeMoney(_:of:into:key:)", "take an agent's money", [.supplyAgents]) {
            session,
            shop,
            _ in
            let other = session.tenant.id != shop.tenant.id
            let amount = other ? Money(minorUnits: 10, currency: .usd) : shillings(10)
            _ = try await session.agents.takeMoney(amount, of: shop.agent().id, into: .safe, key: .new())
        },
    ]
}

extension Shop {
    /// A prepaid agent.
    func agent() async throws -> Agent {
        try await owner.agents.add(AgentDraft(name: "Agent \(IdempotencyKey.new())", terms: .prepaid))
    }

    /// Somebody who has earned commission.
    func earner() async throws -> CommissionEarner {
        let staff = try await colleague("seller-\(IdempotencyKey.new())")
        let rule = try await owner.commission.addRule(for: .staff(staff.id), .rate(basisPoints: 1_000))
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
