public import BillingDomain
public import BillingPersistence

/// What selling earns in one tenant: rules, what accrued under them, and what is paid out.
public struct CommissionService: Sendable {
    let session: BillingSession

    /// The rules, newest first; with those that ended if asked for.
    public func rules(includingEnded: Bool = false) async throws -> [CommissionRule] {
        try await session.read(.viewCommission) { store in
            let all = Query<CommissionRule>().sorted(byDescending: CommissionRule.Columns.createdAt)
            return try store.records(includingEnded ? all : all.where(CommissionRule.Columns.endedAt.isAbsent))
        }
    }

    /// Makes a rule: for an earner or everybody, for a package or every one.
    ///
    /// The same key and request answer with the same rule.
    public func addRule(
        for earner: CommissionEarner? = nil,
        package: Identifier<Package>? = nil,
        _ reward: CommissionRule.Reward,
        moment: CommissionRule.Moment = .sale,
        key: IdempotencyKey
    ) async throws -> CommissionRule {
        let amount: (part: Int?, fixed: Money?) =
            switch reward {
            case .rate(let basisPoints): (basisPoints, nil)
            case .amount(let amount): (nil, amount)
            }
        let request = [
            "commission.rule.add", earner?.description, package?.description, amount.part?.description,
            amount.fixed?.description, moment.rawValue,
        ]
        return try await session.change(.manageCommission) { change in
            try change.once(key, request) { change in
                if let earner { try Self.require(earner, in: change.store) }
                if let package { _ = try PackageService.find(package, in: change.store) }
                let rule = try CommissionRule(
                    id: change.identifier(),
                    tenant: change.tenant,
                    earner: earner,
                    package: package,
                    reward: reward,
                    moment: moment,
                    createdAt: change.now
                )
                try change.store.insert(rule)
                try change.audit(
                    "commission.rule.add",
                    "commission-rule:\(rule.id)",
                    earner?.description ?? "everybody"
                )
                return rule.id.description
            } answer: { store, reference in
                guard let id = Identifier<CommissionRule>(reference) else { throw BillingError.notFound("rule") }
                return try store.require(id, "rule")
            }
        }
    }

    /// Ends a rule; what accrued under it stays.
    public func endRule(_ id: Identifier<CommissionRule>) async throws -> CommissionRule {
        try await session.change(.manageCommission) { change in
            guard var rule = try change.store.find(id) else { throw BillingError.notFound("rule", field: "rule") }
            guard rule.endedAt == nil else { return rule }
            rule.endedAt = change.now
            try change.audit("commission.rule.end", "commission-rule:\(id)")
            return try change.store.update(rule)
        }
    }

