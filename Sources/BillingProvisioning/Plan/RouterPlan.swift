public import BillingDomain
public import BillingServices
import RouterOSClient
import RouterOSProtocol

/// What a whole router shows beside what should stand on it: what is missing there, what has drifted, what is ours and not
/// known here, and how much belongs to others.
///
/// Pure: made from what is recorded and what the router showed. Prints like a difference of two texts; codes are masked,
/// and passwords are never shown.
public struct RouterPlan: Sendable {
    /// What to do about one row.
    public enum Action: Sendable, Hashable {
        /// It is missing there.
        case add
        /// These attributes are not as they should be: name, what is there, what should be; no secrets.
        case change([AttributeChange])
        /// It has to go.
        case remove
        /// It is right, and somebody who is cut off is on line by it.
        case endSession
        /// Somebody else's row has its name, or its comment was changed: left to people, who are told why.
        case blocked(String)
    }

    /// An attribute that is not as it should be; both values are empty for a secret.
    public struct AttributeChange: Sendable, Hashable {
        /// The name.
        public let name: String
        /// What the router shows.
        public let was: String
        /// What it should show.
        public let should: String
    }

    /// One row that does not stand as it should.
    public struct Line: Sendable, Hashable {
        /// The menu.
        public let kind: ServiceKind
        /// Whose it is.
        public let entry: RouterEntry
        /// What to do about it.
        public let action: Action
    }

    /// A profile of ours whose speed is not that of its package.
    public struct ProfileChange: Sendable, Hashable {
        /// Its name, in `/ppp/profile`: the profiles of hotspots have no comment that says whose they are.
        public let name: String
        /// The speed that it has, as the router shows it; empty for none.
        public let was: String
        /// The speed of the package.
        public let should: BillingDomain.RateLimit
        let id: ItemID
    }

    /// What does not stand as it should although nothing waits for it, by menu and name.
    public let lines: [Line]
    /// Profiles that are needed, missing, and can be made.
    public let profiles: [RouterProfile]
    /// Profiles of ours that have another speed than their package, by name.
    public let profileChanges: [ProfileChange]
    /// Rows with our comment that are not known here, masked: reported, and never deleted by themselves.
    public let unknown: [String]
    /// How many rows of ours stand there.
    public let standing: Int
    /// How many rows belong to others: never touched.
    public let foreign: Int
    /// How many of ours have a job: on their way, or put aside with a reason.
    public let waiting: Int
    /// How many changes it takes on the router; what is left to people is none.
    public let changes: Int
    /// What to ask before it is carried out; `nil` when it may be.
    public let question: String?

    /// Whether the router shows nothing of ours although it should, as after a factory reset.
    public var isReset: Bool { standing == 0 && lines.contains { $0.action == .add } }
    /// Whether the router shows what it should.
    public var isConverged: Bool { lines.isEmpty && profileChanges.isEmpty && unknown.isEmpty }

    /// The lines as they are put right.
    var deviations: [RouterDeviation] { lines.map { RouterDeviation($0.entry, $0.reason) } }
}

extension RouterPlan {
    /// Compares what should stand on a router with what its tables show.
    init(_ intent: RouterIntent, _ tables: RouterTables) {
        let intent = intent.counting(tables)
        let hotspot = Part(intent, tables.users, tables)
        let ppp = Part(intent, tables.secrets, tables)
        lines = hotspot.lines + ppp.lines
        profiles = hotspot.profiles + ppp.profiles
        profileChanges = Self.profileChanges(intent, tables.pppProfiles)
        unknown = hotspot.unknown.map { "…" + $0.suffix(min(4, $0.count / 3)) } + ppp.unknown
        standing = hotspot.standing + ppp.standing
        foreign = hotspot.foreign + ppp.foreign
        waiting = intent.entries.count { intent.waiting.contains($0.subject) }
        changes = lines.count { $0.isChange } + profileChanges.count
        question = MassChangeGuard(limit: intent.massChangeLimit).question(changes: changes, standing: standing)
    }

