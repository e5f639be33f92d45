import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("What somebody must look at, and what is not to be sent")
struct MessageServiceTests {
    @Test("a message in quarantine is processed again once it is released", arguments: Backing.allCases)
    func releasedMessagesComeAgain(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let message = try await shop.quarantined()
        let messages = shop.owner.messages
        #expect(try await messages.list(.quarantined).items.map(\.id) == [message.id])
        #expect(try await shop.billing.incoming.claim().isEmpty)
        _ = try await messages.release(message.id)
        #expect(try await messages.list(.quarantined).items.isEmpty)
        #expect(try await messages.list().items.map(\.id) == [message.id])
        #expect(try await shop.billing.incoming.claim().map(\.id) == [message.id])
        await expectRefusal(.conflict) { try await messages.release(message.id) }
    }

    @Test("a message that is dismissed is never processed, and it is known why", arguments: Backing.allCases)
    func dismissedMessagesStay(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let message = try await shop.quarantined()
        await expectRefusal(.invalidInput, field: "reason") {
            try await shop.owner.messages.dismiss(message.id, reason: " ")
        }
        _ = try await shop.owner.messages.dismiss(message.id, reason: "not ours")
        shop.clock.advance(by: .seconds(86_400))
        #expect(try await shop.billing.incoming.claim().isEmpty)
        await expectRefusal(.conflict) { try await shop.owner.messages.release(message.id) }
        let trail = try await shop.owner.audit.entries(AuditFilter(subject: "message:\(message.id)")).items
        #expect(trail.first?.after == "not ours")
    }

    @Test("a notification that is cancelled is not sent", arguments: Backing.allCases)
    func cancelledOnesAreNotSent(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let intent = try await shop.notification(parked: true)
        let notifications = shop.owner.notifications
        #expect(try await notifications.cancel(intent.id).state == .cancelled)
        shop.clock.advance(by: .seconds(86_400))
        #expect(try await shop.billing.outgoing.claim().isEmpty)
        await expectRefusal(.conflict) { try await notifications.retry(intent.id) }
        #expect(try await notifications.list(.cancelled, recipient: intent.recipient).items.map(\.id) == [intent.id])
        #expect(try await notifications.list(.parked).items.isEmpty)
        #expect(try await notifications.list(recipient: "phone:+256700000000").items.isEmpty)
    }
}
