public import BillingDomain
public import BillingPersistence

/// Drawers of cash from their float to their count.
///
/// A drawer holds cash from the opening of its shift to its end, and nothing at any other time: who has no open shift
/// takes cash into the safe and pays it from there, or is refused where ``SettingKey/cashNeedsShift`` says so. People open,
/// count and close shifts of their own; a second person approves a difference, and counts the drawer of who has left, of
/// which a third approves a difference. Whoever is assigned to sites does so for drawers of those, and of no site.
/// What other use cases take and pay in cash is found in the books: everything that moved the person's cash account from
/// the opening to the count.
public struct ShiftService: Sendable {
    let session: BillingSession

    /// Opens a shift with a float from the safe.
    ///
    /// Throws ``BillingError/Code/conflict`` while another one of the same currency has not ended. The same key and
    /// request answer with the same shift.
    public func open(float: Money, at site: Identifier<Site>? = nil, key: IdempotencyKey) async throws -> Shift {
        let staff = try session.person()
        return try await session.change(.workShifts) { change in
            guard !float.isNegative else { throw BillingError.invalid("float", "A float is not below zero.") }
            let site = try site.map { try change.reachableSite($0).id }
            return try change.once(key, ["shift.open", float.description, site?.description]) { change in
                guard try change.store.unfinishedShift(of: staff, in: float.currency) == nil else {
                    throw BillingError(.conflict, "You have a shift that has not ended. Count and close it first.")
                }
                guard try change.store.agent(of: staff) == nil else {
                    throw BillingError(.conflict, "The cash that you take is your agent's. A drawer is the house's.")
                }
                let shift = Shift(
                    id: try change.identifier(),
                    tenant: change.tenant,
                    staff: staff,
                    site: site,
                    openingFloat: float,
                    createdAt: change.now
                )
                try change.store.insert(shift)
                try change.book(
                    "shift:\(shift.id):open",
                    key: "shift:\(shift.id):open",
                    PostingRecipe.openingFloat(float, to: staff)
                )
                try change.audit("shift.open", "shift:\(shift.id)", "\(float)")
                return shift.id.description
            } answer: { store, reference in
                try Self.find(reference, in: store)
            }
        }
    }

    /// The person's own shift that has not ended, with what the books say so far; `nil` if there is none.
    public func current(_ currency: Currency) async throws -> Shift? {
        let staff = try session.person()
        return try await session.read(.workShifts) { store in
            guard var shift = try store.unfinishedShift(of: staff, in: currency) else { return nil }
            if shift.state == .open {
                for movement in try store.unrecordedCash(of: shift) { try shift.record(movement) }
            }
            return shift
        }
    }

    /// Shifts of everybody, newest first; those of one person if given.
    public func list(of staff: Identifier<Staff>? = nil, _ page: PageRequest = PageRequest()) async throws -> Page<
        Shift
    > {
        try await session.read(.viewShifts) { store in
            let all = Query<Shift>().sorted(byDescending: Shift.Columns.createdAt)
            return try store.page(staff.map { all.where(Shift.Columns.staff == $0) } ?? all, page)
        }
    }

    /// One shift with its movements, oldest first: anybody's.
    public func shift(_ id: Identifier<Shift>) async throws -> (shift: Shift, movements: [CashMovement]) {
        try await session.read(.viewShifts) { store in
            let shift = try Self.find(id.description, in: store)
            let own = Query(CashMovement.Columns.shift == id).sorted(by: CashMovement.Columns.at)
            return (shift, try store.records(own))
        }
    }

    /// Hands cash of one's own open shift to the safe, the bank or a colleague whose shift is open.
    public func handOver(_ amount: Money, to target: HandOver, key: IdempotencyKey) async throws -> Shift {
        try await move(.handOver, amount, reason: nil, key, ["shift.hand-over", target.text]) { change, staff in
            if case .colleague(let other) = target {
                _ = try StaffService.find(other, in: change.store)
                guard other != staff else { throw BillingError.invalid("target", "Hand cash to somebody else.") }
                guard try change.store.unfinishedShift(of: other, in: amount.currency)?.state == .open else {
                    throw BillingError(
                        .conflict,
                        field: "target",
                        "Your colleague has no open shift in \(amount.currency.code). Hand it to the safe."
                    )
                }
            }
            return try PostingRecipe.handOver(amount, from: staff, to: target.account)
        }
    }

