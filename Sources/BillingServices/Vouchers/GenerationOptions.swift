public import BillingDomain

/// What may be chosen beside the product when vouchers are generated.
public struct GenerationOptions: Hashable, Sendable {
    /// What the codes look like; the tenant's own style where it is left out.
    public var codeStyle: VoucherCodeStyle?
    /// Whether each has a password of its own beside its code, of 8 symbols.
    public var hasPasswords: Bool
    /// When the validity begins, where that is not as the package says.
    public var startRule: StartRule?
    /// The last instant to begin their use at, whenever they are sold.
    public var activateBy: Timestamp?
    /// How they are sold, where they are; its customer is theirs in any case.
    public var sale: SaleOptions
    /// Whom to send them to, such as `phone:+256700000001` or `customer:<id>`, for up to 100 of them; takes
    /// ``Permission/sendNotifications``.
    public var recipient: String?

    /// Options of which any may be left out.
    public init(
        codeStyle: VoucherCodeStyle? = nil,
        hasPasswords: Bool = false,
        startRule: StartRule? = nil,
        activateBy: Timestamp? = nil,
        sale: SaleOptions = SaleOptions(),
        recipient: String? = nil
    ) {
        self.codeStyle = codeStyle
        self.hasPasswords = hasPasswords
        self.startRule = startRule
        self.activateBy = activateBy
        self.sale = sale
        self.recipient = recipient
    }
}

extension GenerationOptions {
    /// Everything that tells two of them apart.
    var fingerprint: [String?] {
        [
            codeStyle.map { "\($0.alphabet) \($0.length) \($0.prefix) \($0.hasCheckSymbol)" }, String(hasPasswords),
            startRule?.rawValue, activateBy?.description, recipient,
        ] + sale.fingerprint
    }
}
