extension SettingKey<String> {
    /// The name on sheets, receipts and messages.
    public static let companyName = text("company.name", most: 100, "The name on sheets, receipts and messages.")

    /// The name of the wireless network on sheets.
    public static let wifiName = text("company.wifi-name", most: 32, "The name of the wireless network on sheets.")

    /// How customers reach the company, on sheets and receipts.
    public static let companyContact = text(
        "company.contact",
        most: 200,
        "How customers reach the company, on sheets and receipts."
    )

    /// The language of pages and messages, as a BCP 47 tag.
    public static let language = text(
        "company.language",
        "en",
        most: 35,
        "The language of pages and messages, as a BCP 47 tag."
    )

    /// What marks our vouchers in comments on routers.
    ///
    /// For the daemon of routers.
    public static let voucherMarker = word(
        "marker.voucher",
        "VOUCHER_SYSTEM",
        most: 32,
        "What marks our vouchers in comments on routers."
    )

    /// What marks our subscribers in comments on routers.
    ///
    /// For the daemon of routers.
    public static let pppoeMarker = word(
        "marker.pppoe",
        "PPPOE_SYSTEM",
        most: 32,
        "What marks our subscribers in comments on routers."
    )

    /// The user profile that services go into while their time is not paid; they are switched off where it is empty.
    public static let unpaidProfile = word(
        "subscription.unpaid-profile",
        most: 64,
        "The user profile that services go into while their time is not paid; they are switched off where it is empty."
    )

    /// Where routers tell of each login to the hotspot, over the network that they reach; they tell nobody where it is empty.
    public static let loginCallbackURL = webAddress(
        "router.login-callback-url",
        most: 200,
        "Where routers tell of each login to the hotspot; they tell nobody where it is empty."
    )

    /// The sheet that vouchers are printed on.
    public static let sheetLayout = choice(
        "print.layout",
        "a4-3x40",
        of: ["a4-3x40", "a4-3x12", "a4-2x8", "roll-58", "roll-80"],
        "The sheet that vouchers are printed on."
    )

    /// The last line of each printed voucher.
    public static let sheetFooter = text("print.footer", most: 120, "The last line of each printed voucher.")

    /// How what is taken and paid in cash is rounded to coins.
    public static let cashRounding = choice(
        "pricing.rounding",
        CashRounding.none.rawValue,
        of: CashRounding.allCases.map(\.rawValue),
        "How what is taken and paid in cash is rounded to coins."
    )

    /// How much of a voucher in use is paid back.
    public static let refundPolicy = choice(
        "voucher.refund",
        RefundPolicy.unusedFraction.rawValue,
        of: RefundPolicy.allCases.map(\.rawValue),
        "How much of a voucher in use is paid back."
    )

    /// What codes of new vouchers begin with.
    public static let voucherPrefix = word("voucher.prefix", most: 8, "What codes of new vouchers begin with.")
}

extension SettingKey<Int64> {
    /// How often users and sessions are read from each router.
    ///
    /// For the daemon of routers.
    public static let syncInterval = integer(
        "interval.sync",
        300,
        30...86_400,
        .seconds,
        "How often users and sessions are read from each router."
    )

    /// How often each router is checked for being reachable.
    ///
    /// For the daemon of routers.
    public static let statusInterval = integer(
        "interval.status",
        30,
        10...3600,
        .seconds,
        "How often each router is checked for being reachable."
    )

    /// How many commands a router is sent in a minute at most.
    ///
    /// For the daemon of routers.
    public static let routerRate = integer(
        "router.commands-per-minute",
        100,
        1...6000,
        .count,
        "How many commands a router is sent in a minute at most."
    )

    /// A synchronisation that would change more of a router than this stops and asks.
    ///
    /// For the daemon of routers.
    public static let massChangeLimit = integer(
        "router.mass-change-limit",
        3000,
        100...10_000,
        .basisPoints,
        "A synchronisation that would change more of a router than this stops and asks."
    )

    /// How long a router is away before those who look after it are told.
    public static let offlineAlertDelay = integer(
        "alert.router-offline",
        120,
        0...86_400,
        .seconds,
        "How long a router is away before those who look after it are told."
    )

    /// How often the configuration of each router is saved; never where it is 0.
    public static let backupInterval = integer(
        "router.backup-interval",
        86_400,
        0...2_592_000,
        .seconds,
        "How often the configuration of each router is saved; never where it is 0."
    )

    /// How many saved configurations of each router are kept.
    public static let keepsBackups = integer(
        "retention.router-backups",
        14,
        1...365,
        .count,
        "How many saved configurations of each router are kept."
    )

