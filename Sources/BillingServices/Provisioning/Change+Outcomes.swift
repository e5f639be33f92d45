import BillingDomain
import BillingPersistence

extension Change {
    /// Marks vouchers and service accounts, and settles their jobs.
    func record(_ outcomes: [ProvisioningOutcome], under lease: RouterLease) throws {
        var done: [Identifier<OutboxJob>] = []
        // Whatever a row is made from changes together with a newer job: while the job is there, work done for it holds.
        let current = Set(try store.find(outcomes.map(\.work.job.id)).map(\.id))
        var parked: [ProvisioningOutcome] = []
        var wereSomeParked = false
        for outcome in outcomes {
            let job = outcome.work.job
            if current.contains(job.id) { try mark(outcome) }
            guard case .failed(let detail, let retry) = outcome.result else {
                done.append(job.id)
                continue
            }
            if retry, job.attempts + 1 < ProvisioningService.maximumAttempts {
                let wait = Duration.seconds(min(5 << min(job.attempts, 10), 600))
                try store.postponeOutbox([job.id], until: (store.clock() ?? now) + wait, detail: detail, under: lease)
            } else {
                if parked.isEmpty { wereSomeParked = try store.parkedDepth(routers: [lease.router]) > 0 }
                parked.append(outcome)
                try store.parkOutbox([job.id], detail: detail, under: lease)
            }
        }
        try store.completeOutbox(done, under: lease)
        let failed = outcomes.count - done.count
        let detail = "\(done.count) rows written" + (failed > 0 ? ", \(failed) not" : "")
        try record("users.write", on: lease.router, failed > 0 ? .failed : .succeeded, detail: detail)
        // Whoever was told looks at all of them: only the first after none is news.
        guard !wereSomeParked, case .failed(let reason, _)? = parked.first?.result else { return }
        try alert(
            .jobsParked,
            about: store.router(lease.router),
            occurrence: "\(lease.router):\(now.microsecondsSince1970)",
            ["count": "\(parked.count)", "detail": reason]
        )
    }

    private func mark(_ outcome: ProvisioningOutcome) throws {
        switch outcome.work.job.subject {
        case .voucher(let id):
            var voucher = try store.require(id, "voucher")
            if outcome.result == .presentAnew { voucher.usage.countAnew() }
            try mark(voucher, outcome.result)
        case .service(let id): try mark(store.require(id, "service account"), outcome.result)
        }
    }

    private func mark<Record: Provisioned & RevisedRecord>(
        _ record: Record,
        _ result: ProvisioningOutcome.Result
    ) throws {
        var record = record
        switch result {
        case .present, .presentAnew:
            guard record.desiredPresence != .absent else { return }
            try record.markPresent()
        case .removed:
            guard record.desiredPresence == .absent else { return }
            try record.markRemoved()
        case .failed(let detail, _):
            guard record.provisioning != .removed else { return }
            try record.markFailed(detail)
        }
        try store.update(record)
    }
}
