import BillingDomain
import BillingPersistence

extension CustomerService {
    /// Enters a customer together with a user name and password on a router: both or neither.
    ///
    /// Takes ``Permission/manageSubscriptions`` too. The same key and drafts answer with the same customer and account.
    /// A customer who is to pay for it in the same step is entered by ``SubscriptionService/order(_:key:)``.
    public func create(
        _ draft: CustomerDraft,
        with service: ServiceAccountDraft,
        key: IdempotencyKey
    ) async throws -> NewCustomer {
        try session.authorise(.manageSubscriptions)
        let context = session.context
        return try await session.change(.manageCustomers) { change in
            let draft = try draft.checked()
            let request = ["customer.create-with-service"] + draft.fingerprint + ["service"] + service.fingerprint
            return try change.once(key, request) { change in
                let customer = try change.create(draft)
                return try change.create(service, for: customer.id, context).id.description
            } answer: { store, reference in
                guard let id = Identifier<ServiceAccount>(reference) else {
                    throw BillingError.notFound("service account")
                }
                let account = try store.require(id, "service account")
                return NewCustomer(
                    customer: try store.require(account.customer, "customer"),
                    serviceAccount: account
                )
            }
        }
    }
}
