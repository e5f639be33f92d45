import BillingDomain
import BillingPersistence

extension Change {
    /// Writes a change of a router's record to the audit trail and to the router's own log.
    func log(
        _ action: String,
        of router: Identifier<Router>,
        _ detail: String = "",
        before: String? = nil,
        after: String? = nil
    ) throws {
        try audit(action, "router:\(router)", detail, before: before, after: after)
        try record(action, on: router, .succeeded, detail: detail)
    }
}
