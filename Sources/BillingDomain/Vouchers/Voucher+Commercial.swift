/// The money side:
///
/// | move | from | to |
/// |---|---|---|
/// | ``reserve(for:until:at:)`` | generated, reserved | reserved |
/// | ``release()`` | reserved | generated |
/// | ``sell(at:by:for:tax:paidInto:granted:entry:reference:calendar:)`` | generated, reserved | sold |
/// | ``refund(_:of:at:)`` | sold | refunded |
/// | ``writeOff()`` | generated, sold | written off |
extension Voucher {
    /// What was paid for it, or would be: the price it was sold for, or that of its terms.
    public var paidPrice: Money { soldFor ?? terms.price }

    /// What its sale is made of in the books.
    ///
    /// What was let off its price was never paid, so it is never earned: it is not in the books.
    ///
    /// - Throws: ``DomainError`` for a record whose tax cannot be part of what was paid.
    public func saleAmounts() throws(DomainError) -> SaleAmounts { try SaleAmounts(price: paidPrice, tax: soldTax) }

    /// What was paid for it and with what; `nil` before its sale.
    public var paid: VoucherPayment? {
        guard soldAt != nil || commercial == .sold else { return nil }
        let entry = paidPrice.isZero ? nil : saleEntry
        return VoucherPayment(paidPrice, account: paidInto, granted: paidFromGrant, entry: entry)
    }

    /// Whether a reservation is in force at an instant.
    public func isReserved(at instant: Timestamp) -> Bool {
        commercial == .reserved && (reservedUntil.map { instant < $0 } ?? true)
    }

    /// generated → reserved: kept back for a payment under way.
    ///
    /// A reservation whose time is over gives way to another, and the same reference may prolong its own.
    ///
    /// - Parameters:
    ///   - reference: The payment or order, 1 to 200 bytes.
    ///   - end: Until when it is kept back, later than `instant`.
    ///   - instant: The present.
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` where the state does not allow it, with
    ///   ``DomainError/Code/invalidValue`` for a reference or an end out of range.
    public mutating func reserve(
        for reference: String,
        until end: Timestamp,
        at instant: Timestamp
    ) throws(DomainError) {
        guard commercial == .generated || commercial == .reserved else {
            throw illegal("reserve", "only a voucher in stock can be reserved")
        }
        guard !isReserved(at: instant) || reservedFor == reference else {
            throw illegal("reserve", "it is kept back for another payment")
        }
        try requireUse(toBuyerAt: instant, "reserve")
        guard access == .unused else { throw illegal("reserve", "it has been used already") }
        guard (1...200).contains(reference.utf8.count), end > instant else {
            throw DomainError(
                .invalidValue,
                field: "reference",
                "A reservation names its payment with 1 to 200 bytes and ends in the future."
            )
        }
        commercial = .reserved
        reservedFor = reference
        reservedUntil = end
    }

    /// reserved → generated: back in stock.
    public mutating func release() throws(DomainError) {
        guard commercial == .reserved else { throw illegal("release", "it is not reserved") }
        commercial = .generated
        reservedFor = nil
        reservedUntil = nil
    }

    /// generated or reserved → sold.
    ///
    /// A voucher that was used before its sale was entered can still be sold; a disabled or revoked one cannot, nor one
    /// whose time to be begun is over. A reserved one is sold to its reference, or to anybody once its reservation is over.
    ///
    /// - Parameters:
    ///   - instant: When it was sold; where its terms start the validity then, that begins.
    ///   - seller: Who sold it.
    ///   - price: What was paid; the price of its terms where left out.
    ///   - tax: The tax in that.
    ///   - account: The account that it was paid into or from; none for a gift.
    ///   - granted: How much of it was paid with granted credit.
    ///   - entry: Names the sale; where anything was paid it is the key of its entry in the books.
    ///   - reference: The payment that a reservation was made for.
    ///   - calendar: What calendar periods are counted in.
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` where the state does not allow it, with
    ///   ``DomainError/Code/invalidValue`` for a price of another currency or out of range.
    public mutating func sell(
        at instant: Timestamp,
        by seller: Actor? = nil,
        for price: Money? = nil,
        tax: Money? = nil,
        paidInto account: Account? = nil,
        granted: Money? = nil,
        entry: String? = nil,
        reference: String? = nil,
        calendar: any BusinessCalendar = FixedOffsetCalendar.utc
    ) throws(DomainError) {
        guard commercial == .generated || commercial == .reserved else {
            throw illegal("sell", "only a voucher in stock can be sold")
        }
        guard !isReserved(at: instant) || reservedFor == reference else {
            throw illegal("sell", "it is kept back for another payment")
        }
        try requireUse(toBuyerAt: instant, "sell")
        if let price {
            guard price.currency == terms.price.currency, (0...VoucherTerms.maximumPrice).contains(price.minorUnits)
            else { throw DomainError(.invalidValue, field: "price", "A voucher is sold in the currency of its price.") }
        }
        commercial = .sold
        soldAt = instant
        soldBy = seller
        soldFor = price == terms.price ? nil : price
        soldTax = tax.flatMap { $0.isZero ? nil : $0 }
        paidInto = paidPrice.isZero ? nil : account
        paidFromGrant = granted.flatMap { $0.isZero ? nil : $0 }
        saleEntry = entry
        reservedFor = nil
        reservedUntil = nil
        if terms.startRule == .onSale, validFrom == nil, access == .unused {
            beginValidity(beforeLogin: instant, in: calendar)
        }
    }

    /// Whether it could be sold now: to whom it is kept back for, where it is.
    public func canBeSold(at instant: Timestamp, to reference: String? = nil) -> Bool {
        var voucher = self
        return (try? voucher.sell(at: instant, reference: reference)) != nil
    }

    /// sold → refunded.
    ///
    /// Access goes first: the voucher must have been revoked or have ended.
    ///
    /// - Parameters:
    ///   - amount: How much is paid back, at most what was paid; the price it was sold for where left out.
    ///   - paid: What was paid in all, extensions included; the price it was sold for where left out.
    ///   - instant: When.
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` where the state does not allow it, with
    ///   ``DomainError/Code/invalidValue`` for more than was paid.
    public mutating func refund(
        _ amount: Money? = nil,
        of paid: Money? = nil,
        at instant: Timestamp? = nil
    ) throws(DomainError) {
        let paid = paid ?? paidPrice
        guard commercial == .sold else { throw illegal("refund", "only a sold voucher can be refunded") }
        guard access.isFinal else { throw illegal("refund", "revoke it first") }
        if let amount {
            guard amount.currency == paid.currency, (0...paid.minorUnits).contains(amount.minorUnits) else {
                throw DomainError(.invalidValue, field: "amount", "At most what was paid, \(paid), is paid back.")
            }
        }
        commercial = .refunded
        refundedAmount = amount ?? paidPrice
        refundedAt = instant
    }

    /// generated or sold → written off: lost, destroyed, or never paid.
    ///
    /// A reserved voucher is released first.
    public mutating func writeOff() throws(DomainError) {
        guard commercial == .generated || commercial == .sold else {
            throw illegal("write off", "only a voucher in stock or sold can be written off")
        }
        commercial = .writtenOff
    }

    private func requireUse(toBuyerAt instant: Timestamp, _ move: String) throws(DomainError) {
        let hasLapsed =
            switch access {
            case .unused: endOfUnused.map { $0 <= instant } ?? false
            case .expired: activatedAt == nil
            case .active, .depleted: false
            case .disabled, .revoked: true
            }
        guard !hasLapsed else { throw illegal(move, "it would not let its buyer in") }
    }
}