    /// Puts cash from the safe into one's own open drawer.
    public func cashIn(_ amount: Money, reason: String, key: IdempotencyKey) async throws -> Shift {
        let reason = try Input.reason(reason)
        return try await move(.cashIn, amount, reason: reason, key, ["shift.cash-in", reason]) { _, staff in
            try PostingRecipe.cashIn(amount, to: staff, from: .safe)
        }
    }

    /// Takes cash out of one's own open drawer to buy something for the business.
    public func cashOut(_ amount: Money, reason: String, key: IdempotencyKey) async throws -> Shift {
        let reason = try Input.reason(reason)
        return try await move(.cashOut, amount, reason: reason, key, ["shift.cash-out", reason]) { _, staff in
            try PostingRecipe.cashOut(amount, from: staff, for: .suppliersPayable)
        }
    }

    /// Notes what one's own drawer holds.
    public func count(_ counted: Money) async throws -> Shift {
        try await changeOwn(counted.currency) { change, shift in try change.count(counted, in: &shift) }
    }

    /// Notes what the drawer of somebody else holds, who has left it; it is ended by ``approve(_:reason:key:)`` then.
    public func count(_ counted: Money, of id: Identifier<Shift>) async throws -> Shift {
        try await session.change(.approveShifts) { change in
            var shift = try change.reachableShift(id)
            guard counted.currency == shift.currency else {
                throw BillingError.invalid("counted", "This drawer is in \(shift.currency.code).")
            }
            try change.count(counted, in: &shift)
            return try change.store.update(shift)
        }
    }

    /// Gives the count of one's own drawer up, because something was forgotten.
    public func recount(_ currency: Currency) async throws -> Shift {
        try await changeOwn(currency) { change, shift in
            try shift.recount()
            try change.audit("shift.recount", "shift:\(shift.id)")
        }
    }

    /// Gives the count of somebody else's drawer up, because it was miscounted; it is counted again then.
    public func recount(of id: Identifier<Shift>) async throws -> Shift {
        try await session.change(.approveShifts) { change in
            var shift = try change.reachableShift(id)
            let counted = shift.counted?.description ?? ""
            try shift.recount()
            try change.audit("shift.recount", "shift:\(id)", counted)
            return try change.store.update(shift)
        }
    }

    /// Ends one's own counted shift, if the difference is within the tenant's tolerance; what was counted goes to the
    /// safe.
    ///
    /// The same key and request answer with the same shift.
    public func close(_ currency: Currency, key: IdempotencyKey) async throws -> Shift {
        let staff = try session.person()
        return try await session.change(.workShifts) { change in
            try change.once(key, ["shift.close", currency.code]) { change in
                var shift = try Self.unfinished(of: staff, in: currency, change.store)
                let tolerance = Money(minorUnits: try change.store.settings()[.shiftTolerance], currency: currency)
                try shift.close(by: change.actor, tolerance: tolerance, at: change.now)
                try change.settle(shift)
                try change.audit("shift.close", "shift:\(shift.id)", shift.differenceText)
                return try change.store.update(shift).id.description
            } answer: { store, reference in
                try Self.find(reference, in: store)
            }
        }
    }

    /// Accepts the difference of another person's shift that somebody else has counted, for a reason, and ends it; what was
    /// counted goes to the safe.
    ///
    /// Whoever acts by a token is who made it. The same key and request answer with the same shift.
    public func approve(_ id: Identifier<Shift>, reason: String?, key: IdempotencyKey) async throws -> Shift {
        try await session.change(.approveShifts) { change in
            let reason = try Input.optionalName(reason, field: "reason")
            return try change.once(key, ["shift.approve", id.description, reason]) { change in
                var shift = try change.reachableShift(id)
                try change.requireOtherEyes(for: shift)
                try shift.approve(by: change.actor, reason: reason, at: change.now)
                try change.settle(shift)
                try change.audit("shift.approve", "shift:\(id)", shift.differenceText, after: reason)
                return try change.store.update(shift).id.description
            } answer: { store, reference in
                try Self.find(reference, in: store)
            }
        }
    }
}