    /// The largest discount that staff may grant.
    public static let discountLimit = integer(
        "pricing.discount-limit",
        10_000,
        0...10_000,
        .basisPoints,
        "The largest discount that staff may grant."
    )

    /// The fee added to payments whose method has none of its own.
    public static let transactionFee = integer(
        "fee.rate",
        0,
        0...10_000,
        .basisPoints,
        "The fee added to payments whose method has none of its own."
    )

    /// The fee for paying late.
    public static let lateFee = integer("fee.late", 0, 0...1_000_000_000, .minorUnits, "The fee for paying late.")

    /// How long after the due date the fee for paying late is charged.
    public static let lateFeeHoldUp = integer(
        "fee.late-hold-up",
        3,
        0...90,
        .days,
        "How long after the due date the fee for paying late is charged."
    )

    /// How long after its date an invoice is due.
    public static let paymentTerm = integer(
        "invoice.term",
        7,
        0...120,
        .days,
        "How long after its date an invoice is due."
    )

    /// How long service goes on after its due date.
    public static let gracePeriod = integer(
        "subscription.grace",
        3,
        0...90,
        .days,
        "How long service goes on after its due date."
    )

    /// How long before the end of a period its customer is reminded.
    public static let reminderLead = integer(
        "subscription.reminder",
        3,
        0...30,
        .days,
        "How long before the end of a period its customer is reminded."
    )

    /// A difference of a drawer up to this closes without approval.
    public static let shiftTolerance = integer(
        "shift.tolerance",
        0,
        0...1_000_000_000,
        .minorUnits,
        "A difference of a drawer up to this closes without approval."
    )

    /// How many symbols a new code has, without its prefix.
    public static let voucherLength = integer(
        "voucher.length",
        12,
        6...32,
        .count,
        "How many symbols a new code has, without its prefix."
    )

    /// How long vouchers are kept back for a payment, unless it is said.
    public static let reservationTime = integer(
        "voucher.reservation",
        900,
        60...604_800,
        .seconds,
        "How long vouchers are kept back for a payment, unless it is said."
    )

    /// How long sessions on routers, and what was used each day, are kept.
    public static let keepsSessions = integer(
        "retention.sessions",
        12,
        1...1200,
        .months,
        "How long sessions on routers, and what was used each day, are kept."
    )

    /// How long the log of routers is kept.
    public static let keepsRouterEvents = integer(
        "retention.router-events",
        90,
        1...3650,
        .days,
        "How long the log of routers is kept."
    )

    /// How long messages that were sent are kept.
    public static let keepsNotifications = integer(
        "retention.notifications",
        180,
        1...3650,
        .days,
        "How long messages that were sent are kept."
    )

    /// How long callbacks that were processed are kept.
    public static let keepsInbox = integer(
        "retention.inbox",
        400,
        30...3650,
        .days,
        "How long callbacks that were processed are kept."
    )

    /// How long attempts to sign in are kept.
    public static let keepsSignInAttempts = integer(
        "retention.sign-ins",
        90,
        1...3650,
        .days,
        "How long attempts to sign in are kept."
    )

    /// How long answered requests are remembered, so that they are not done again.
    public static let keepsIdempotencyKeys = integer(
        "retention.requests",
        90,
        7...3650,
        .days,
        "How long answered requests are remembered, so that they are not done again."
    )

    /// How long changes stay that were given up on the way to a router.
    public static let keepsParkedJobs = integer(
        "retention.parked-jobs",
        180,
        7...3650,
        .days,
        "How long changes stay that were given up on the way to a router."
    )

    /// How long the runs of background jobs are remembered.
    public static let keepsJobRuns = integer(
        "retention.job-runs",
        30,
        1...3650,
        .days,
        "How long the runs of background jobs are remembered."
    )

    /// How long saved reports are kept.
    public static let keepsSavedReports = integer(
        "retention.reports",
        84,
        1...1200,
        .months,
        "How long saved reports are kept."
    )

    /// After how long without use somebody is signed out.
    public static let sessionIdle = integer(
        "sign-in.idle",
        1800,
        300...86_400,
        .seconds,
        "After how long without use somebody is signed out."
    )

    /// After how long somebody is signed out in any case; 30 days at most.
    public static let sessionLength = integer(
        "sign-in.length",
        43_200,
        900...2_592_000,
        .seconds,
        "After how long somebody is signed out in any case; 30 days at most."
    )
}

extension SettingKey<Bool> {
    /// Whether ended vouchers are removed from routers.
    public static let cleansUp = flag("clean-up.enabled", true, "Whether ended vouchers are removed from routers.")

