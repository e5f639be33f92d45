import BillingDomain
import BillingProvisioning
import BillingServices

/// Somebody who looks after the routers: reads what was refused and asked, puts it right, and says so.
struct Operator {
    private let template: Template
    private let watch: Watch
    private let process: SimulatedProcess
    private let billing: Billing
    private let provisioner: Provisioner

    init(
        _ template: Template,
        _ network: SimulatedNetwork,
        _ watch: Watch,
        _ process: SimulatedProcess,
        _ store: SimulatedStore
    ) {
        self.template = template
        self.watch = watch
        self.process = process
        billing = Billing(store: store, secrets: template.secrets, environment: process.environment)
        var configuration = ProvisionerConfiguration()
        configuration.sleep = { try await process.sleep($0) }
        configuration.elapsed = { process.executor.now }
        configuration.random = { process.chance.bits() }
        provisioner = Provisioner(
            billing: billing,
            configuration: configuration,
            environment: process.environment,
            connector: SimulatedConnector(network, process, configuration.connection, nil)
        )
    }

    /// Has everything tried again, now and in a minute, for what was under way may still be put aside; and answers what routers
    /// ask.
    func begin() {
        process.begin { [self] in
            await retry()
            try? await process.sleep(.seconds(60))
            await retry()
        }
        process.begin { [self] in
            while !Task.isCancelled {
                for router in template.routers { await look(after: router.id) }
                try? await process.sleep(.seconds(10))
            }
        }
    }

    private func retry() async {
        for router in template.routers {
            _ = try? await billing.apiSession(token: template.token).routers.retry(router.id)
        }
    }

    private func look(after router: Identifier<Router>) async {
        guard watch.asks(router), let plan = try? await provisioner.plan(router), plan.question != nil else { return }
        watch.milestones.reach(.massChangeAsked)
        _ = try? await provisioner.approve(router)
    }
}
