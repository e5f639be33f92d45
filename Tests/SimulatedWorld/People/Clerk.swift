import BillingDomain
import BillingServices
import Synchronization

/// Somebody who looks after the customers who dial in: takes their orders, switches them off and on, gives them other
/// passwords and addresses.
final class Clerk: Sendable {
    private struct Subscriber {
        let subscription: Identifier<Subscription>
        let service: Identifier<ServiceAccount>
    }

    private struct State {
        var subscribers: [Subscriber] = []
        var isOpen = true
        var isIdle = false
    }

    /// What a subscription costs, in minor units.
    static let price: Int64 = 300

    private let desk: Desk
    private let template: Template
    private let wanted: Int
    private let watch: Watch
    private let state = Mutex(State())

    /// A clerk who takes so many orders.
    init(_ desk: Desk, _ template: Template, subscribers: Int, _ watch: Watch) {
        self.desk = desk
        self.template = template
        self.watch = watch
        wanted = subscribers
        if subscribers == 0 { state.withLock { $0.isIdle = true } }
    }

    /// How many orders were taken and paid.
    var orders: Int { state.withLock { $0.subscribers.count } }
    /// Whether nothing is under way any more.
    var isIdle: Bool { state.withLock { $0.isIdle } }

    /// Begins nothing new.
    func close() { state.withLock { $0.isOpen = false } }

    func work() async {
        while !Task.isCancelled, state.withLock({ $0.isOpen }) {
            if orders < wanted { await order() } else { await doSomething() }
            await desk.pause(.seconds(1)...(.seconds(16)))
        }
        state.withLock { $0.isIdle = true }
    }

    private func order() async {
        guard let router = desk.chance.element(of: template.routers) else { return }
        let number = orders
        let address = desk.chance.once(in: 2) ? "10.77.0.\(10 + number)" : nil
        await desk.insist { [self] session, key in
            guard let name = NumberPattern("home-\(number)"), let password = NumberPattern("first-\(number)") else {
                return
            }
            let ordered = try await session.subscriptions.order(
                SubscriptionOrder(
                    customer: .new(CustomerDraft(name: "Home \(number)")),
                    service: ServiceAccountDraft(
                        kind: .pppoe,
                        router: router.id,
                        username: name,
                        password: password,
                        staticAddress: address
                    ),
                    choice: .terms(
                        SubscriptionTerms(
                            packageName: "Home",
                            cycle: .days(30),
                            price: Money(minorUnits: Self.price, currency: .usd)
                        )
                    ),
                    method: .cash
                ),
                key: key
            )
            watch.knows("first-\(number)", of: ordered.serviceAccount.id)
            state.withLock {
                $0.subscribers.append(
                    Subscriber(subscription: ordered.subscription.id, service: ordered.serviceAccount.id)
                )
            }
        }
    }

    private func doSomething() async {
        guard let subscriber = desk.chance.element(of: state.withLock { $0.subscribers }) else { return }
        let drawn = desk.chance.number(10...99)
        switch desk.chance.index(below: 5) {
        case 0:
            await desk.insist { session, _ in
                _ = try await session.subscriptions.suspend(subscriber.subscription, reason: "moved")
            }
        case 1, 2:
            await desk.insist { session, _ in _ = try await session.subscriptions.resume(subscriber.subscription) }
        case 3:
            await desk.insist { [self] session, _ in
                _ = try await session.serviceAccounts.setPassword("secret-\(drawn)", of: subscriber.service)
                watch.knows("secret-\(drawn)", of: subscriber.service)
            }
        default:
            let address = drawn < 55 ? nil : "10.77.1.\(drawn)"
            await desk.insist { session, _ in
                _ = try await session.serviceAccounts.setStaticAddress(address, of: subscriber.service)
            }
        }
    }
}