extension ShiftService {
    fileprivate static func find(_ text: String, in store: any StoreReader) throws -> Shift {
        guard let id = Identifier<Shift>(text), let shift = try store.find(id) else {
            throw BillingError.notFound("shift", field: "shift")
        }
        return shift
    }

    private static func unfinished(
        of staff: Identifier<Staff>,
        in currency: Currency,
        _ store: any StoreReader
    ) throws -> Shift {
        guard let shift = try store.unfinishedShift(of: staff, in: currency) else {
            throw BillingError(.conflict, "You have no shift in \(currency.code) at the moment. Open one first.")
        }
        return shift
    }

    private func changeOwn(
        _ currency: Currency,
        _ body: @Sendable (inout Change, inout Shift) throws -> Void
    ) async throws -> Shift {
        let staff = try session.person()
        return try await session.change(.workShifts) { change in
            var shift = try Self.unfinished(of: staff, in: currency, change.store)
            try body(&change, &shift)
            return try change.store.update(shift)
        }
    }

    private func move(
        _ kind: CashMovement.Kind,
        _ amount: Money,
        reason: String?,
        _ key: IdempotencyKey,
        _ request: [String?],
        _ postings: @escaping @Sendable (inout Change, Identifier<Staff>) throws -> [Posting]
    ) async throws -> Shift {
        let staff = try session.person()
        let actor = session.actor
        return try await session.change(.workShifts) { change in
            let amount = try Input.amount(amount)
            return try change.once(key, request + [amount.description]) { change in
                var shift = try Self.unfinished(of: staff, in: amount.currency, change.store)
                try change.recordCash(of: &shift)
                let id = try change.identifier(of: CashMovement.self)
                let cause = "shift:\(shift.id):\(kind.rawValue):\(id)"
                let movement = try CashMovement(
                    id: id,
                    tenant: change.tenant,
                    shift: shift.id,
                    at: change.now,
                    kind: kind,
                    amount: amount,
                    actor: actor,
                    cause: cause,
                    reason: reason
                )
                try shift.record(movement)
                try change.book(cause, key: cause, postings(&change, staff))
                try change.store.insert(movement)
                try change.store.update(shift)
                try change.audit("shift.\(kind.rawValue)", "shift:\(shift.id)", "\(amount)", after: reason)
                return shift.id.description
            } answer: { store, reference in
                try Self.find(reference, in: store)
            }
        }
    }
}

extension Change {
    /// A shift of a site within reach, or of none.
    fileprivate func reachableShift(_ id: Identifier<Shift>) throws -> Shift {
        let shift = try ShiftService.find(id.description, in: store)
        if let site = shift.site { _ = try reachableSite(site) }
        return shift
    }

    /// Refuses a program of whose drawer it is, and where there is a difference the person who counted it, by whatever
    /// program.
    fileprivate func requireOtherEyes(for shift: Shift) throws {
        let person = try person()
        guard person != .staff(shift.staff) else {
            throw BillingError(.conflict, "Nobody approves their own drawer. Let somebody else do it.")
        }
        guard let counter = shift.countedBy, try shift.difference()?.isZero == false else { return }
        guard try person != self.person(behind: counter) else {
            throw BillingError(
                .conflict,
                "Whoever counted it does not accept what is missing too. Let somebody else do it, or count it again."
            )
        }
    }

    fileprivate func count(_ counted: Money, in shift: inout Shift) throws {
        try recordCash(of: &shift)
        try shift.count(counted, by: actor, at: now)
        try audit("shift.count", "shift:\(shift.id)", "\(counted), expected \(shift.expected())")
    }
}

extension Shift {
    fileprivate var differenceText: String {
        (try? difference()).flatMap { $0 }.map { $0.isZero ? "as expected" : "difference \($0)" } ?? ""
    }
}
