extension Shift {
    /// Notes a movement of cash; open → open.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` unless open;
    ///   ``DomainError/Code/currencyMismatch`` for another currency; ``DomainError/Code/invalidValue`` for a movement of
    ///   another shift; ``DomainError/Code/insufficientFunds`` when more would go out than the drawer holds.
    public mutating func record(_ movement: CashMovement) throws(DomainError) {
        guard state == .open else { throw illegal("move cash in", "open a new one") }
        guard movement.shift == id, movement.tenant == tenant else {
            throw DomainError(.invalidValue, field: "shift", "The movement belongs to another shift.")
        }
        var next = self
        switch movement.kind {
        case .sale: next.sales = try sales + movement.amount
        case .refund: next.refunds = try refunds + movement.amount
        case .handOver: next.handedOver = try handedOver + movement.amount
        case .cashIn: next.cashIn = try cashIn + movement.amount
        case .cashOut: next.cashOut = try cashOut + movement.amount
        }
        let expected = try next.expected()
        if !movement.kind.comesIn, expected.isNegative {
            throw DomainError(
                .insufficientFunds,
                field: "amount",
                "The drawer holds \(try self.expected()); \(movement.amount) cannot go out of it."
            )
        }
        self = next
    }

    /// open → counted, with what the drawer holds.
    public mutating func count(_ amount: Money, by actor: Actor, at instant: Timestamp) throws(DomainError) {
        guard state == .open else { throw illegal("count", "only an open one can be counted") }
        guard !amount.isNegative else {
            throw DomainError(.invalidValue, field: "counted", "A drawer cannot hold less than nothing.")
        }
        _ = try amount - expected()
        counted = amount
        countedBy = actor
        countedAt = instant
        state = .counted
    }

    /// counted → open, because something was forgotten; the count is given up.
    public mutating func recount() throws(DomainError) {
        guard state == .counted else { throw illegal("count again", "only one that was counted and has not ended") }
        counted = nil
        countedBy = nil
        countedAt = nil
        state = .open
    }

    /// counted → closed, if the difference is within `tolerance`; a larger one takes ``approve(by:reason:at:)``.
    public mutating func close(
        by actor: Actor,
        tolerance: Money? = nil,
        at instant: Timestamp
    ) throws(DomainError) {
        guard state == .counted, let difference = try difference() else { throw illegal("close", "count it first") }
        let tolerance = tolerance ?? .zero(currency)
        _ = try tolerance - difference
        guard difference.minorUnits.magnitude <= max(0, tolerance.minorUnits).magnitude else {
            throw illegal("close", "there is a difference of \(difference), which a second person must approve")
        }
        end(.closed, by: actor, at: instant)
    }

    /// counted → approved: a second person accepts the difference, for a reason.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` unless counted, for the person whose drawer it is,
    ///   and for whoever found a difference by counting it; ``DomainError/Code/invalidValue`` when there is a difference
    ///   and no reason.
    public mutating func approve(
        by actor: Actor,
        reason: String?,
        at instant: Timestamp
    ) throws(DomainError) {
        guard state == .counted, let difference = try difference() else { throw illegal("approve", "count it first") }
        guard actor != .staff(staff) else { throw illegal("approve", "nobody approves their own") }
        guard difference.isZero || actor != countedBy else {
            throw illegal("approve", "whoever counted it does not accept what is missing too")
        }
        guard difference.isZero || !(reason ?? "").isEmpty else {
            throw DomainError(.invalidValue, field: "reason", "Say why the drawer is off by \(difference).")
        }
        self.reason = reason
        end(.approved, by: actor, at: instant)
    }

    private mutating func end(_ state: ShiftState, by actor: Actor, at instant: Timestamp) {
        self.state = state
        endedBy = actor
        endedAt = instant
    }

    private func illegal(_ move: String, _ why: String) -> DomainError {
        DomainError(.illegalMove, "Cannot \(move) a shift that is \(state.rawValue): \(why).")
    }
}
