public import BillingDomain
import BillingPersistence

extension ImportService {
    /// Reads a list of routers and says what is wrong with each line; changes nothing.
    ///
    /// `csv` is UTF-8 with a header of the columns `name,ip_address,api_port,username,password,region,district,lat,lng`,
    /// in any order; the first two, the user name and the password are needed. Quotes, a byte order mark and any line
    /// ending are understood.
    public func planRouters(csv: [UInt8]) async throws -> RouterListPlan {
        try session.authorise(.manageRouters)
        return try await session.read(.importData) { try RouterList(csv: csv, in: $0).plan }
    }

    /// Adds the routers of a list, all of them or none, which takes an assignment to everywhere; passwords are sealed
    /// before they are stored.
    ///
    /// The same key and list answer with the same routers. A list of which a line is wrong is refused: plan it to see all
    /// that is.
    public func addRouters(csv: [UInt8], key: IdempotencyKey) async throws -> [Router] {
        try session.authorise(.manageRouters)
        let context = session.context
        return try await session.change(.importData) { change in
            try change.assignment.requireEverywhere("Somebody who is assigned to every router adds others.")
            // Everything but the passwords, whose digest could be guessed if they are weak; they are compared below.
            let records = try CommaSeparatedText(csv).records
            let secret = records.first?.fields.firstIndex { $0.filter { $0 != " " }.lowercased() == "password" }
            let request = records.flatMap { record in
                [String(record.fields.count)]
                    + record.fields.enumerated().map { $0.offset == secret ? "" : $0.element }
            }
            return try change.once(key, ["router.import"] + request) { change in
                let list = try RouterList(csv: csv, in: change.store)
                if let wrong = list.plan.lines.first(where: { $0.problem != nil }) {
                    let count = list.plan.lines.count { $0.problem != nil }
                    throw BillingError.invalid(
                        wrong.field ?? "csv",
                        "Line \(wrong.number): \(wrong.problem ?? "") \(count) of \(list.plan.lines.count) lines are wrong."
                    )
                }
                var made: [String] = []
                for draft in list.drafts {
                    let id = try change.identifier(of: Router.self)
                    try change.store.insert(
                        Router(
                            id: id,
                            tenant: change.tenant,
                            name: draft.name,
                            host: draft.host,
                            port: draft.port,
                            username: draft.username,
                            sealedPassword: context.seal(draft.password ?? "", of: id),
                            location: draft.location,
                            createdAt: change.now
                        )
                    )
                    try change.hasten([id])
                    try change.log("router.add", of: id, "\(draft.name), \(draft.host):\(draft.port)")
                    made.append(id.description)
                }
                return made.joined(separator: ",")
            } answer: { store, reference in
                let ids = reference.split(separator: ",").compactMap { Identifier<Router>(String($0)) }
                let routers = try store.find(ids)
                let passwords = Set(
                    records.dropFirst().compactMap { record in secret.flatMap { record.fields.dropFirst($0).first } }
                )
                for router in routers where try !passwords.contains(context.password(of: router)) {
                    throw BillingError(
                        .conflict,
                        field: "key",
                        "“\(router.name)” is added already, with another password. Change that router instead."
                    )
                }
                return routers.sorted { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }
            }
        }
    }
}
