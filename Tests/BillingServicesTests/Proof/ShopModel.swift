import BillingDomain

/// What the vouchers and the books of a shop ought to be, kept in the simplest way: amounts in a dictionary, and each
/// operation says whether it may be done.
struct ShopModel {
    struct Entry {
        let code: String
        let price: Int64
        var state = CommercialState.generated
        /// What was paid, the latest last: where it came from, how much of it money, how much granted.
        var payments: [(account: String, money: Int64, granted: Int64)] = []
        var deferred: Int64 = 0
        var endsAt: Timestamp?, owner: Int?, reservedUntil: Timestamp?
        var isDisabled = false, hasEnded = false
        var isUnused: Bool { endsAt == nil && !hasEnded && !isDisabled }
    }

    var entries: [Entry] = []
    var bills: [Bill] = []
    var subscriptions: [Subscription] = []
    /// What each account holds, debits positive, as in the ledger.
    var accounts: [String: Int64] = [:]

    mutating func move(_ amount: Int64, from credit: String, to debit: String) {
        accounts[debit, default: 0] += amount
        accounts[credit, default: 0] -= amount
    }

    mutating func sell(_ at: Int, into payment: String, buyer: Int? = nil, reserved: Bool = false) -> Bool {
        let entry = entries[at]
        let earned = entry.endsAt != nil
        guard entry.state == (reserved ? .reserved : .generated), !entry.isDisabled, earned || !entry.hasEnded
        else { return false }
        var granted: Int64 = 0
        let account = earned ? "voucher-revenue" : "deferred-vouchers"
        if payment.contains("balance") {
            guard let spent = spend(entry.price, of: payment, for: account) else { return false }
            granted = spent
        } else {
            move(entry.price, from: account, to: payment)
        }
        entries[at].state = .sold
        entries[at].payments = [(payment, entry.price - granted, granted)]
        if !entry.hasEnded { entries[at].owner = buyer ?? entry.owner }
        entries[at].deferred = earned ? 0 : entry.price
        return true
    }

    mutating func use(_ at: Int, until end: Timestamp) {
        guard entries[at].isUnused else { return }
        entries[at].endsAt = end
        move(entries[at].deferred, from: "voucher-revenue", to: "deferred-vouchers")
        entries[at].deferred = 0
    }

    mutating func extend(_ at: Int, _ price: Int64) {
        move(price, from: "deferred-vouchers", to: "bank")
        entries[at].payments.append(("bank", price, 0))
        entries[at].deferred += price
    }

    /// Pays back a part, the latest payment first and of each the money first, where it came from or to a balance; keeps
    /// the rest.
    mutating func refund(_ at: Int, _ amount: Int64, to balance: String? = nil) {
        var left = amount
        for payment in entries[at].payments.reversed() {
            let account = balance ?? payment.account
            let money = min(left, payment.money)
            move(money, from: account, to: "deferred-vouchers")
            let granted = min(left - money, payment.granted)
            if granted > 0 { move(granted, from: account.replacing("balance", with: "grant"), to: "deferred-vouchers") }
            left -= money + granted
        }
        forfeit(at, less: amount, .refunded)
    }

    mutating func forfeit(_ at: Int, less amount: Int64 = 0, _ state: CommercialState) {
        move(entries[at].deferred - amount, from: "breakage-revenue", to: "deferred-vouchers")
        (entries[at].state, entries[at].hasEnded, entries[at].isDisabled) = (state, true, false)
        entries[at].deferred = 0
    }

    /// Reservations that have run out end.
    mutating func release(_ now: Timestamp) {
        for at in entries.indices where entries[at].state == .reserved {
            if let until = entries[at].reservedUntil, until <= now { entries[at].state = .generated }
        }
    }

    mutating func end(_ now: Timestamp, _ range: Range<Int>) {
        for at in range where !entries[at].isDisabled && entries[at].endsAt.map({ $0 <= now }) ?? false {
            entries[at].hasEnded = true
        }
    }
}