    /// Where packages that share a profile do not agree about its speed, or none says it, it stays.
    private static func profileChanges(_ intent: RouterIntent, _ found: [PPPProfile]) -> [ProfileChange] {
        var speeds: [String: Set<BillingDomain.RateLimit>] = [:]
        for entry in intent.entries where entry.kind == .pppoe && entry.record.desiredPresence != .absent {
            guard let speed = entry.profile.rateLimit else { continue }
            speeds[entry.profile.name, default: []].insert(speed)
        }
        return found.compactMap { profile in
            guard let wanted = speeds[profile.name], wanted.count == 1, let speed = wanted.first, let id = profile.id,
                let comment = profile.comment, intent.markers.marksSubscriber(comment)
            else { return nil }
            var row = PPPProfile()
            row.rateLimit = speed.description
            guard row.drift(from: profile).contains("rate-limit") else { return nil }
            return ProfileChange(name: profile.name, was: profile.rateLimit ?? "", should: speed, id: id)
        }.sorted { $0.name < $1.name }
    }

    /// The names of rows of ours that no entry is of.
    static func unknownNames(_ intent: RouterIntent, _ tables: RouterTables) -> [String] {
        unknownNames(intent, tables.users) + unknownNames(intent, tables.secrets)
    }

    fileprivate static func unknownNames<Row: CustomerRow>(_ intent: RouterIntent, _ rows: [Row]) -> [String] {
        let known = Set(intent.entries.filter { $0.kind == Row.kind }.map(\.name))
        return rows.filter { !known.contains($0.name) && RowOwner(comment: $0.comment, intent.markers) != .foreign }
            .map(\.name)
    }
}

/// One menu of a plan.
private struct Part<Row: CustomerRow> {
    let lines: [RouterPlan.Line]
    let profiles: [RouterProfile]
    let unknown: [String]
    let standing: Int
    let foreign: Int

    init(_ intent: RouterIntent, _ rows: [Row], _ tables: RouterTables) {
        foreign = rows.count { RowOwner(comment: $0.comment, intent.markers) == .foreign }
        standing = rows.count - foreign
        unknown = RouterPlan.unknownNames(intent, rows)
        // Whoever has a job is about to change there, or was put aside with a reason.
        let settled = intent.entries.filter { entry in
            entry.kind == Row.kind && !intent.waiting.contains(entry.subject) && entry.record.provisioning != .failed
        }
        let plan = ConvergencePlan(settled.sorted { $0.name < $1.name }, observed: rows, intent.markers)
        let shown = Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }
        let online = tables.online[Row.kind] ?? []
        lines = plan.steps.compactMap { entry, step in
            RouterPlan.Action(entry, step, shown[entry.name], isOnline: online.contains(entry.name))
                .map { RouterPlan.Line(kind: Row.kind, entry: entry, action: $0) }
        }
        let there = tables.profiles[Row.kind] ?? []
        profiles = Set(plan.neededProfiles.filter { $0.canBeMade && !there.contains($0.name) })
            .sorted { $0.name < $1.name }
    }
}

extension RouterPlan.Action {
    fileprivate init?<Row: CustomerRow>(
        _ entry: RouterEntry,
        _ step: ConvergencePlan<Row>.Step,
        _ found: Row?,
        isOnline: Bool
    ) {
        switch step {
        case .none:
            guard isOnline, entry.record.desiredPresence != .enabled else { return nil }
            self = .endSession
        case .inherited: return nil
        case .add: self = .add
        case .remove: self = .remove
        case .blocked(let reason): self = .blocked(reason)
        case .set(_, let wanted, let names):
            var (was, should) = (Attributes(), Attributes())
            found?.write(to: &was)
            wanted.write(to: &should)
            self = .change(
                names.map { name in
                    // The password of a voucher is its code.
                    let isSecret = name == "password"
                    return RouterPlan.AttributeChange(
                        name: name,
                        was: isSecret ? "" : was[name] ?? "",
                        should: isSecret ? "" : should[name] ?? ""
                    )
                }
            )
        }
    }
}
