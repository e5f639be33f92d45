import BillingDomain
import Testing

@Suite("Notifications and received messages")
struct MessageTests {
    static let now = Samples.start + .seconds(10)

    enum Move: String, CaseIterable {
        case claim
        case succeed
        case fail
        case retry
        case cancel

        func make(_ intent: inout NotificationIntent) throws {
            switch self {
            case .claim: try intent.claim(at: now)
            case .succeed: try intent.succeed(receipt: "r", at: now)
            case .fail: try intent.fail("busy", retryAt: now + .seconds(60))
            case .retry: try intent.retry(at: now)
            case .cancel: try intent.cancel(at: now)
            }
        }
    }

    static let table: [NotificationState: [Move: NotificationState]] = [
        .pending: [.claim: .sending, .cancel: .cancelled],
        .sending: [.succeed: .sent, .fail: .failed],
        .failed: [.claim: .sending, .retry: .pending, .cancel: .cancelled],
        .parked: [.retry: .pending, .cancel: .cancelled],
        .sent: [:],
        .cancelled: [:],
    ]

    private func intent(_ state: NotificationState, notBefore: Timestamp? = nil) -> NotificationIntent {
        NotificationIntent(
            id: Samples.id(1),
            tenant: Samples.id(1),
            template: "voucher.credentials",
            recipient: "customer:1",
            dedupeKey: "k",
            state: state,
            notBefore: notBefore,
            claimedUntil: state == .sending ? Self.now + .seconds(1) : nil,
            createdAt: Samples.start
        )
    }

    @Test(arguments: NotificationState.allCases, Move.allCases)
    func aNotificationMovesAsTheTableSays(state: NotificationState, move: Move) throws {
        let before = intent(state)
        var after = before
        if let next = Self.table[state]?[move] {
            try move.make(&after)
            #expect(after.state == next)
            #expect((after.claimedUntil != nil) == (next == .sending))
            #expect((after.endedAt != nil) == next.isFinal)
        } else {
            let error = #expect(throws: DomainError.self) { try move.make(&after) }
            #expect(error?.code == .illegalMove)
            #expect(error?.message.contains(state.rawValue) == true)
            #expect(after == before)
        }
    }

    @Test func aNotificationWaitsForItsTimeAndIsParkedInTheEnd() throws {
        var early = intent(.pending, notBefore: Self.now + .seconds(1))
        #expect(throws: DomainError.self) { try early.claim(at: Self.now) }
        var intent = intent(.pending)
        var now = Self.now
        for attempt in 1...NotificationIntent.mostAttempts {
            try intent.claim(at: now)
            #expect(!intent.isDue(at: now + .seconds(119)))
            #expect(intent.isDue(at: now + .seconds(120)))
            now = now + .seconds(60)
            try intent.fail("busy", retryAt: now)
            #expect(intent.state == (attempt < NotificationIntent.mostAttempts ? .failed : .parked))
        }
        try intent.retry(at: now)
        try intent.claim(at: now)
        try intent.fail("no such number", retryAt: nil)
        #expect(intent.state == .parked)
    }

    enum InboxMove: String, CaseIterable {
        case claim
        case complete
        case fail
        case quarantine
        case release
        case dismiss

        func make(_ message: inout InboxMessage) throws {
            switch self {
            case .claim: try message.claim(at: now)
            case .complete: try message.complete("credited", at: now)
            case .fail: try message.fail("no store", retryAt: now + .seconds(60))
            case .quarantine: try message.quarantine("another currency")
            case .release: try message.release(at: now)
            case .dismiss: try message.dismiss("a test", at: now)
            }
        }
    }

    static let inboxTable: [InboxState: [InboxMove: InboxState]] = [
        .received: [.claim: .processing, .quarantine: .quarantined],
        .processing: [.complete: .done, .fail: .failed, .quarantine: .quarantined],
        .failed: [.claim: .processing, .quarantine: .quarantined],
        .quarantined: [.release: .received, .dismiss: .done],
        .done: [:],
    ]

    private func message(_ state: InboxState, attempts: Int = 0) -> InboxMessage {
        InboxMessage(
            id: Samples.id(1),
            tenant: Samples.id(1),
            source: "gateway:mpesa",
            key: "QX1",
            body: [1, 2],
            state: state,
            attempts: attempts,
            claimedUntil: state == .processing ? Self.now + .seconds(1) : nil,
            createdAt: Samples.start
        )
    }

    @Test(arguments: InboxState.allCases, InboxMove.allCases)
    func aMessageMovesAsTheTableSays(state: InboxState, move: InboxMove) throws {
        let before = message(state)
        var after = before
        if let next = Self.inboxTable[state]?[move] {
            try move.make(&after)
            #expect(after.state == next)
            #expect((after.claimedUntil != nil) == (next == .processing))
            #expect(after.makesDuplicates == (next == .done))
        } else {
            let error = #expect(throws: DomainError.self) { try move.make(&after) }
            #expect(error?.code == .illegalMove)
            #expect(after == before)
        }
    }

    @Test func aMessageWhoseWorkerDiedIsTakenOverAndOneThatKeepsFailingIsQuarantined() throws {
        var orphan = message(.processing)
        #expect(!orphan.isDue(at: Self.now))
        try orphan.claim(at: Self.now + .seconds(1))
        #expect(orphan.attempts == 1)
        var hopeless = message(.processing, attempts: InboxMessage.mostAttempts)
        try hopeless.fail("no store", retryAt: Self.now)
        #expect(hopeless.state == .quarantined)
        #expect(!hopeless.makesDuplicates)
    }
}
