import BillingDomain
import BillingPersistence

extension Change {
    /// Asks that those who look after a router, or after the whole business, be told of something, once for each occurrence.
    ///
    /// Told are the members of staff who may operate the router; where there are none, the tenant itself. Whatever it is
    /// about, `variables` hold no secret.
    ///
    /// - Parameters:
    ///   - kind: What it is.
    ///   - router: Where it is; `nil` for what concerns all routers.
    ///   - occurrence: Tells it from others of its kind, once and for all.
    ///   - variables: The circumstances.
    /// - Returns: Whether anybody is told of it for the first time.
    /// - Throws: What the store throws.
    @discardableResult
    func alert(
        _ kind: AlertKind,
        about router: Router?,
        occurrence: String,
        _ variables: [String: String] = [:]
    ) throws -> Bool {
        var variables = variables
        variables["at"] = now.description
        if let router {
            variables["router"] = router.name
            variables["router-id"] = router.id.description
        }
        var isNew = false
        for recipient in try recipients(ofAlertsAbout: router) {
            let key = "\(kind.template):\(occurrence):\(recipient)"
            if try notify(recipient, kind.template, variables, key: key) { isNew = true }
        }
        return isNew
    }

    private func recipients(ofAlertsAbout router: Router?) throws -> [String] {
        let roles = Dictionary(try store.records(Query<RoleDefinition>()).map { ($0.id, $0) }) { first, _ in first }
        let staff = try store.records(Query<Staff>()).filter { person in
            let reaches = router.map { person.assignment.allows($0.id, at: $0.site) } ?? person.assignment.isEverywhere
            guard reaches else { return false }
            return person.permissions(person.customRole.flatMap { roles[$0] }).contains(.operateRouters)
        }
        guard !staff.isEmpty else { return ["tenant:\(tenant)"] }
        return staff.map { Actor.staff($0.id).description }.sorted()
    }
}
