import BillingDomain
import BillingPersistence

extension Change {
    /// A place of the house itself; the cash of a drawer belongs to its shift.
    func house(_ place: CashPlace) throws -> Account {
        guard place != .drawer else {
            throw BillingError.invalid("place", "Cash of a drawer is handed over in its shift. Choose safe or bank.")
        }
        return try account(of: place)
    }
}

extension StoreReader {
    /// Refuses an account that the plan does not have, or that names nobody of this tenant.
    func check(_ account: Account) throws {
        let owner = String(account.rawValue.dropFirst(account.family.count + 1))
        func require<Record: StoredRecord>(_ id: Identifier<Record>?) throws {
            guard let id, try find(id) != nil else {
                throw BillingError.notFound("owner of the account", field: "account")
            }
        }
        let isKnown: Bool
        switch account.family {
        case "cash": return try require(Identifier<Staff>(owner))
        case "receivable", "customer-balance", "customer-grant": return try require(Identifier<Customer>(owner))
        case "agent-receivable", "agent-credit": return try require(Identifier<Agent>(owner))
        case "commission-payable":
            switch CommissionEarner(owner) {
            case .staff(let id): return try require(id)
            case .agent(let id): return try require(id)
            case nil: isKnown = false
            }
        case "clearing": isKnown = (try? Input.gateway(owner)) != nil
        default: isKnown = account.accountClass != nil && account.rawValue == account.family
        }
        guard isKnown else {
            throw BillingError.invalid("account", "“\(account.rawValue.prefix(100))” is not an account of these books.")
        }
    }
}
