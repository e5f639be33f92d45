public import BillingDomain

/// How vouchers are sold.
public struct SaleOptions: Hashable, Sendable {
    /// How they are paid; a balance is that of the customer they belong to from now on.
    public var method: PaymentMethod
    /// Who sold them, where it was not whoever enters it: a member of staff, whose open drawer cash goes into; takes
    /// ``Permission/approveShifts``.
    public var seller: Identifier<Staff>?
    /// Whether the package's prices for larger quantities hold.
    public var usesBulkPrice: Bool
    /// What each was sold for instead of its price, up to that; takes ``Permission/grantDiscounts``.
    public var unitPrice: Money?
    /// The name of the customer, up to 100 characters.
    public var customer: String?
    /// The customer they belong to from now on.
    public var customerID: Identifier<Customer>?

    /// Options of a sale; for cash at the list price by default.
    public init(
        method: PaymentMethod = .cash,
        seller: Identifier<Staff>? = nil,
        usesBulkPrice: Bool = false,
        unitPrice: Money? = nil,
        customer: String? = nil,
        customerID: Identifier<Customer>? = nil
    ) {
        self.method = method
        self.seller = seller
        self.usesBulkPrice = usesBulkPrice
        self.unitPrice = unitPrice
        self.customer = customer
        self.customerID = customerID
    }
}

extension SaleOptions {
    /// What it takes beside the permission to sell.
    var furtherPermissions: [Permission] {
        method.furtherPermissions + (seller == nil ? [] : [.approveShifts])
            + (unitPrice == nil ? [] : [.grantDiscounts])
    }

    /// Everything that tells two of them apart.
    var fingerprint: [String?] {
        [
            method.description, seller?.description, String(usesBulkPrice), unitPrice?.description, customer,
            customerID?.description,
        ]
    }

    func checked() throws -> SaleOptions {
        var options = self
        options.customer = try customer.map { try Input.name($0, field: "customer", isOptional: true) }
        if options.customer?.isEmpty == true { options.customer = nil }
        if case .gateway(let name) = method { _ = try Input.gateway(name) }
        return options
    }
}
