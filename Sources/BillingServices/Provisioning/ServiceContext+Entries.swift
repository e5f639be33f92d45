import BillingDomain
import BillingPersistence

extension ServiceContext {
    /// What the rows of some vouchers and service accounts are made of; those that do not exist are left out.
    func entries(
        of subjects: [SessionSubject],
        in store: any StoreReader
    ) throws -> [SessionSubject: RouterEntry] {
        let vouchers = try store.find(subjects.compactMap(\.voucher)).map(RouterEntry.voucher)
        let services = try entries(of: store.find(subjects.compactMap(\.service)), in: store)
        return Dictionary((vouchers + services).map { ($0.subject, $0) }) { first, _ in first }
    }

    /// What the rows of some service accounts are made of, in the same order.
    func entries(of accounts: [ServiceAccount], in store: any StoreReader) throws -> [RouterEntry] {
        let customers = Dictionary(try store.find(Set(accounts.map(\.customer))).map { ($0.id, $0.number) }) { $1 }
        let packages = Dictionary(try store.find(Set(accounts.compactMap(\.package))).map { ($0.id, $0.terms) }) { $1 }
        var paid: [Identifier<ServiceAccount>: Timestamp] = [:]
        for some in accounts.map(\.id).chunked(by: 500) {
            let paying = Query(Subscription.Columns.serviceAccount.isOne(of: some.map(Optional.some)))
            for subscription in try store.records(paying) {
                guard let id = subscription.serviceAccount, let until = subscription.paidThrough else { continue }
                paid[id] = max(paid[id] ?? until, until)
            }
        }
        return accounts.map { account in
            .service(
                ServiceEntry(
                    account: account,
                    customerNumber: customers[account.customer] ?? "",
                    paidThrough: paid[account.id],
                    terms: account.package.flatMap { packages[$0] },
                    password: try? password(of: account)
                )
            )
        }
    }
}
