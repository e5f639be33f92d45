import BillingDomain
import BillingPersistence

extension StoreLaw {
    private static let now = Timestamp(secondsSince1970: 1_000)

    /// What holds for whoever leads, and for the jobs that a leader runs.
    static let jobs: [StoreLaw] = [
        StoreLaw("Of many that would lead at once one does, and none is turned away with an error") { store in
            let terms = try await store.together { number in
                try await store.write(.system) { try $0.electLeader("process-\(number)", now: now) }
            }
            try require(terms.compactMap(\.self).map(\.number), is: [1], "the terms that were won")
        },
        StoreLaw("A term holds until it ends or is given up, and the next one counts on") { store in
            @Sendable func elect(_ owner: String, _ seconds: Int) async throws -> Int64? {
                try await store.write(.system) { try $0.electLeader(owner, now: now + .seconds(seconds))?.number }
            }
            guard let first = try await store.write(.system, { try $0.electLeader("a", now: now) }) else {
                throw LawBreach("nobody leads, and nobody was elected")
            }
            try require(try await elect("b", 14), is: nil, "an election while somebody leads")
            _ = try await store.write(.system) { try $0.renew(first, now: now + .seconds(10)) }
            try require(try await elect("b", 24), is: nil, "an election after a renewal")
            try require(try await elect("b", 25), is: 2, "an election after the end")
            try await refuse("renewing a term that another followed") {
                _ = try await store.write(.system) { try $0.renew(first, now: now + .seconds(26)) }
            }
            let second = LeaderTerm(number: 2, owner: "b", electedAt: now, until: now)
            _ = try await store.write(.system) { try $0.resign(second, now: now + .seconds(27)) }
            try require(try await elect("c", 27), is: 3, "an election after one gave up")
        },
        StoreLaw("A run of a job is begun once, under the latest term, however many would begin it") { store in
            let job = try await store.job()
            let begun = try await store.together { try await store.begin(job, term: 1, id: 10 + $0) }
            try require(begun.compactMap(\.self).count, is: 1, "the runs that were begun at once")
            let taken = try await store.begin(job, term: 2, id: 90)
            try require(taken?.attempts, is: 2, "the attempts of a run that a later leader took over")
            try require(taken?.id, is: begun.compactMap(\.self).first?.id, "the run that was taken over")
            try await require(.leaseLost, from: "a run under a term that has passed") {
                _ = try await store.begin(job, term: 1, id: 91)
            }
            try await refuse("an end under a term that has passed") {
                _ = try await store.end(taken, term: 1, failure: nil)
            }
            try require(try await store.end(taken, term: 2, failure: nil)?.state, is: .succeeded, "how it ended")
            try require(try await store.begin(job, term: 3, id: 92), is: nil, "a run that was done before")
            let handled = try await store.read(.tenant(job.tenant)) { try $0.find(job.id)?.handledUntil }
            try require(handled, is: now, "how far the job has come")
        },
        StoreLaw("A run that fails is tried again until it has no attempt left") { store in
            let job = try await store.job()
            for attempt in 1...JobRun.mostAttempts {
                let run = try await store.begin(job, term: 1, id: 10)
                try require(run?.attempts, is: attempt, "the attempts")
                let ended = try await store.end(run, term: 1, failure: "no power")
                try require(ended?.state, is: .failed, "how it ended")
                let left = try await store.read(.system) { try $0.unfinishedRuns(before: 1, limit: 9).count }
                try require(left, is: attempt < JobRun.mostAttempts ? 1 : 0, "what is to be tried again")
            }
            try require(try await store.begin(job, term: 1, id: 11), is: nil, "an attempt more than there are")
        },
    ]
}

/// Breaks off unless a call is refused, by the store or by the rules of the business.
func refuse(_ what: @autoclosure () -> String, _ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch is DomainError {
        return
    } catch is PersistenceError {
        return
    }
    throw LawBreach("\(what()) was done")
}

extension BillingStore {
    fileprivate func job() async throws -> ScheduledJob {
        let tenant = try await tenant(1)
        let job = ScheduledJob(
            id: .numbered(1),
            tenant: tenant.id,
            name: "report",
            schedule: .every(seconds: 60),
            catchUp: .each,
            createdAt: tenant.createdAt
        )
        try await write(.tenant(tenant.id)) { try $0.insert(job) }
        return job
    }

    fileprivate func begin(_ job: ScheduledJob, term: Int64, id: Int) async throws -> JobRun? {
        let now = Timestamp(secondsSince1970: 1_000)
        let term = LeaderTerm(number: term, owner: "a", electedAt: now, until: now)
        return try await write(.tenant(job.tenant)) {
            try $0.begin(job.id, dueAt: now, under: term, id: .numbered(id), now: now)
        }
    }

    fileprivate func end(_ run: JobRun?, term: Int64, failure: String?) async throws -> JobRun? {
        guard let run else { return nil }
        return try await write(.tenant(run.tenant)) {
            try $0.finish(run.id, failure: failure, detail: nil, under: term, now: run.startedAt)
        }
    }
}
