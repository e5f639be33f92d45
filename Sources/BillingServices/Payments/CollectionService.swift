public import BillingDomain
import BillingPersistence

/// What time and gateways bring about in the books of a tenant; for workers, not for people.
///
/// What a gateway's message says takes effect in one transaction with the end of the message, exactly once.
public struct CollectionService: Sendable {
    let context: ServiceContext

    static let actor = Actor.system("collection")

    /// Verifies a message in the inbox and gives it its effect; one that is settled stays as it is.
    ///
    /// What the gateway does not take for its own is quarantined; anything else that goes wrong is tried again later.
    @discardableResult
    public func process(
        _ id: Identifier<InboxMessage>,
        with gateway: any PaymentGateway,
        tenant: Identifier<Tenant>
    ) async throws -> InboxMessage {
        let inbox = MessageQueue(context: context)
        guard let claimed = try await inbox.claim(id, from: Self.source(of: gateway), of: tenant) else {
            return try await context.read(.tenant(tenant)) { try $0.require(id, "message") }
        }
        return try await handle(claimed, with: gateway)
    }

    /// Processes what gateways have sent to any tenant and is due, the longest due first; says how many messages that was.
    ///
    /// Messages of other gateways wait, and keep nobody else waiting. One that cannot be settled does not stop the rest:
    /// the first such error is thrown at the end.
    @discardableResult
    public func processDue(_ gateways: [any PaymentGateway], limit: Int = 100) async throws -> Int {
        let bySource = Dictionary(gateways.map { (Self.source(of: $0), $0) }) { first, _ in first }
        let inbox = MessageQueue(context: context)
        let claimed = try await inbox.claim(limit: limit, from: Set(bySource.keys))
        var failure: (any Error)?
        for message in claimed {
            guard let gateway = bySource[message.source] else { continue }
            do { try await handle(message, with: gateway) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
        return claimed.count
    }

    private static func source(of gateway: any PaymentGateway) -> String { "gateway:\(gateway.identifier)" }

    @discardableResult
    private func handle(_ claimed: InboxMessage, with gateway: any PaymentGateway) async throws -> InboxMessage {
        let inbox = MessageQueue(context: context)
        do {
            let callback = GatewayCallback(
                key: claimed.key,
                headers: try context.headers(of: claimed),
                body: claimed.body,
                sourceAddress: claimed.sourceAddress
            )
            let notices = try await gateway.handleCallback(callback)
            return try await inbox.process(claimed) { try $0.apply(notices, of: gateway.identifier) }
        } catch let refusal as GatewayRefusal {
            return try await inbox.quarantine(claimed, refusal.message)
        } catch let error as BillingError where [.duplicate, .notFound, .invalidInput].contains(error.code) {
            return try await inbox.quarantine(claimed, error.message)
        } catch {
            let name = (error as? BillingError)?.message ?? "\(type(of: error))"
            let wait = Duration.seconds(min(3_600, 10 << min(9, claimed.attempts)))
            do {
                return try await inbox.fail(claimed, name, retryAt: context.environment.now() + wait)
            } catch let error as BillingError where error.code == .conflict {
                // It took effect, and only the answer was lost: nothing is to be tried again.
                return try await context.read(.tenant(claimed.tenant)) { try $0.require(claimed.id, "message") }
            }
        }
    }
}

extension Change {
    /// Takes note of what a gateway says, and tells what came of it.
    fileprivate mutating func apply(_ notices: [GatewayNotice], of gateway: String) throws -> String {
        guard let tenant = try store.tenant(tenant) else { throw BillingError.notFound("tenant") }
        let calendar = TenantCalendar(tenant)
        var results: [String] = []
        for notice in notices {
            guard let payment = try store.payment(publicReference: notice.publicReference),
                payment.method == .gateway(gateway)
            else { throw BillingError.notFound("payment", field: "publicReference") }
            let heard = try hear([notice.event], of: payment, in: calendar)
            results.append("\(heard.publicReference) \(heard.status.rawValue)")
        }
        return results.joined(separator: ", ")
    }
}
