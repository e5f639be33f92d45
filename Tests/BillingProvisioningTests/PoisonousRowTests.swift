import BillingDomain
import BillingPersistence
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Synchronization
import Testing

@testable import BillingProvisioning

@Suite("Rows that a router never takes")
struct PoisonousRowTests {
    /// What becomes of a row each time that it is written.
    enum Poison: CaseIterable, Sendable {
        case refused, breaksTheConnection

        var error: RouterOSError {
            switch self {
            case .refused: RouterOSError(.trap, "failure: not on my watch", endpoint: "router")
            case .breaksTheConnection: RouterOSError(.connectionClosed, "the router hung up", endpoint: "router")
            }
        }

        var reason: String {
            switch self {
            case .refused: "not on my watch"
            case .breaksTheConnection: "The connection to the router breaks whenever this is written"
            }
        }
    }

    /// A router that does not take the rows of some names.
    private struct Picky: RouterOSCommands {
        let inner: any RouterOSCommands
        let poison: Poison
        let names: Set<String>

        var endpoint: String { inner.endpoint }

        func run(_ command: Command, deadline: Duration?) async throws -> Answer {
            if command.path.hasSuffix("/add"), let name = command.attributes["name"], names.contains(name) {
                throw poison.error
            }
            return try await inner.run(command, deadline: deadline)
        }

        func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
            inner.stream(command, deadline: deadline)
        }
    }

    private final class Connector: RouterConnector {
        let inner = RouterConnections(ConnectionConfiguration())
        let poison: Poison
        let names = Mutex<Set<String>>([])

        init(_ poison: Poison) { self.poison = poison }

        func visit<Result: Sendable>(
            _ router: Router,
            password: String,
            _ body: @Sendable (any RouterOSCommands) async throws -> Result
        ) async throws -> Result {
            let names = names.withLock { $0 }
            return try await inner.visit(router, password: password) { commands in
                try await body(Picky(inner: commands, poison: poison, names: names))
            }
        }

        func close(except routers: Set<Identifier<Router>>) async { await inner.close(except: routers) }
    }

    @Test(
        "one is put aside with its reason in the end, is told of, and keeps none of the others; asked for again it goes",
        arguments: Poison.allCases
    )
    func aside(poison: Poison) async throws {
        let shop = try await Shop()
        let connector = Connector(poison)
        let provisioner = Provisioner(
            billing: shop.billing,
            configuration: ProvisionerConfiguration(heedsCommandRate: false, trustsClock: true),
            environment: BillingEnvironment(now: { shop.now }, randomBytes: BillingEnvironment.live.randomBytes),
            connector: connector
        )
        let codes = try await shop.generate(20)
        let bad = codes[7]
        connector.names.withLock { $0 = [bad] }
        func parked() async throws -> Int { try await shop.billing.provisioning.backlog().parked }
        var rounds = 0
        while try await parked() == 0, rounds < 60 {
            await provisioner.provisionOnce()
            shop.advance(by: .seconds(600))
            rounds += 1
            // Not at once: whatever keeps it away may be over soon.
            if rounds < 8 { #expect(try await parked() == 0) }
        }
        #expect(try await parked() == 1)
        #expect(shop.usersOnRouter == codes.filter { $0 != bad }.sorted())
        let voucher = try await shop.voucher(bad)
        #expect(voucher.provisioning == .failed)
        #expect(voucher.provisioningDetail?.contains(poison.reason) == true)
        let told = try await shop.session.notifications.list().items.filter { $0.template == "alert.jobs-parked" }
        #expect(told.map { $0.variables["count"] } == ["1"])
        #expect(told.first?.variables["detail"]?.contains(poison.reason) == true)
        // It keeps nobody from what comes later, and is not tried any more.
        let later = try await shop.generate(3)
        await provisioner.provisionOnce()
        #expect(Set(later).isSubset(of: shop.usersOnRouter))
        #expect(try await shop.voucher(bad).provisioning == .failed)
        connector.names.withLock { $0 = [] }
        #expect(try await shop.session.routers.retry(shop.router.id) == 1)
        await provisioner.provisionOnce()
        #expect(try await shop.voucher(bad).provisioning == .present)
        #expect(try await parked() == 0)
    }
}
