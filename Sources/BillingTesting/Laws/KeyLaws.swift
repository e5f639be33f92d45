import BillingDomain
import BillingPersistence

extension StoreLaw {
    /// What holds for the keys under which requests are answered.
    static let keys: [StoreLaw] = [
        StoreLaw("What a key came to is found in its own scope, and nowhere else") { store in
            let scopes: [StoreScope] = [
                .system, .tenant(try await store.tenant(1).id), .tenant(try await store.tenant(2).id),
            ]
            for (number, scope) in scopes.enumerated() {
                let before = try await store.read(scope) { try $0.idempotentResult(key: "key")?.result }
                try require(before, is: nil, "a key that \(scope) has not used")
                try await store.write(scope) {
                    try $0.insert(IdempotencyRecord.sample(number, "key", in: scope, result: "\(number)"))
                }
            }
            for (number, scope) in scopes.enumerated() {
                let found = try await store.read(scope) { try $0.idempotentResult(key: "key")?.result }
                try require(found, is: "\(number)", "the key of \(scope)")
                try await require(.duplicate, from: "a key used twice") {
                    try await store.write(scope) {
                        try $0.insert(IdempotencyRecord.sample(9, "key", in: scope, result: "9"))
                    }
                }
            }
        },
        StoreLaw("Of many requests with one key one is done, and the others find what it came to") { store in
            for scope in [StoreScope.tenant(try await store.tenant(1).id), .system] {
                let answers = try await store.together { number in
                    try await store.write(scope) { transaction in
                        if let known = try transaction.idempotentResult(key: "key") { return known.result }
                        let answer = IdempotencyRecord.sample(number, "key", in: scope, result: "\(number)")
                        try transaction.insert(answer)
                        return answer.result
                    }
                }
                try require(Set(answers).count, is: 1, "the answers to one key in \(scope)")
            }
        },
        StoreLaw("Keys are forgotten by age, the oldest first") { store in
            let scope = StoreScope.tenant(try await store.tenant(1).id)
            try await store.write(scope) { transaction in
                for number in 0..<5 {
                    try transaction.insert(IdempotencyRecord.sample(number, "\(number)", in: scope, result: ""))
                }
            }
            let old = Query(IdempotencyRecord.Columns.createdAt < Timestamp(secondsSince1970: 4))
                .sorted(by: IdempotencyRecord.Columns.createdAt)
            let gone = try await store.write(scope) { try $0.delete(old.first(3)) }
            try require(gone, is: 3, "keys forgotten")
            let left = try await store.read(scope) { try $0.records(Query<IdempotencyRecord>()).map(\.key).sorted() }
            try require(left, is: ["3", "4"], "the keys that are left")
        },
    ]
}

extension BillingStore {
    /// What a number of callers at once come to.
    func together<Answer: Sendable>(
        _ count: Int = 16,
        _ body: @Sendable @escaping (Int) async throws -> Answer
    ) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            for number in 0..<count { group.addTask { try await body(number) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}

extension IdempotencyRecord {
    fileprivate static func sample(
        _ number: Int,
        _ key: String,
        in scope: StoreScope,
        result: String
    ) -> IdempotencyRecord {
        let place = scope == .system ? 500 : 600
        return IdempotencyRecord(
            id: .numbered(place + number + (scope.tenant.map { Int(truncatingIfNeeded: $0.low & 0xFF) * 100 } ?? 0)),
            tenant: scope.tenant,
            key: key,
            fingerprint: [UInt8(number)],
            result: result,
            createdAt: Timestamp(secondsSince1970: Int64(number))
        )
    }
}
