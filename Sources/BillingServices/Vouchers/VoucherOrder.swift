import BillingDomain
import BillingPersistence

/// A request for a batch: what the three ways to ask for one have in common.
struct VoucherOrder: Sendable {
    enum Choice: Sendable {
        case package(Identifier<Package>)
        case terms(VoucherTerms)
        case profile(String, InlineTerms)
    }

    let choice: Choice
    let quantity: Int
    let router: Identifier<Router>
    let codePrefix: String?
    let sold: Bool
    let options: GenerationOptions

    init(
        _ choice: Choice,
        _ quantity: Int,
        _ router: Identifier<Router>,
        codePrefix: String?,
        sold: Bool,
        options: GenerationOptions
    ) {
        self.choice = choice
        self.quantity = quantity
        self.router = router
        self.codePrefix = codePrefix
        self.sold = sold
        self.options = options
    }

    /// What the order takes beside the permission to generate.
    ///
    /// Selling, where it sells; and where it brings its own terms, what making a price takes.
    var furtherPermissions: [Permission] {
        (sold ? [.sellVouchers] + options.sale.furtherPermissions : []) + (isCustom ? [.managePackages] : [])
            + (options.recipient == nil ? [] : [.sendNotifications])
    }

    private var isCustom: Bool {
        switch choice {
        case .package: false
        case .terms: true
        case .profile(let name, _): name.asciiUppercased == VoucherBatch.customPackageName
        }
    }

    var fingerprint: [String?] {
        let chosen: [String?] =
            switch choice {
            case .package(let id): ["package", id.description]
            case .terms(let terms): ["terms"] + terms.fingerprint
            case .profile(let name, let inline): ["profile", name] + inline.fingerprint
            }
        return ["voucher.generate", String(quantity), router.description, codePrefix, String(sold)]
            + options.fingerprint + chosen
    }

    /// The terms that were chosen, and the package they are of if any.
    func terms(in store: any StoreReader) throws -> (terms: VoucherTerms, package: Package?) {
        switch choice {
        case .terms(let terms):
            return (terms, nil)
        case .package(let id):
            let package = try PackageService.find(id, in: store)
            guard !package.isArchived else {
                throw BillingError(.conflict, field: "package", "This package is no longer offered. Choose another.")
            }
            try package.requireVouchers(field: "package")
            return (package.terms, package)
        case .profile(let name, let inline):
            guard !isCustom else { return (try inline.terms(), nil) }
            guard let package = try store.package(named: name) else {
                throw BillingError.invalid("profile", "There is no package of this name. Choose one, or write CUSTOM.")
            }
            try package.requireVouchers(field: "profile")
            try inline.requireAgreement(with: package.terms)
            return (package.terms, package)
        }
    }
}

extension Package {
    /// Refuses a package that is subscribed to.
    fileprivate func requireVouchers(field: String) throws {
        guard !kind.needsCustomer else {
            throw BillingError.invalid(field, "“\(name)” is subscribed to by a customer. Choose a package of vouchers.")
        }
    }
}

extension InlineTerms {
    var fingerprint: [String?] {
        [validity?.description, dataQuota.map { String($0.bytes) }, price?.description, routerProfile]
    }

    func terms() throws -> VoucherTerms {
        guard let price else { throw BillingError.invalid("price", "Give the price of one voucher.") }
        guard validity != nil || dataQuota != nil else {
            throw BillingError.invalid("validity", "Give a validity, a data limit or both.")
        }
        return try VoucherTerms(
            validity: validity,
            dataQuota: dataQuota,
            price: price,
            routerProfile: routerProfile ?? "default"
        )
    }

    func requireAgreement(with terms: VoucherTerms) throws {
        let fields: [(name: String, agrees: Bool)] = [
            ("validity", validity == nil || validity == terms.validity),
            ("dataQuota", dataQuota == nil || dataQuota == terms.dataQuota),
            ("price", price == nil || price == terms.price),
            ("routerProfile", routerProfile == nil || routerProfile == terms.routerProfile),
        ]
        for field in fields where !field.agrees {
            throw BillingError.invalid(
                field.name,
                "The package says otherwise. Leave this out, or use CUSTOM to set your own."
            )
        }
    }
}
