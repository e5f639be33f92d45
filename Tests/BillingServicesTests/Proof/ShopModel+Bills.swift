import BillingDomain

/// What the invoices and subscriptions of a shop ought to be, in the same simple way.
extension ShopModel {
    struct Bill {
        let customer: String, total: Int64
        var paid: Int64 = 0, credited: Int64 = 0, isClosed = false
        /// What was paid of it from the balance: what was paid in, and what was given.
        var own: Int64 = 0, granted: Int64 = 0
        var owed: Int64 { isClosed ? 0 : total - paid - credited }
    }

    /// Periods that were paid for together, one after the other.
    struct Run {
        let start: Timestamp, end: Timestamp, price: Int64, granted: Int64
        /// What it was paid into; `nil` for a balance.
        let account: String?
        var returned: Int64 = 0, earned: Int64 = 0, refunded: Int64 = 0
        /// What of it went to the balance and was not asked back from there.
        var credit: Int64 = 0
        var held: Int64 { price - returned - earned }
    }

    struct Subscription {
        let customer: String, price: Int64
        var runs: [Run] = []
        var end: Timestamp, isOver = false
    }

    static let day: Int64 = 86_400

    /// Takes an amount from a balance, given credit first; how much of it that was, or nil where it is too low.
    mutating func spend(_ amount: Int64, of balance: String, for account: String) -> Int64? {
        let grant = balance.replacing("balance", with: "grant")
        let held = -accounts[grant, default: 0]
        guard held - accounts[balance, default: 0] >= amount else { return nil }
        let granted = min(held, amount)
        move(granted, from: account, to: grant)
        move(amount - granted, from: account, to: balance)
        return granted
    }

    mutating func issue(_ total: Int64, to customer: String) {
        move(total, from: "subscription-revenue", to: "receivable:\(customer)")
        bills.append(Bill(customer: customer, total: total))
    }

    mutating func pay(_ at: Int, _ amount: Int64, into account: String?) -> Bool {
        let (bill, used) = (bills[at], min(amount, bills[at].owed))
        guard bill.owed > 0 else { return false }
        let receivable = "receivable:\(bill.customer)"
        if let account {
            move(used, from: receivable, to: account)
            move(amount - used, from: "customer-balance:\(bill.customer)", to: account)
        } else {
            guard let granted = spend(used, of: "customer-balance:\(bill.customer)", for: receivable) else {
                return false
            }
            bills[at].granted += granted
            bills[at].own += used - granted
        }
        bills[at].paid += used
        return true
    }

    mutating func putBack(_ at: Int, _ amount: Int64) -> Bool {
        let bill = bills[at]
        guard !bill.isClosed, amount <= min(bill.own + bill.granted, bill.paid) else { return false }
        let own = min(amount, bill.own)
        move(own, from: "customer-balance:\(bill.customer)", to: "receivable:\(bill.customer)")
        move(amount - own, from: "customer-grant:\(bill.customer)", to: "receivable:\(bill.customer)")
        bills[at].own -= own
        bills[at].granted -= amount - own
        bills[at].paid -= amount
        return true
    }

    /// Takes an amount off what is owed: by a credit note, or all of it by giving up.
    mutating func reduce(_ at: Int, _ amount: Int64, isLoss: Bool = false) -> Bool {
        guard bills[at].owed > 0, amount <= bills[at].owed else { return false }
        move(amount, from: "receivable:\(bills[at].customer)", to: isLoss ? "bad-debts" : "subscription-revenue")
        if isLoss { bills[at].isClosed = true } else { bills[at].credited += amount }
        return true
    }

    mutating func void(_ at: Int) -> Bool {
        let bill = bills[at]
        guard !bill.isClosed, bill.paid == 0, bill.credited == 0 else { return false }
        move(bill.total, from: "receivable:\(bill.customer)", to: "subscription-revenue")
        bills[at].isClosed = true
        return true
    }

    mutating func subscribe(_ customer: String, _ price: Int64, into account: String, _ now: Timestamp) {
        subscriptions.append(Subscription(customer: customer, price: price, end: now))
        _ = renew(subscriptions.count - 1, 1, into: account, now)
    }

