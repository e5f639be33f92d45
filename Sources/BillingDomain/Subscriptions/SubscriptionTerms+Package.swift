extension SubscriptionTerms {
    /// The terms of a subscription to a package: a period lasts as long as the package is valid.
    ///
    /// - Parameters:
    ///   - package: The package, whose validity is in whole days, weeks or months.
    ///   - graceDays: The days of service after the paid time, 0…90.
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a validity that is no ``BillingCycle``, and as
    ///   the terms do.
    public init(of package: Package, graceDays: Int) throws(DomainError) {
        guard let cycle = package.terms.validityPeriod.flatMap({ BillingCycle($0) }) else {
            throw DomainError(
                .invalidValue,
                field: "package",
                "“\(package.name)” cannot be paid for period by period: it is not valid for whole days."
            )
        }
        try self.init(
            packageName: package.name,
            cycle: cycle,
            price: package.terms.price,
            routerProfile: package.terms.routerProfile,
            graceDays: graceDays
        )
    }
}

extension BillingCycle {
    /// The cycle whose periods last as long as a validity; `nil` where it is not in whole days, or too long.
    public init?(_ validity: Validity) {
        switch validity {
        case .elapsed(let duration):
            let day = Duration.seconds(86_400)
            let days = Int(duration / day)
            guard day * days == duration else { return nil }
            self = .days(days)
        case .days(let count): self = .days(count)
        case .weeks(let count): self = .weeks(count)
        case .months(let count): self = .months(count)
        case .untilDayOfMonth(let day, let months): self = .dayOfMonth(day, everyMonths: months)
        }
        guard isInRange else { return nil }
    }
}
