/// A lower price for larger quantities.
public struct PriceRule: Hashable, Sendable {
    /// What the rule offers.
    public enum Offer: Hashable, Sendable {
        /// A price of one piece, in minor units of the package's currency.
        case unitPrice(Int64)
        /// A part of the whole price off, in basis points: 1 000 is 10 %.
        case discount(basisPoints: Int)
    }

    /// The quantity from which the rule holds, 1 or more.
    public let quantity: Int

    /// What it offers.
    public let offer: Offer

    /// Creates a rule.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a quantity below 1, a price outside
    ///   0…``VoucherTerms/maximumPrice`` or a discount outside 0…10 000 basis points.
    public init(from quantity: Int, _ offer: Offer) throws(DomainError) {
        let isInRange =
            switch offer {
            case .unitPrice(let price): (0...VoucherTerms.maximumPrice).contains(price)
            case .discount(let basisPoints): (0...10_000).contains(basisPoints)
            }
        guard quantity >= 1, isInRange else {
            throw DomainError(
                .invalidValue,
                field: "priceRules",
                "A price rule holds from a quantity of 1 or more and gives a price or 0 to 100 % off."
            )
        }
        self.quantity = quantity
        self.offer = offer
    }

    /// The price of `count` pieces by this rule, of which a discount is rounded half to even, once and on the whole.
    func total(of count: Int64, at price: Money) throws(DomainError) -> Money {
        switch offer {
        case .unitPrice(let units):
            return try Money(minorUnits: units, currency: price.currency) * count
        case .discount(let basisPoints):
            let whole = try price * count
            let product = whole.minorUnits.multipliedFullWidth(by: Int64(10_000 - basisPoints))
            // The price is not negative and the factor at most the divisor: the quotient fits.
            let (quotient, remainder) = Int64(10_000).dividingFullWidth(product)
            let goesUp = remainder > 5000 || (remainder == 5000 && quotient % 2 != 0)
            return Money(minorUnits: quotient + (goesUp ? 1 : 0), currency: price.currency)
        }
    }
}

extension PriceRule: LosslessStringConvertible {
    /// Reads `10:250` or `10:-1500bp`; anything else is `nil`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let quantity = Int(parts[0]) else { return nil }
        if parts[1].hasSuffix("bp") {
            guard parts[1].hasPrefix("-"), let points = Int(parts[1].dropFirst().dropLast(2)) else { return nil }
            try? self.init(from: quantity, .discount(basisPoints: points))
        } else {
            guard let price = Int64(parts[1]) else { return nil }
            try? self.init(from: quantity, .unitPrice(price))
        }
    }

    /// From 10 pieces on 250 minor units each as `10:250`, or 15 % off as `10:-1500bp`.
    public var description: String {
        switch offer {
        case .unitPrice(let price): "\(quantity):\(price)"
        case .discount(let basisPoints): "\(quantity):-\(basisPoints)bp"
        }
    }
}

extension PriceRule: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let rule = PriceRule(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "A price rule is 10:250.")
        }
        self = rule
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
