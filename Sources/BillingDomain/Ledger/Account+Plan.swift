extension Account {
    // Assets

    /// The business's bank account.
    public static let bank = Account(rawValue: "bank")
    /// Money that a gateway has taken and not paid out yet.
    public static func gatewayClearing(_ gateway: String) -> Account { Account(rawValue: "clearing:" + gateway) }
    /// What a customer owes for what was invoiced.
    public static func receivable(_ customer: Identifier<Customer>) -> Account {
        Account(rawValue: "receivable:\(customer)")
    }
    /// What an agent owes for what they sold on consignment.
    public static func agentReceivable(_ agent: Identifier<Agent>) -> Account {
        Account(rawValue: "agent-receivable:\(agent)")
    }

    // Liabilities

    /// What a customer has paid in advance; never below zero.
    public static func customerBalance(_ customer: Identifier<Customer>) -> Account {
        Account(rawValue: "customer-balance:\(customer)")
    }
    /// What a customer was granted and did not pay for: it is never paid out; never below zero.
    public static func customerGrant(_ customer: Identifier<Customer>) -> Account {
        Account(rawValue: "customer-grant:\(customer)")
    }
    /// What an agent has paid in advance to buy stock with; never below zero.
    public static func agentCredit(_ agent: Identifier<Agent>) -> Account {
        Account(rawValue: "agent-credit:\(agent)")
    }
    /// Money taken for periods of subscriptions that have not passed yet.
    public static let deferredSubscriptions = Account(rawValue: "deferred-subscriptions")
    /// Money of payers who are no customers of ours, for which nothing was given: it waits to be paid back.
    public static let unappliedPayments = Account(rawValue: "unapplied-payments")
    /// Refunds that were decided and not paid out yet.
    public static let refundsPayable = Account(rawValue: "refunds-payable")
    /// Commission that was earned and not paid yet.
    public static func commissionPayable(_ earner: CommissionEarner) -> Account {
        Account(rawValue: "commission-payable:\(earner)")
    }
    /// Tax that was taken and not handed to the authority yet.
    public static let taxPayable = Account(rawValue: "tax-payable")
    /// What is owed to those we buy from.
    public static let suppliersPayable = Account(rawValue: "suppliers-payable")

    // Equity

    /// What the owner put in and took out.
    public static let ownersEquity = Account(rawValue: "owners-equity")
    /// The two sides of conversions between currencies: in all currencies together, at the rates of the day, it shows what
    /// was won or lost by them.
    public static let currencyClearing = Account(rawValue: "currency-clearing")

    // Income

    /// Money earned: the period of a subscription or of an invoice has passed, or it was invoiced without one.
    public static let subscriptionRevenue = Account(rawValue: "subscription-revenue")
    /// Money earned because what was sold can no longer be used.
    public static let breakageRevenue = Account(rawValue: "breakage-revenue")
    /// Fees charged to customers, such as for paying late.
    public static let feeIncome = Account(rawValue: "fee-income")

    // Expenses

    /// What was let off the price.
    public static let discounts = Account(rawValue: "discounts")
    /// What gateways keep.
    public static let gatewayFees = Account(rawValue: "gateway-fees")
    /// Commission of staff and agents.
    public static let commissionExpense = Account(rawValue: "commission-expense")
    /// What was sold has cost this much.
    public static let costOfSales = Account(rawValue: "cost-of-sales")
    /// What customers were granted.
    public static let promotions = Account(rawValue: "promotions")
    /// What customers and agents will never pay.
    public static let badDebts = Account(rawValue: "bad-debts")
    /// What rounding to coins has won or lost.
    public static let rounding = Account(rawValue: "rounding")
    /// What counting the drawers has won or lost.
    public static let cashOverShort = Account(rawValue: "cash-over-short")
}

extension Account {
    /// The part of the code before the first colon, which names the kind of account: `cash`, `bank`, `voucher-revenue`.
    public var family: String { String(rawValue.prefix { $0 != ":" }) }

    /// What kind of thing it measures; `nil` for a code that is not in the plan.
    public var accountClass: AccountClass? { Self.plan[family] }

    /// Of the balance of a customer, what the same customer was granted; `nil` for any other account.
    public var grantOfSameCustomer: Account? { identity(in: "customer-balance").map(Account.customerGrant) }

    /// Of the balance of a customer, whose it is; `nil` for any other account.
    public var customer: Identifier<Customer>? { identity(in: "customer-balance") }

    /// Of a drawer, whose it is; `nil` for any other account.
    public var cashier: Identifier<Staff>? { identity(in: "cash") }

    /// Of an account of stock, the agent who took it; `nil` for any other account.
    public var agent: Identifier<Agent>? { identity(in: "agent-credit") ?? identity(in: "agent-receivable") }

    private func identity<Entity>(in family: String) -> Identifier<Entity>? {
        rawValue.hasPrefix(family + ":") ? Identifier(String(rawValue.dropFirst(family.utf8.count + 1))) : nil
    }

    /// Whether the ledger refuses what would leave less than nothing on the credit side: nobody spends what they have
    /// not paid in.
    public var refusesOverdraft: Bool {
        switch family {
        case "customer-balance", "customer-grant", "agent-credit": true
        default: false
        }
    }

    /// The plan of accounts: every family and its class.
    public static let plan: [String: AccountClass] = [
        "cash": .asset, "safe": .asset, "bank": .asset, "clearing": .asset, "receivable": .asset,
        "agent-receivable": .asset,
        "customer-balance": .liability, "customer-grant": .liability, "agent-credit": .liability,
        "deferred-vouchers": .liability, "deferred-subscriptions": .liability, "refunds-payable": .liability,
        "unapplied-payments": .liability, "commission-payable": .liability, "tax-payable": .liability,
        "suppliers-payable": .liability,
        "owners-equity": .equity, "currency-clearing": .equity,
        "voucher-revenue": .income, "subscription-revenue": .income, "breakage-revenue": .income,
        "fee-income": .income,
        "discounts": .expense, "gateway-fees": .expense, "commission-expense": .expense, "cost-of-sales": .expense,
        "promotions": .expense, "bad-debts": .expense, "rounding": .expense, "cash-over-short": .expense,
    ]
}
