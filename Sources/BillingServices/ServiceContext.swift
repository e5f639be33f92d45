import BillingDomain
import BillingPersistence
import Synchronization

/// What all services of one ``Billing`` share, and the one way they write.
final class ServiceContext: Sendable {
    let store: any BillingStore
    let secrets: SecretKeys
    let environment: BillingEnvironment
    let passwords = PasswordThreads()
    let signals: RouterSignals
    /// Tries to sign in to tenants that do not exist: nothing of those can be stored, and they are to look like any other.
    let strangers = Mutex<[String: AccountThrottle]>([:])
    /// How fast routers tell of logins; only those are here whose token was good.
    let callbacks = Mutex<[Identifier<Router>: AddressThrottle]>([:])

    init(
        store: any BillingStore,
        secrets: SecretKeys,
        environment: BillingEnvironment,
        signals: RouterSignals = RouterSignals()
    ) {
        self.store = store
        self.secrets = secrets
        self.environment = environment
        self.signals = signals
    }

    /// The same whose clock stops at an instant: for what is done in nobody's presence, under a clock that was found right then.
    ///
    /// By the time that a transaction has its turn the machine's clock may have been set.
    func until(_ instant: Timestamp) -> ServiceContext {
        let environment = environment
        let stopped = BillingEnvironment(
            now: { min(environment.now(), instant) },
            randomBytes: environment.randomBytes
        )
        return ServiceContext(store: store, secrets: secrets, environment: stopped, signals: signals)
    }

    func read<Answer: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Answer
    ) async throws -> Answer {
        try await BillingError.translating { try await store.read(scope, body) }
    }

    /// One use case: one transaction at one instant, then a hint to the provisioner of every router it touched.
    func change<Answer: Sendable>(
        _ tenant: Identifier<Tenant>,
        by actor: Actor,
        assignment: StaffAssignment = .everywhere,
        origin: RequestOrigin = RequestOrigin(),
        _ body: @Sendable (inout Change) throws -> Answer
    ) async throws -> Answer {
        let environment = environment
        let (answer, routers) = try await BillingError.translating {
            try await store.write(.tenant(tenant)) { transaction in
                // The clock is read once it is this transaction's turn: the order of instants is that of commits.
                let now = environment.now()
                var change = Change(
                    transaction,
                    tenant: tenant,
                    actor: actor,
                    now: now,
                    environment: environment,
                    assignment: assignment,
                    origin: origin
                )
                let answer = try body(&change)
                return (answer, change.routers)
            }
        }
        signals.signal(routers)
        return answer
    }
}
