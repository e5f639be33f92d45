import BillingDomain
import BillingPersistence

extension StoreLaw {
    private static let now = Timestamp(secondsSince1970: 1_000)

    /// What holds for what came from outside, and for what people are to be told.
    static let messages: [StoreLaw] = [
        StoreLaw("A message is kept once, however often it comes, and never instead of another of its key") { store in
            let tenant = try await store.tenant(1).id
            @Sendable func receive(_ number: Int, digest: UInt8) async throws -> Bool {
                try await store.write(.tenant(tenant)) {
                    try $0.receive(.sample(number, tenant, key: "event", digest: digest)).isNew
                }
            }
            let isNew = try await store.together { try await receive($0, digest: 1) }
            try require(isNew.count { $0 }, is: 1, "of 16 equal messages those that were new")
            try require(try await receive(20, digest: 2), is: true, "another message of the same key")
            let kept = try await store.read(.tenant(tenant)) { try $0.count(Query<InboxMessage>()) }
            try require(kept, is: 2, "the messages that were kept")
        },
        StoreLaw("A message that is due is claimed by one worker at a time, the longest due first") { store in
            let tenant = try await store.tenant(1).id
            try await store.write(.tenant(tenant)) { transaction in
                for number in 0..<30 { _ = try transaction.receive(.sample(number, tenant, key: "\(number)")) }
            }
            @Sendable func claim(_ seconds: Int, _ limit: Int) async throws -> [InboxMessage] {
                try await store.write(.system) {
                    try $0.claimMessages(now: Timestamp(secondsSince1970: Int64(seconds)), limit: limit)
                }
            }
            try require(try await claim(2, 9).map(\.key), is: ["0", "1", "2"], "the messages that were due first")
            let claimed = try await store.together { _ in try await claim(40, 3) }.joined().map(\.id)
            try require(Set(claimed).count, is: claimed.count, "messages claimed at once, each by one worker")
            let rest = try await claim(40, 100).map(\.id)
            try require(Set(claimed + rest).count, is: 27, "messages claimed, the first three aside")
        },
        StoreLaw("Whose claim has run out is refused, and what is done never comes back") { store in
            let tenant = try await store.tenant(1).id
            _ = try await store.write(.tenant(tenant)) { try $0.receive(.sample(0, tenant, key: "event")) }
            @Sendable func claim(_ at: Timestamp) async throws -> InboxMessage? {
                try await store.write(.system) { try $0.claimMessages(now: at, limit: 9).first }
            }
            let later = now + InboxMessage.claimLength
            guard let first = try await claim(now) else { throw LawBreach("a due message was not claimed") }
            try require(try await claim(later - .seconds(1)), is: nil, "a claim that still holds")
            guard let second = try await claim(later) else { throw LawBreach("a claim that ran out holds on") }
            try await require(.conflict, from: "an end by whose claim had run out") {
                try await store.write(.system) { _ = try $0.complete(first, "paid", now: later) }
            }
            let failed = try await store.write(.system) {
                try $0.fail(second, "no answer", retryAt: later + .seconds(60))
            }
            try require(failed.state, is: .failed, "a message whose processing failed")
            try require(try await claim(later + .seconds(59)), is: nil, "another attempt before its time")
            guard let third = try await claim(later + .seconds(60)) else { throw LawBreach("no attempt followed") }
            _ = try await store.write(.system) { try $0.complete(third, "paid", now: later) }
            try require(try await claim(later + .seconds(100_000)), is: nil, "a message that is done")
        },
        StoreLaw("People are told once for a key, by one worker at a time") { store in
            let tenant = try await store.tenant(1).id
            let asked = try await store.together { number in
                try await store.write(.tenant(tenant)) { try $0.enqueue(.sample(number, tenant, key: "due:1")) }
            }
            try require(asked.count { $0 }, is: 1, "of 16 requests for one notification those that were new")
            let claimed = try await store.together { _ in
                try await store.write(.system) { try $0.claimNotifications(now: now, limit: 9) }
            }
            guard claimed.joined().count == 1, let intent = claimed.joined().first else {
                throw LawBreach("one notification was claimed by \(claimed.joined().count) workers at once")
            }
            _ = try await store.write(.system) { try $0.complete(intent, receipt: "1", now: now) }
            let again = try await store.write(.tenant(tenant)) { try $0.enqueue(.sample(20, tenant, key: "due:1")) }
            try require(again, is: false, "the same notification after it was sent")
        },
    ]
}

extension InboxMessage {
    fileprivate static func sample(
        _ number: Int,
        _ tenant: Identifier<Tenant>,
        key: String,
        digest: UInt8 = 0
    ) -> InboxMessage {
        InboxMessage(
            id: .numbered(100 + number),
            tenant: tenant,
            source: "gateway:test",
            key: key,
            digest: [digest],
            body: [UInt8(number)],
            createdAt: Timestamp(secondsSince1970: Int64(number))
        )
    }
}

extension NotificationIntent {
    fileprivate static func sample(_ number: Int, _ tenant: Identifier<Tenant>, key: String) -> NotificationIntent {
        NotificationIntent(
            id: .numbered(100 + number),
            tenant: tenant,
            template: "invoice.due",
            recipient: "amina@example.org",
            dedupeKey: key,
            createdAt: Timestamp(secondsSince1970: Int64(number))
        )
    }
}
