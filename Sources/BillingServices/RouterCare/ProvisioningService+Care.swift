public import BillingDomain
import BillingPersistence

extension ProvisioningService {
    /// What is to be done for a claimed router beside its users.
    ///
    /// A step of a backup that is answered with counts as begun: one that breaks the connection each time is not tried
    /// again before an hour has passed.
    ///
    /// - Throws: ``BillingError``; ``BillingError/Code/leaseLost`` when another worker has the router.
    public func care(_ claim: RouterClaim) async throws -> CareOrder {
        let context = context
        return try await context.change(claim.lease.tenant, by: Self.actor) { change in
            try change.store.verify(claim.lease)
            guard let router = try change.store.router(claim.lease.router) else {
                throw BillingError.notFound("router")
            }
            let settings = try change.store.settings()
            let before = try change.care(of: router)
            var care = before
            let step = try change.nextStep(of: &care, settings, context)
            try change.giveUpLateRestore(of: &care)
            var callback: String?
            let base = settings[.loginCallbackURL]
            if !base.isEmpty {
                let nonce =
                    try care.callbackNonce ?? change.environment.randomBytes(LoginCallbackToken.nonceByteCount)
                care.callbackNonce = nonce
                let token = try LoginCallbackToken(of: router.id, nonce: nonce, with: context.secrets)
                callback = base + LoginCallbackService.path + token.text
            }
            if care != before { try change.store.update(care) }
            return CareOrder(
                backup: step,
                restore: care.restoring,
                callback: callback,
                hotspotProfiles: try change.hotspotProfiles(on: router.id),
                markers: RouterMarkers(settings)
            )
        }
    }

    /// How far the log of a claimed router was read; nil where it never was.
    ///
    /// - Throws: ``BillingError``.
    public func logCursor(_ claim: RouterClaim) async throws -> RouterLogCursor? {
        try await context.read(.tenant(claim.lease.tenant)) { store in
            try store.find(RouterCare.id(of: claim.lease.router))?.logCursor
        }
    }

    /// Writes down what came of caring for a router.
    ///
    /// Lines of its log and what could not be done become events of the router; the same failing is told once, until
    /// another comes or all is well. Logins that its log tells of are evidence of first uses, as in
    /// ``noteFirstLogin(_:on:)``.
    ///
    /// - Throws: ``BillingError``; ``BillingError/Code/leaseLost`` when another worker has the router.
    public func record(_ findings: CareFindings, under claim: RouterClaim) async throws {
        try await context.change(claim.lease.tenant, by: Self.actor) { change in
            try change.store.verify(claim.lease)
            guard let router = try change.store.router(claim.lease.router) else { return }
            let before = try change.care(of: router)
            var care = before
            if let profiles = findings.profiles {
                if care.profilesReadAt != nil, care.profiles != profiles {
                    try change.record(
                        "router.profiles",
                        on: router.id,
                        .succeeded,
                        detail: "\(profiles.count) profiles"
                    )
                }
                care.profiles = Array(profiles.prefix(Self.mostProfiles))
                care.profilesReadAt = change.now
            }
            if let cursor = findings.logCursor {
                care.logCursor = cursor
                try change.record(findings.logLines, of: router.id)
                try change.fold(findings.logins, on: router)
            }
            if !findings.scripts.isEmpty {
                try change.log(
                    "router.login-script",
                    of: router.id,
                    Input.printable("\(findings.scripts.count) profiles: " + findings.scripts.joined(separator: ", "))
                )
            }
            for part in findings.sound where findings.faults[part] == nil { care.faults[part.rawValue] = nil }
            for (part, fault) in findings.faults.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                let fault = Input.printable(fault)
                guard care.faults.updateValue(fault, forKey: part.rawValue) != fault else { continue }
                try change.record("router.care.\(part.rawValue)", on: router.id, .failed, detail: fault)
            }
            if care != before { try change.store.update(care) }
        }
    }

    /// No router has as many profiles for a reason.
    private static let mostProfiles = 1_000
}

extension Change {
    /// The hotspot user profiles of rows that stand or are to stand on a router.
    fileprivate func hotspotProfiles(on router: Identifier<Router>) throws -> Set<String> {
        let vouchers = Query(Voucher.Columns.router == router, Voucher.Columns.provisioning != .removed)
        let ofVouchers = try store.sums(vouchers, by: ["router_profile"])
        let accounts = Query(ServiceAccount.Columns.router == router, ServiceAccount.Columns.provisioning != .removed)
            .where(Field<ServiceAccount, ServiceKind>("kind") == .hotspot)
        let ofAccounts = try store.sums(accounts, by: ["router_profile", "unpaid_profile"])
        let names = try (ofVouchers + ofAccounts).flatMap(\.group).compactMap { try String?(storeValue: $0) }
        return Set(names)
    }

    /// Writes lines of a router's log to its events, as many as anybody reads.
    fileprivate func record(_ lines: [RouterLogLine], of router: Identifier<Router>) throws {
        let shown = lines.suffix(20)
        let codes = Dictionary(
            try store.vouchers(router: router, codes: shown.flatMap(\.words)).map {
                (Voucher.uniqueKey(of: $0.code), $0)
            }
        ) { first, _ in first }
        if lines.count > shown.count {
            let left = lines.count - shown.count
            try record("router.log", on: router, .failed, detail: "\(left) older lines of errors are left out.")
        }
        for line in shown { try record("router.log", on: router, .failed, detail: line.redacted(codes)) }
    }
}
