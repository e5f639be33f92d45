import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

/// Does what a router needs now and then, part by part.
///
/// What a router refuses in one part is noted and keeps nobody from the next; a connection that breaks ends all.
final class RouterCareWork {
    let router: any RouterOSCommands
    let order: CareOrder
    let timeout: Duration
    private(set) var findings = CareFindings()

    init(_ router: any RouterOSCommands, _ order: CareOrder, timeout: Duration) {
        self.router = router
        self.order = order
        self.timeout = timeout
    }

    // MARK: Profiles and their scripts

    /// Reads the user profiles, and has those of ours tell of logins.
    func careForProfiles() async throws {
        guard
            let hotspot = try await attempt(
                .profiles,
                { try await rows(of: HotspotUserProfile.menu, Self.ofHotspot) }
            ), let ppp = try await attempt(.profiles, { try await rows(of: PPPProfile.menu, Self.ofPPP) })
        else { return }
        findings.profiles =
            hotspot.compactMap { observed($0, .hotspot) } + ppp.compactMap { observed($0, .pppoe) }
        let profiles = hotspot.compactMap { row -> LoginScriptPlan.Profile? in
            guard let id = row[".id"], let name = row["name"] else { return nil }
            return .init(id: ItemID(id), name: name, onLogin: row.bytes("on-login").map(Array.init) ?? [])
        }
        let plan = LoginScriptPlan(profiles, used: order.hotspotProfiles, order.callback.map(LoginScript.init))
        try await attempt(.callback) {
            for change in plan.changes {
                try await router.set(change.id, of: HotspotUserProfile.self) {
                    $0.set("on-login", bytes: change.onLogin)
                }
            }
        }
        guard findings.faults[.callback] == nil else { return }
        findings.scripts = plan.changes.map(\.name)
        if !plan.refused.isEmpty {
            findings.faults[.callback] =
                "These profiles have an on-login script that nothing can be added to: "
                + plan.refused.joined(separator: ", ") + ". Mend it, or let logins be seen by reading."
        }
    }

    private static let ofHotspot = [
        ".id", "name", "rate-limit", "shared-users", "session-timeout", "idle-timeout", "on-login",
    ]
    private static let ofPPP = ["name", "rate-limit", "only-one", "session-timeout", "idle-timeout", "comment"]

    private func observed(_ row: Sentence, _ kind: ServiceKind) -> ObservedProfile? {
        guard let name = row["name"] else { return nil }
        func value(_ name: String) -> String? {
            row[name].flatMap { ["", "none", "0s", "00:00:00"].contains($0) ? nil : Self.short($0) }
        }
        let shared = kind == .hotspot ? value("shared-users") : value("only-one").flatMap { $0 == "yes" ? "1" : nil }
        return ObservedProfile(
            kind: kind,
            name: Self.short(name),
            rateLimit: value("rate-limit"),
            sharedUsers: shared,
            sessionTimeout: value("session-timeout"),
            idleTimeout: value("idle-timeout"),
            isOurs: row["comment"].map { order.markers.marksSubscriber($0) } ?? false
        )
    }

    /// No router writes longer ones.
    private static func short(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(200).filter { $0.value >= 32 }))
    }

    // MARK: Backups

    /// Does the next step of a backup; the file, when it is there and was fetched.
    func backUp() async throws -> [UInt8]? {
        switch order.backup {
        case nil: return nil
        case .save(let name, let password):
            try await attempt(.backup) {
                let files = try await router.print(RouterFile.self).collect()
                let left = files.filter { $0.name.split(separator: "/").last?.hasPrefix(CareOrder.filePrefix) ?? false }
                try await router.remove(left.compactMap(\.id), of: RouterFile.self)
                try await router.saveBackup(name, password: password)
            }
            // Whether it works shows with the file.
            findings.sound.remove(.backup)
            return nil
        case .fetch(_, let name):
            let file = Self.file(name)
            let contents = try await attempt(.backup) { () -> [UInt8]? in
                guard try await router.count(RouterFile.self, where: .name == file) > 0 else { return nil }
                return try await router.contents(of: file, limit: ProvisioningService.mostBackupBytes)
            }
            if contents == .some(nil) { findings.sound.remove(.backup) }
            return contents ?? nil
        }
    }

    /// Removes the file of a backup that was kept.
    func removeFile(_ name: String) async throws {
        try await attempt(.backup) { try await Self.remove(Self.file(name), from: router) }
    }

    /// Notes that a file was refused by who keeps it.
    func refuse(_ part: CarePart, _ reason: String) { findings.faults[part] = reason }

    // MARK: One part

    /// Does a part; nil when the router refused it, which is noted.
    @discardableResult
    private func attempt<Result>(_ part: CarePart, _ body: () async throws -> Result) async throws -> Result? {
        do {
            let result = try await body()
            findings.sound.insert(part)
            return result
        } catch let error as RouterOSError where !error.isOfConnection {
            findings.faults[part] = error.message
            return nil
        }
    }

    /// The rows of a menu; none where a router does not have it.
    private func rows(of menu: String, _ properties: [String]) async throws -> [Sentence] {
        do {
            return try await router.run(.print(menu, properties: properties), deadline: timeout).rows
        } catch let error as RouterOSError where error.code == .noSuchCommand {
            return []
        }
    }
}

extension RouterCareWork {
    /// The file that a router makes of a backup of a name.
    static func file(_ name: String) -> String { name + ".backup" }

    static func remove(_ file: String, from router: any RouterOSCommands) async throws {
        let files = try await router.print(RouterFile.self, where: .name == file).collect()
        try await router.remove(files.compactMap(\.id), of: RouterFile.self)
    }

    /// The longest file that a router takes in one piece over its API.
    static let mostUploadedBytes = 60_000

    /// Puts a file onto a router and makes sure that it is there as a whole.
    static func put(_ contents: [UInt8], as file: String, on router: any RouterOSCommands) async throws {
        guard contents.count <= mostUploadedBytes else {
            throw RouterOSError(
                .limitExceeded,
                "the backup has \(contents.count) bytes, and routers take files of up to \(mostUploadedBytes) over their API. "
                    + "Export it, upload it another way and load it by hand.",
                isSafeToRetry: true,
                endpoint: router.endpoint
            )
        }
        try await remove(file, from: router)
        _ = try await router.run(
            Command(RouterFile.menu + "/add") {
                $0["name"] = file
                $0.set("contents", bytes: contents)
            }
        )
        let made = try await router.print(RouterFile.self, where: .name == file).collect().first
        guard made?.size.map({ Int(clamping: $0.bytes) }) == contents.count else {
            try await remove(file, from: router)
            throw RouterOSError(
                .trap,
                "the router did not take the whole file. Export the backup, upload it another way and load it by hand.",
                isSafeToRetry: true,
                endpoint: router.endpoint
            )
        }
    }
}
