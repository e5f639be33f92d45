import BillingDomain
import BillingPersistence

extension Change {
    /// Marks vouchers and settles their jobs.
    func record(_ outcomes: [ProvisioningOutcome], under lease: RouterLease) throws {
        var done: [Identifier<OutboxJob>] = []
        for outcome in outcomes {
            let job = outcome.work.job
            try mark(outcome)
            guard case .failed(let detail, let retry) = outcome.result else {
                done.append(job.id)
                continue
            }
            if retry, job.attempts + 1 < ProvisioningService.maximumAttempts {
                let wait = Duration.seconds(min(5 << min(job.attempts, 10), 600))
                try store.postponeOutbox([job.id], until: now + wait, detail: detail, under: lease)
            } else {
                try store.parkOutbox([job.id], detail: detail, under: lease)
            }
        }
        try store.completeOutbox(done, under: lease)
        let failed = outcomes.count - done.count
        let detail = "\(done.count) users written" + (failed > 0 ? ", \(failed) not" : "")
        try record("users.write", on: lease.router, failed > 0 ? .failed : .succeeded, detail: detail)
    }

    private func mark(_ outcome: ProvisioningOutcome) throws {
        guard var voucher = try store.voucher(outcome.work.voucher.id), voucher.intent == outcome.work.voucher.intent
        else { return }
        switch outcome.result {
        case .present:
            guard voucher.desiredPresence != .absent else { return }
            try voucher.markPresent()
        case .removed:
            guard voucher.desiredPresence == .absent else { return }
            try voucher.markRemoved()
        case .failed(let detail, _):
            guard voucher.provisioning != .removed else { return }
            try voucher.markFailed(detail)
        }
        try store.update(voucher)
    }
}

extension Voucher {
    /// Everything the row on the router is made from: while it is unchanged, work done for the row still holds.
    fileprivate var intent: [String?] {
        [access.rawValue, activatedAt?.description, expiresAt?.description]
    }
}
