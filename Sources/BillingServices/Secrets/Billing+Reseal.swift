import BillingDomain
import BillingPersistence

extension Billing {
    /// Seals again, under the key that seals now, what older keys have sealed; says how many secrets that were.
    ///
    /// Runs beside everything else, a record at a time, and may be broken off and run again: every key opens until it is
    /// taken out of the key file. Take a key out only after this has answered 0.
    public func resealSecrets() async throws -> Int {
        let (routers, people, accounts, messages) = try await context.read(.system) {
            [secrets = context.secrets] store in
            (
                try store.records(Query<Router>()).filter { !secrets.isCurrent($0.sealedPassword) },
                try store.records(Query<Staff>()).filter { staff in
                    staff.secondFactor.map { !secrets.isCurrent($0.sealedSecret) } ?? false
                },
                try store.records(Query<ServiceAccount>()).filter { !secrets.isCurrent($0.sealedPassword) },
                try store.records(Query(InboxMessage.Columns.endedAt.isAbsent)).filter { message in
                    !message.sealedHeaders.isEmpty && !secrets.isCurrent(message.sealedHeaders)
                }
            )
        }
        let kept = try await backupsToReseal()
        let context = context
        for router in routers {
            try await context.change(router.tenant, by: Self.operatorActor) { change in
                guard var router = try change.store.find(router.id, locked: true) else { return }
                router.sealedPassword = try context.seal(context.password(of: router), of: router.id)
                try change.store.update(router)
                try change.audit("secret.reseal", "router:\(router.id)", router.name)
            }
        }
        for person in people {
            try await context.change(person.tenant, by: Self.operatorActor) { change in
                guard var staff = try change.store.find(person.id, locked: true), let factor = staff.secondFactor else {
                    return
                }
                let owner = ServiceContext.owner(ofSecondFactorOf: staff.id)
                let secret = try context.secrets.open(factor.sealedSecret, owner: owner)
                staff.secondFactor = SecondFactor(
                    sealedSecret: try context.secrets.seal(secret, owner: owner, environment: change.environment),
                    confirmedAt: factor.confirmedAt,
                    lastStep: factor.lastStep,
                    recoveryDigests: factor.recoveryDigests
                )
                try change.store.update(staff)
                try change.audit("secret.reseal", "staff:\(staff.id)", staff.username)
            }
        }
        for account in accounts {
            try await context.change(account.tenant, by: Self.operatorActor) { change in
                guard var account = try change.store.find(account.id, locked: true) else { return }
                account.reseal(try context.seal(context.password(of: account), of: account.id))
                try change.store.update(account)
                try change.audit("secret.reseal", "service:\(account.id)", account.username)
            }
        }
        for message in messages {
            try await context.change(message.tenant, by: Self.operatorActor) { change in
                guard var message = try change.store.find(message.id, locked: true), !message.sealedHeaders.isEmpty
                else { return }
                message.reseal(try context.seal(headers: context.headers(of: message), of: message.id))
                try change.store.update(message)
                try change.audit("secret.reseal", "message:\(message.id)", message.source)
            }
        }
        return try await routers.count + people.count + accounts.count + messages.count + reseal(kept)
    }
}