    /// Whether many new rows go to a router at once, by a script that is removed again.
    ///
    /// For the daemon of routers.
    public static let addsByScript = flag(
        "router.adds-by-script",
        true,
        "Whether many new rows go to a router at once, by a script that is removed again."
    )

    /// Whether the price is printed on vouchers.
    public static let printsPrice = flag("print.price", true, "Whether the price is printed on vouchers.")

    /// Whether prices include tax.
    public static let pricesIncludeTax = flag("pricing.tax-included", true, "Whether prices include tax.")

    /// Whether new subscriptions renew themselves from the balance.
    public static let renewsFromBalance = flag(
        "subscription.auto-renewal",
        false,
        "Whether new subscriptions renew themselves from the balance."
    )

    /// Whether cash is taken and paid in an open shift only.
    public static let cashNeedsShift = flag(
        "shift.required",
        false,
        "Whether cash is taken and paid in an open shift only."
    )

    /// Whether everybody needs a second factor.
    public static let requiresSecondFactor = flag(
        "sign-in.second-factor",
        false,
        "Whether everybody needs a second factor."
    )
}

extension SettingKey<LocalTime> {
    /// When the rows of ended vouchers are removed from routers, and what is older than it is kept, each day.
    public static let cleanUpTime = time(
        "clean-up.time",
        LocalTime(secondOfDay: 10_800),
        "When the rows of ended vouchers are removed from routers, and what is older than it is kept, each day."
    )

    /// When the report of the day before is made and stored, each day.
    public static let reportTime = time(
        "report.time",
        LocalTime(secondOfDay: 300),
        "When the report of the day before is made and stored, each day."
    )
}

extension Settings {
    /// Every setting there is, in the order in which they are shown.
    public static let definitions: [SettingDefinition] = [
        SettingKey<String>.companyName.definition,
        SettingKey<String>.wifiName.definition,
        SettingKey<String>.companyContact.definition,
        SettingKey<String>.language.definition,
        SettingKey<String>.voucherMarker.definition,
        SettingKey<String>.pppoeMarker.definition,
        SettingKey<String>.unpaidProfile.definition,
        SettingKey<Bool>.cleansUp.definition,
        SettingKey<LocalTime>.cleanUpTime.definition,
        SettingKey<LocalTime>.reportTime.definition,
        SettingKey<Int64>.syncInterval.definition,
        SettingKey<Int64>.statusInterval.definition,
        SettingKey<Int64>.routerRate.definition,
        SettingKey<Bool>.addsByScript.definition,
        SettingKey<Int64>.massChangeLimit.definition,
        SettingKey<Int64>.offlineAlertDelay.definition,
        SettingKey<String>.loginCallbackURL.definition,
        SettingKey<Int64>.backupInterval.definition,
        SettingKey<Int64>.keepsBackups.definition,
        SettingKey<String>.sheetLayout.definition,
        SettingKey<String>.sheetFooter.definition,
        SettingKey<Bool>.printsPrice.definition,
        SettingKey<String>.cashRounding.definition,
        SettingKey<Bool>.pricesIncludeTax.definition,
        SettingKey<Int64>.discountLimit.definition,
        SettingKey<Int64>.transactionFee.definition,
        SettingKey<Int64>.lateFee.definition,
        SettingKey<Int64>.lateFeeHoldUp.definition,
        SettingKey<Int64>.paymentTerm.definition,
        SettingKey<Int64>.gracePeriod.definition,
        SettingKey<Bool>.renewsFromBalance.definition,
        SettingKey<Int64>.reminderLead.definition,
        SettingKey<Int64>.shiftTolerance.definition,
        SettingKey<Bool>.cashNeedsShift.definition,
        SettingKey<String>.voucherPrefix.definition,
        SettingKey<Int64>.voucherLength.definition,
        SettingKey<Int64>.reservationTime.definition,
        SettingKey<String>.refundPolicy.definition,
        SettingKey<Int64>.keepsSessions.definition,
        SettingKey<Int64>.keepsRouterEvents.definition,
        SettingKey<Int64>.keepsNotifications.definition,
        SettingKey<Int64>.keepsInbox.definition,
        SettingKey<Int64>.keepsSignInAttempts.definition,
        SettingKey<Int64>.keepsIdempotencyKeys.definition,
        SettingKey<Int64>.keepsParkedJobs.definition,
        SettingKey<Int64>.keepsJobRuns.definition,
        SettingKey<Int64>.keepsSavedReports.definition,
        SettingKey<Int64>.sessionIdle.definition,
        SettingKey<Int64>.sessionLength.definition,
        SettingKey<Bool>.requiresSecondFactor.definition,
    ]
}
