extension Voucher {
    /// When it must have been first used; `nil` for no such deadline.
    ///
    /// Until its sale that is the deadline after creation, after its sale the one after purchase where its terms have one;
    /// or later where an extension said so.
    public var activateBy: Timestamp? {
        let afterSale = soldAt.flatMap { soldAt in terms.deadlines.activateAfterPurchase.map { soldAt + $0 } }
        let byTerms = afterSale ?? terms.deadlines.activateAfterCreation.map { createdAt + $0 }
        return [byTerms, activateByExtended].compactMap { $0 }.max()
    }

    /// When something happens to it by itself: an unused voucher may no longer be begun, one in use ends, the row of one
    /// that has ended is cleaned up; `nil` for nothing.
    ///
    /// A disabled voucher waits: what became due meanwhile happens when it is enabled.
    public var nextDeadline: Timestamp? {
        switch access {
        case .unused: endOfUnused
        case .active: expiresAt
        case .disabled: nil
        case .expired, .depleted, .revoked: cleanUpDue
        }
    }

    /// When an unused voucher ends: its deadline, or the end of a validity that began before any login.
    var endOfUnused: Timestamp? { [activateBy, expiresAt].compactMap { $0 }.min() }

    /// Ends a voucher whose deadline or validity is over or whose allowance is used up, and says whether it did.
    ///
    /// Legal in every state, for it does nothing where nothing is due.
    @discardableResult
    public mutating func endIfDue(at instant: Timestamp) throws(DomainError) -> Bool {
        switch access {
        case .unused:
            guard let endOfUnused, endOfUnused <= instant else { return false }
            try expire(at: instant)
        case .active:
            if let expiresAt, expiresAt <= instant {
                try expire(at: instant)
            } else if isAllowanceUsedUp {
                try deplete(at: instant)
            } else {
                return false
            }
        case .disabled, .expired, .depleted, .revoked:
            return false
        }
        return true
    }
}
