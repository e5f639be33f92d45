import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

extension PPPSecret: CustomerRow {
    static let kind = ServiceKind.pppoe

    /// The secret a customer's PPPoE account wants to have; vouchers have none.
    ///
    /// What is empty is to be empty there: an address of an account that has none any more is taken away.
    init(_ entry: RouterEntry, _ markers: RouterMarkers, isNew: Bool) {
        guard case .service(let service) = entry else {
            self.init(name: entry.name)
            return
        }
        let account = service.account
        self.init(
            name: account.username,
            password: service.password,
            service: "pppoe",
            profile: account.desiredProfile,
            callerID: account.callerID ?? "",
            remoteAddress: account.desiredAddress ?? "",
            comment: SubscriberComment(service, markers).description,
            disabled: account.desiredPresence == .disabled
        )
    }
}
