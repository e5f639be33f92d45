/// One thing that a role may allow.
///
/// Checks are made against these, never against role names. The raw values are stored and never change.
public enum Permission: String, Hashable, Sendable, CaseIterable {
    // Routers and sites

    /// See routers, their state and their health.
    case viewRouters = "view-routers"
    /// Add, test, change and remove routers.
    case manageRouters = "manage-routers"
    /// Try again what waits for a router.
    case operateRouters = "operate-routers"
    /// See what was done on a router and its system log.
    case viewRouterLog = "view-router-log"
    /// Add, change and archive sites, and say which router serves which.
    case manageSites = "manage-sites"

    // Sessions on routers

    /// See who is online and the history of sessions.
    case viewSessions = "view-sessions"

    // Vouchers

    /// See vouchers and batches, and print them.
    case viewVouchers = "view-vouchers"
    /// Generate batches.
    case generateVouchers = "generate-vouchers"
    /// Record sales.
    case sellVouchers = "sell-vouchers"
    /// Disable and enable vouchers.
    case disableVouchers = "disable-vouchers"
    /// Pay money back.
    case refundVouchers = "refund-vouchers"
    /// Hand a voucher to another customer.
    case transferVouchers = "transfer-vouchers"
    /// Give a voucher a further period or more data.
    case extendVouchers = "extend-vouchers"
    /// Write off vouchers that were lost or never paid.
    case writeOffVouchers = "write-off-vouchers"
    /// Redeem a voucher to a customer's balance.
    case redeemVouchers = "redeem-vouchers"

    // Packages and prices

    /// See the price list.
    case viewPackages = "view-packages"
    /// Change the price list.
    case managePackages = "manage-packages"
    /// See cost prices and margins.
    case viewCosts = "view-costs"
    /// Enter exchange rates.
    case manageExchangeRates = "manage-exchange-rates"

    // Customers and subscriptions

    /// See customers, their services, balance and history.
    case viewCustomers = "view-customers"
    /// Add and change customers.
    case manageCustomers = "manage-customers"
    /// Erase what identifies a customer.
    case eraseCustomers = "erase-customers"
    /// See a customer's service password in clear.
    case revealCredentials = "reveal-credentials"
    /// See subscriptions.
    case viewSubscriptions = "view-subscriptions"
    /// Add and change subscriptions, and put off what is due.
    case manageSubscriptions = "manage-subscriptions"
    /// Renew a subscription that is paid for.
    case renewSubscriptions = "renew-subscriptions"
    /// Suspend, resume and end subscriptions by hand.
    case suspendSubscriptions = "suspend-subscriptions"

    // Money

    /// See payments.
    case viewPayments = "view-payments"
    /// Take cash and record payments by hand.
    case takePayments = "take-payments"
    /// Confirm that a bank transfer has arrived.
    case confirmPayments = "confirm-payments"
    /// Pay a payment back.
    case refundPayments = "refund-payments"
    /// Decide about payments that were put into quarantine.
    case releaseQuarantine = "release-quarantine"
    /// Set up gateways and the fees of payment methods.
    case manageGateways = "manage-gateways"
    /// See invoices and receipts.
    case viewInvoices = "view-invoices"
    /// Issue invoices.
    case issueInvoices = "issue-invoices"
    /// Cancel invoices and write off what is owed.
    case cancelInvoices = "cancel-invoices"
    /// Set up taxes.
    case manageTaxes = "manage-taxes"
    /// Grant discounts.
    case grantDiscounts = "grant-discounts"
    /// Correct a customer's balance by hand.
    case adjustBalances = "adjust-balances"
    /// See the books.
    case viewLedger = "view-ledger"
    /// Note deposits, payouts of gateways, what the owner brings and takes, taxes and suppliers paid.
    case moveMoney = "move-money"
    /// Write and reverse ledger entries by hand.
    case adjustLedger = "adjust-ledger"

    // Cash, commission and agents

    /// Open a shift of one's own, hand cash over and count it.
    case workShifts = "work-shifts"
    /// See the shifts of others.
    case viewShifts = "view-shifts"
    /// Approve the differences of another person's shift.
    case approveShifts = "approve-shifts"
    /// See commission and its statements.
    case viewCommission = "view-commission"
    /// Change commission rules.
    case manageCommission = "manage-commission"
    /// Issue and pay commission statements.
    case settleCommission = "settle-commission"
    /// See agents, their stock and what they owe.
    case viewAgents = "view-agents"
    /// Add, change and suspend agents.
    case manageAgents = "manage-agents"
    /// Give agents stock and take their money.
    case supplyAgents = "supply-agents"

    // Notifications

    /// See notifications and their state.
    case viewNotifications = "view-notifications"
    /// Send and resend notifications.
    case sendNotifications = "send-notifications"

    // Reports

    /// See dashboards and revenue.
    case viewReports = "view-reports"
    /// Save and remove reports.
    case manageReports = "manage-reports"
    /// Compare the books with cash, gateways and routers.
    case reconcile
    /// Export lists and reports.
    case exportData = "export-data"
    /// Import routers, users and what other systems left.
    case importData = "import-data"

    // Staff and safety

    /// See the audit trail.
    case viewAudit = "view-audit"
    /// Add, change and disable staff.
    case manageStaff = "manage-staff"
    /// Say which routers and sites a person may act on.
    case assignStaff = "assign-staff"
    /// Define roles.
    case manageRoles = "manage-roles"
    /// Create and revoke API tokens.
    case manageTokens = "manage-tokens"
    /// See and end the sign-in sessions of others, and see failed sign-ins.
    case manageSignIns = "manage-sign-ins"

    // The tenant and its data

    /// See settings.
    case viewSettings = "view-settings"
    /// Change settings.
    case manageSettings = "manage-settings"
    /// Change the tenant's name, subdomain and contact, suspend or close it.
    case manageTenant = "manage-tenant"
    /// See background jobs and their runs.
    case viewJobs = "view-jobs"
    /// Start, pause and resume background jobs.
    case manageJobs = "manage-jobs"
    /// Say how long data is kept, and remove what is older.
    case manageRetention = "manage-retention"
}

extension Permission {
    /// What only the owner of the business should decide: people, rights, the tenant itself and what cannot be undone.
    public static let reserved: Set<Permission> = [
        .manageStaff, .manageRoles, .manageTokens, .manageSignIns, .manageTenant, .manageRetention,
        .adjustLedger, .eraseCustomers, .manageGateways,
    ]
}

extension Set<Permission> {
    /// The raw values in alphabetical order, separated by blanks: the form that is stored.
    public var storedText: String { map(\.rawValue).sorted().joined(separator: " ") }

    /// Reads what ``storedText`` wrote.
    ///
    /// A word that this version does not know allows nothing, and is left out.
    public init(storedText: String) {
        self.init(storedText.split(separator: " ").compactMap { Permission(rawValue: String($0)) })
    }
}