    mutating func renew(_ at: Int, _ periods: Int64, into account: String?, _ now: Timestamp) -> Bool {
        let (one, price) = (subscriptions[at], subscriptions[at].price * periods)
        guard !one.isOver else { return false }
        var granted: Int64 = 0
        if let account {
            move(price, from: "deferred-subscriptions", to: account)
        } else {
            let balance = "customer-balance:\(one.customer)"
            guard let spent = spend(price, of: balance, for: "deferred-subscriptions") else { return false }
            granted = spent
        }
        let start = max(now, one.end)
        subscriptions[at].end = start + .seconds(periods * Self.day)
        subscriptions[at].runs.append(
            Run(start: start, end: subscriptions[at].end, price: price, granted: granted, account: account)
        )
        earn(at, now)
        return true
    }

    /// Earns evenly until now, rounded down; all of what is over.
    mutating func earn(_ at: Int, _ now: Timestamp) {
        for index in subscriptions[at].runs.indices {
            let run = subscriptions[at].runs[index]
            let (passed, span) = (
                max(0, (now - run.start).components.seconds), (run.end - run.start).components.seconds
            )
            let target = subscriptions[at].isOver || passed >= span ? run.price : run.price * passed / span
            let due = max(0, min(target, run.price - run.returned) - run.earned)
            move(due, from: "subscription-revenue", to: "deferred-subscriptions")
            subscriptions[at].runs[index].earned += due
        }
    }

    mutating func end(_ at: Int, forfeits: Bool, _ now: Timestamp) -> Bool {
        guard !subscriptions[at].isOver else { return false }
        for index in subscriptions[at].runs.indices where !forfeits {
            let run = subscriptions[at].runs[index]
            let (left, price) = (max(0, (run.end - max(now, run.start)).components.seconds), subscriptions[at].price)
            let (full, part) = (price * (left / Self.day), price * (left % Self.day))
            // Of half a unit the customer has used it.
            let unused = full + part / Self.day + (part % Self.day * 2 > Self.day ? 1 : 0)
            let all = min(max(0, unused - run.returned), run.price - run.returned)
            let own = min(all, run.price - run.granted - run.returned)
            takeBack(all, at, index)
            accounts["customer-balance:\(subscriptions[at].customer)", default: 0] -= own
            accounts["customer-grant:\(subscriptions[at].customer)", default: 0] -= all - own
            subscriptions[at].runs[index].credit += own
        }
        subscriptions[at].isOver = true
        earn(at, now)
        return true
    }

    private mutating func takeBack(_ amount: Int64, _ at: Int, _ index: Int) {
        let deferred = min(amount, subscriptions[at].runs[index].held)
        accounts["deferred-subscriptions", default: 0] += deferred
        accounts["subscription-revenue", default: 0] += amount - deferred
        subscriptions[at].runs[index].returned += amount
        subscriptions[at].runs[index].earned -= amount - deferred
    }

    /// Pays back of what was paid for a run: what went to the balance first.
    mutating func refund(_ at: Int, _ index: Int, _ amount: Int64) -> Bool {
        let (customer, run) = (subscriptions[at].customer, subscriptions[at].runs[index])
        let balance = "customer-balance:\(customer)"
        let credit = min(amount, run.credit, -accounts[balance, default: 0])
        guard let account = run.account, amount <= run.price - run.refunded,
            amount - credit <= run.price - run.returned
        else { return false }
        move(credit, from: account, to: balance)
        takeBack(amount - credit, at, index)
        accounts[account, default: 0] -= amount - credit
        subscriptions[at].runs[index].credit -= credit
        subscriptions[at].runs[index].refunded += amount
        return true
    }

    /// The paid time of some is over: two days later they are.
    mutating func lapse(_ now: Timestamp, _ range: Range<Int>) {
        for at in range where !subscriptions[at].isOver && subscriptions[at].end <= now {
            subscriptions[at].isOver = subscriptions[at].end + .seconds(2 * Self.day) <= now
            earn(at, now)
        }
    }
}
