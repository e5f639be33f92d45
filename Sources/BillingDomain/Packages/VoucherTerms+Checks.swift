extension VoucherTerms {
    func check() throws(DomainError) {
        try validityPeriod?.check(field: "validity")
        try Self.check(uptimeAllowance, field: "uptimeAllowance")
        if let dataQuota, dataQuota.bytes == 0 {
            throw DomainError(.invalidValue, field: "dataQuota", "A data quota lies above zero; leave it out for none.")
        }
        guard (1...1000).contains(sharedUsers) else {
            throw DomainError(.invalidValue, field: "sharedUsers", "Between 1 and 1000 devices may share a voucher.")
        }
        guard !locksToDevice || sharedUsers == 1 else {
            throw DomainError(
                .invalidValue,
                field: "locksToDevice",
                "What is locked to one device cannot be shared; allow one user, or leave the lock out."
            )
        }
        try Self.check(deadlines.activateAfterCreation, field: "activateAfterCreation")
        try Self.check(deadlines.activateAfterPurchase, field: "activateAfterPurchase")
        try Self.check(deadlines.useAfterActivation, field: "useAfterActivation")
        if expiryRule.delay != .zero { try Self.check(expiryRule.delay, field: "expiryRule") }
        try checkPrices()
        try Self.check(profile: routerProfile, field: "routerProfile")
        if case .throttle(let profile) = quotaEnd { try Self.check(profile: profile, field: "quotaEnd") }
        if case .moveTo(let profile) = expiryRule.action { try Self.check(profile: profile, field: "expiryRule") }
    }

    static func check(_ limit: Duration?, field: String) throws(DomainError) {
        guard let limit else { return }
        guard limit > .zero, limit <= .seconds(100 * 366 * 86_400) else {
            throw DomainError(.invalidValue, field: field, "A limit of time lies above zero and below 100 years.")
        }
    }

    private func checkPrices() throws(DomainError) {
        let highest = Money(minorUnits: Self.maximumPrice, currency: price.currency)
        guard (0...Self.maximumPrice).contains(price.minorUnits) else {
            throw DomainError(.invalidValue, field: "price", "A price is not negative and at most \(highest).")
        }
        guard let cost else { return }
        guard cost.currency == price.currency, (0...Self.maximumPrice).contains(cost.minorUnits) else {
            throw DomainError(
                .invalidValue,
                field: "cost",
                "A cost is in the currency of the price, not negative, and at most \(highest)."
            )
        }
    }

    private static func check(profile: String, field: String) throws(DomainError) {
        let isPrintable = !profile.utf8.contains { $0 < 32 || $0 == 127 }
        guard isPrintable, (1...100).contains(profile.utf8.count) else {
            throw DomainError(
                .invalidValue,
                field: field,
                "A hotspot user profile is named with 1 to 100 printable bytes."
            )
        }
    }
}
