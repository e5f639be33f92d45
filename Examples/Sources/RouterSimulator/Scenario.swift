import Foundation
import RouterOSProtocol
import RouterOSTesting

/// What routers there are, what is on them, who comes and what goes wrong: read from a JSON file.
struct Scenario: Decodable {
    /// A scenario that cannot be followed.
    struct Problem: Error {
        let message: String
    }

    /// Routers that are alike.
    struct Group: Decodable {
        var count: Int?
        var release: String?
        var identity: String?
        /// Menus of one's own, a line each.
        var menus: [String]?
        /// Rows, as at the console.
        var rows: [String]?
        /// How many hotspot users there are beside those in `rows`: `user-1`, with the name for a password.
        var users: Int?
        var customers: Customers?
        var faults: [Fault]?
    }

    struct Customers: Decodable {
        /// The mean time between two log-ins.
        var every: String
        /// How long each stays, on average.
        var staying: String
    }

    struct Fault: Decodable {
        var name: String
        /// When, from the start; at once otherwise.
        var after: String?
        /// For how long; until it is taken back otherwise.
        var lasting: String?

        enum CodingKeys: String, CodingKey {
            case name, after
            case lasting = "for"
        }
    }

    /// One router to be.
    struct Planned {
        var release: RouterOSVersion
        var identity: String
        var group: Group
    }

    var routers: [Group]

    private static let members = KnownMembers.object([
        "routers": .list(
            .object([
                "count": .anything, "release": .anything, "identity": .anything, "menus": .anything, "rows": .anything,
                "users": .anything, "customers": .object(["every": .anything, "staying": .anything]),
                "faults": .list(.object(["name": .anything, "after": .anything, "for": .anything])),
            ])
        )
    ])

    /// Reads a file.
    static func read(_ path: String) throws(Problem) -> Scenario {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(message: "\(path) cannot be read")
        }
        if let problem = members.problem(in: data) { throw Problem(message: "\(path): \(problem)") }
        do {
            return try JSONDecoder().decode(Scenario.self, from: data)
        } catch {
            throw Problem(message: "\(path): \(Self.account(of: error))")
        }
    }

    /// Every router of the scenario, in order.
    func planned(defaultRelease: RouterOSVersion, firstPort: UInt16) throws(Problem) -> [Planned] {
        var planned: [Planned] = []
        for group in routers {
            let count = group.count ?? 1
            guard (1...1_000).contains(count), planned.count + count <= 1_000 else {
                throw Problem(message: "a scenario has 1 to 1000 routers")
            }
            guard (0...100_000).contains(group.users ?? 0) else {
                throw Problem(message: "users must be a number from 0 to 100000")
            }
            let release = group.release.map { RouterOSVersion(routerOS: $0) } ?? defaultRelease
            guard let release else {
                throw Problem(message: "release must be one such as 7.18, not \"\(group.release ?? "")\"")
            }
            try check(group)
            for number in 0..<count {
                let port = Int(firstPort) + planned.count
                let name = group.identity.map { count > 1 ? "\($0)-\(number + 1)" : $0 } ?? "MikroTik-\(port)"
                planned.append(Planned(release: release, identity: name, group: group))
            }
        }
        guard !planned.isEmpty else { throw Problem(message: "a scenario has 1 to 1000 routers") }
        return planned
    }

    private func check(_ group: Group) throws(Problem) {
        if let customers = group.customers {
            _ = try Self.duration(customers.every, "customers.every")
            _ = try Self.duration(customers.staying, "customers.staying")
        }
        for fault in group.faults ?? [] {
            guard SimulatorFault(fault.name) != nil else { throw Problem(message: Self.unknownFault(fault.name)) }
            _ = try fault.after.map { text throws(Problem) in try Self.duration(text, "after") }
            _ = try fault.lasting.map { text throws(Problem) in try Self.duration(text, "for") }
        }
    }

    static func duration(_ text: String, _ field: String) throws(Problem) -> Duration {
        guard let duration = Duration(routerOS: text), duration >= .zero else {
            throw Problem(message: "\(field) must be a duration such as 20s or 1h30m, not \"\(text)\"")
        }
        return duration
    }

    static func unknownFault(_ name: String) -> String {
        "no fault is called \"\(name)\"; there are: \(SimulatorFault.examples.joined(separator: ", "))"
    }

    /// What was wrong with some JSON, in words.
    static func account(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "it is no JSON" }
        func place(_ context: DecodingError.Context) -> String {
            context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(place(context)).\(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(place(context)): \(context.debugDescription)"
        case .dataCorrupted(let context): "it is no JSON: \(context.debugDescription)"
        @unknown default: "it is no JSON"
        }
    }
}

extension RouterOSSimulator {
    /// Puts on a router what its group has: menus always, rows where it keeps none from before.
    func prepare(_ group: Scenario.Group, withRows: Bool) throws {
        if let menus = group.menus { try add(menus: menus.joined(separator: "\n")) }
        guard withRows else { return }
        if let rows = group.rows { try add(rows: rows.joined(separator: "\n")) }
        if let users = group.users, users > 0 {
            let rows = (1...users).map { "/ip/hotspot/user name=user-\($0) password=user-\($0)" }
            try add(rows: rows.joined(separator: "\n"))
        }
    }

    /// Lets happen on a router what its group has.
    func begin(_ group: Scenario.Group) throws(Scenario.Problem) {
        if let customers = group.customers {
            bringCustomers(
                every: try Scenario.duration(customers.every, "customers.every"),
                staying: try Scenario.duration(customers.staying, "customers.staying")
            )
        }
        for planned in group.faults ?? [] {
            guard let fault = SimulatorFault(planned.name) else { continue }
            let after = try planned.after.map { text throws(Scenario.Problem) in
                try Scenario.duration(text, "after")
            }
            let lasting = try planned.lasting.map { text throws(Scenario.Problem) in
                try Scenario.duration(text, "for")
            }
            inject(fault, after: after ?? .zero, lasting: lasting)
        }
    }
}