    /// What an earner earned, newest first.
    public func accruals(
        of earner: CommissionEarner,
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<CommissionAccrual> {
        try await session.read(.viewCommission) { store in
            try Self.require(earner, in: store)
            let own = Query(CommissionAccrual.Columns.earner == earner)
            return try store.page(own.sorted(byDescending: CommissionAccrual.Columns.createdAt), page)
        }
    }

    /// What a statement would say of what was earned before an instant; now if none is given.
    public func preview(
        of earner: CommissionEarner,
        in currency: Currency,
        before: Timestamp? = nil
    ) async throws -> CommissionPreview {
        let now = session.context.environment.now()
        return try await session.read(.viewCommission) { store in
            try Self.require(earner, in: store)
            return try Self.preview(earner, currency, before: before ?? now + .microseconds(1), in: store)
        }
    }

    /// Issues a numbered statement of what was earned before an instant; now if none is given.
    ///
    /// Of more than ``CommissionStatement/usualAccruals`` the oldest are on it, as many more as it takes to pay anything, and
    /// the rest on the next. The same key and request answer with the same statement.
    public func issueStatement(
        to earner: CommissionEarner,
        in currency: Currency,
        before: Timestamp? = nil,
        key: IdempotencyKey
    ) async throws -> CommissionStatement {
        try await session.change(.settleCommission) { change in
            let end = min(before ?? change.now + .microseconds(1), change.now + .microseconds(1))
            let request = ["commission.issue", earner.description, currency.code, before?.description]
            return try change.once(key, request) { change in
                try Self.require(earner, in: change.store)
                let last = try change.store.first(
                    Query<CommissionStatement>().sorted(byDescending: CommissionStatement.Columns.number).locked()
                )
                let (statement, accruals) = try CommissionStatement.issue(
                    Self.preview(earner, currency, before: end, in: change.store),
                    id: change.identifier(),
                    tenant: change.tenant,
                    number: (last?.number ?? 0) + 1,
                    before: end,
                    at: change.now
                )
                try change.store.insert(statement)
                for accrual in accruals { try change.store.update(accrual) }
                try change.audit(
                    "commission.issue",
                    "commission-statement:\(statement.id)",
                    "\(statement.number): \(statement.total) to \(earner)"
                )
                return statement.id.description
            } answer: { store, reference in
                try Self.statement(reference, in: store)
            }
        }
    }

    /// Pays a statement from the safe, the bank or one's own drawer.
    ///
    /// The same key and request answer with the same statement.
    public func pay(
        _ id: Identifier<CommissionStatement>,
        from place: CashPlace,
        key: IdempotencyKey
    ) async throws -> CommissionStatement {
        try await session.change(.settleCommission) { change in
            try change.once(key, ["commission.pay", id.description, place.rawValue]) { change in
                var statement = try Self.statement(id.description, in: change.store)
                guard try !change.earns(statement.earner) else {
                    throw BillingError(.forbidden, "Nobody pays their own commission. Let somebody else do it.")
                }
                try statement.pay(at: change.now)
                try change.store.update(statement)
                try change.book(
                    "commission-statement:\(id)",
                    key: "commission-statement:\(id)",
                    PostingRecipe.commissionPayment(
                        statement.total,
                        to: statement.earner,
                        from: change.account(of: place)
                    )
                )
                try change.audit(
                    "commission.pay",
                    "commission-statement:\(id)",
                    "\(statement.total), \(place.rawValue)"
                )
                return id.description
            } answer: { store, reference in
                try Self.statement(reference, in: store)
            }
        }
    }

    /// Takes back a statement that was not paid; what it settled is open again, and its number is not used again.
    public func cancel(_ id: Identifier<CommissionStatement>) async throws -> CommissionStatement {
        try await session.change(.settleCommission) { change in
            var statement = try Self.statement(id.description, in: change.store)
            try statement.cancel(at: change.now)
            for var accrual in try change.store.records(Query(CommissionAccrual.Columns.statement == id)) {
                try accrual.release()
                try change.store.update(accrual)
            }
            try change.audit("commission.cancel", "commission-statement:\(id)", "\(statement.number)")
            return try change.store.update(statement)
        }
    }

    /// Statements, the highest number first; those of one earner if given.
    public func statements(
        of earner: CommissionEarner? = nil,
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<CommissionStatement> {
        try await session.read(.viewCommission) { store in
            let all = Query<CommissionStatement>().sorted(byDescending: CommissionStatement.Columns.number)
            return try store.page(earner.map { all.where(CommissionStatement.Columns.earner == $0) } ?? all, page)
        }
    }
}

extension CommissionService {
    private static func preview(
        _ earner: CommissionEarner,
        _ currency: Currency,
        before: Timestamp,
        in store: any StoreReader
    ) throws -> CommissionPreview {
        let open = Query(
            CommissionAccrual.Columns.earner == earner,
            CommissionAccrual.Columns.statement.isAbsent,
            CommissionAccrual.Columns.currency == currency,
            CommissionAccrual.Columns.createdAt < before
        )
        let units = try store.sums(open, of: ["amount"]).first?.sums.first ?? 0
        let sum = Money(minorUnits: Int64(clamping: units), currency: currency)
        let oldest = open.sorted(by: CommissionAccrual.Columns.createdAt)
        var accruals: [CommissionAccrual] = []
        var total = Money.zero(currency)
        var place: PageCursor?
        repeat {
            let page = try store.page(oldest, PageRequest(after: place, size: CommissionStatement.usualAccruals))
            for accrual in page.items { total = try total + accrual.amount }
            accruals += page.items
            place = page.next
            // What was taken back is carried by what was earned later: a statement that pays nothing would stay the next.
            // Where all of it comes to nothing there is no statement, and nothing more to be read.
        } while place != nil && total.minorUnits <= 0 && sum.minorUnits > 0
        return try CommissionPreview(
            of: accruals,
            earner: earner,
            in: currency,
            before: before,
            isCut: place != nil,
            open: sum
        )
    }

    private static func statement(_ text: String, in store: any StoreReader) throws -> CommissionStatement {
        guard let id = Identifier<CommissionStatement>(text), let statement = try store.find(id) else {
            throw BillingError.notFound("statement", field: "statement")
        }
        return statement
    }

    private static func require(_ earner: CommissionEarner, in store: any StoreReader) throws {
        switch earner {
        case .staff(let id): _ = try StaffService.find(id, in: store)
        case .agent(let id): _ = try AgentService.find(id, in: store)
        }
    }
}

extension Change {
    /// Whether what somebody has earned is the actor's own, or that of the agent they sign in for, by whatever program.
    func earns(_ earner: CommissionEarner) throws -> Bool {
        let acting = try person()
        guard acting.description != earner.description else { return true }
        guard case .agent(let id) = earner, let person = try AgentService.find(id, in: store).staff else {
            return false
        }
        return acting == .staff(person)
    }
}
