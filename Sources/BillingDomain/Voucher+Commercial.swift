extension Voucher {
    /// generated → sold.
    ///
    /// A voucher that was used before its sale was entered can still be sold; a disabled or revoked one cannot.
    public mutating func sell(at instant: Timestamp) throws(DomainError) {
        guard commercial == .generated else { throw illegal("sell", "only a voucher in stock can be sold") }
        guard access != .disabled, access != .revoked else { throw illegal("sell", "it would not let its buyer in") }
        commercial = .sold
        soldAt = instant
    }

    /// sold → refunded.
    ///
    /// Access goes first: the voucher must have been revoked or have ended.
    public mutating func refund() throws(DomainError) {
        guard commercial == .sold else { throw illegal("refund", "only a sold voucher can be refunded") }
        guard access.isFinal else { throw illegal("refund", "revoke it first") }
        commercial = .refunded
    }

    /// generated or sold → written off: lost, destroyed, or never paid.
    public mutating func writeOff() throws(DomainError) {
        guard commercial == .generated || commercial == .sold else {
            throw illegal("write off", "only a voucher in stock or sold can be written off")
        }
        commercial = .writtenOff
    }
}
