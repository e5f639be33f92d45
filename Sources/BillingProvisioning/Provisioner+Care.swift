import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

extension Provisioner {
    /// Does what a router needs now and then, at the end of a visit that has read it in full: its profiles and their
    /// scripts, and backups.
    ///
    /// A script that wrote rows and was left behind, by whichever process, is removed first. Nothing here makes a router that
    /// serves its customers look unfit: what it refuses is told of in its log.
    func care(_ claim: RouterClaim, _ router: any RouterOSCommands) async throws {
        let order = try await service.care(claim)
        if let backup = order.restore {
            // It starts anew: whatever else there is to do, the next visit does.
            return try await restore(backup, claim, router)
        }
        let care = RouterCareWork(router, order, timeout: configuration.tableTimeout)
        do {
            let kinds = ServiceKind.allCases
            if try await ScriptWriter.clear(kinds, on: router) { scripts.gone(kinds, from: claim.router.id) }
            try await care.careForProfiles()
            if let file = try await care.backUp() { try await keep(file, of: order, claim, care) }
        } catch is RouterOSError {
            // The visit is as good as over, and has done what it was for. The next one finds out.
        }
        try await service.record(care.findings, under: claim)
    }

    private func keep(
        _ file: [UInt8],
        of order: CareOrder,
        _ claim: RouterClaim,
        _ care: RouterCareWork
    ) async throws {
        guard case .fetch(let backup, let name) = order.backup else { return }
        do {
            try await service.keep(file, of: backup, under: claim)
        } catch let error as BillingError where error.code == .conflict || error.code == .invalidInput {
            care.refuse(.backup, error.message)
        }
        try await care.removeFile(name)
    }

    /// Puts a backup back, once.
    private func restore(
        _ backup: Identifier<RouterBackup>,
        _ claim: RouterClaim,
        _ router: any RouterOSCommands
    ) async throws {
        let contents: RouterBackupContents
        do {
            guard let found = try await service.beginRestore(backup, under: claim) else { return }
            contents = found
        } catch let error as BillingError where error.code != .leaseLost {
            // A key that is missing, for one. It is given up when nobody expects it any more.
            return report(error)
        }
        let file = RouterCareWork.file(CareOrder.filePrefix + "restore")
        do {
            try await RouterCareWork.put(contents.bytes, as: file, on: router)
            try await router.loadBackup(file, password: contents.password)
            try await service.endRestore(backup, .succeeded, detail: "the router starts anew", under: claim)
        } catch let error as RouterOSError {
            let outcome: RouterEvent.Outcome = error.isSafeToRetry ? .failed : .unknown
            try await service.endRestore(backup, outcome, detail: error.message, under: claim)
        }
    }
}
