import Foundation
import HTTPServer
import RouterOSProtocol
import RouterOSTesting

/// The control port: what may be done to the routers over HTTP, from this machine alone.
struct Control: Sendable {
    /// The longest time that one request lets pass: 31 days, in seconds.
    ///
    /// Everything that happens in it happens before the answer.
    private static let longestAdvance = 2_678_400.0

    let routers: [ServedRouter]

    /// Answers a request.
    func answer(_ request: HTTPRequest) -> HTTPResponse {
        do throws(ControlError) {
            try checkSender(request)
            try checkQuery(request)
            return .json(try answer(request.method, request.path, request))
        } catch {
            return .json(["error": error.message], error.status)
        }
    }

    /// Refuses what a web page sends, whoever it says it is for.
    ///
    /// A page cannot choose the Host under which a name that it controls leads here, and cannot hide its Origin.
    private func checkSender(_ request: HTTPRequest) throws(ControlError) {
        let host = request.headers["Host"] ?? ""
        guard Self.isLoopback(host) else {
            throw ControlError(.forbidden, "ask for 127.0.0.1, not for the host \"\(host)\"")
        }
        if let origin = request.headers["Origin"], origin != "http://\(host)" {
            throw ControlError(.forbidden, "requests of web pages are refused")
        }
        if let site = request.headers["Sec-Fetch-Site"], site != "same-origin", site != "none" {
            throw ControlError(.forbidden, "requests of web pages are refused")
        }
    }

    /// Refuses what would be passed over in a query, `?nmae=stall` for one.
    private func checkQuery(_ request: HTTPRequest) throws(ControlError) {
        let known: [String] =
            switch (request.method, request.path.count, request.path.last) {
            case (.get, 3, "rows"): ["menu"]
            case (.delete, 3, "faults"): ["name"]
            default: []
            }
        guard let stranger = request.query.pairs.first(where: { !known.contains($0.name) })?.name else { return }
        let problem =
            known.isEmpty
            ? "\(stranger) is unknown; this takes nothing behind a question mark"
            : KnownMembers.unknown(stranger, known)
        throw ControlError(.badRequest, "the query: \(problem)")
    }

    private static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.count == 1 || UInt16(parts[1]) != nil, let name = parts.first else {
            return false
        }
        return name == "127.0.0.1" || name.lowercased() == "localhost"
    }

    private func answer(_ method: HTTPMethod, _ path: [String], _ request: HTTPRequest) throws(ControlError) -> Any {
        switch (method, path.count, path.first, path.last) {
        case (.get, 1, "routers", _):
            return ["routers": routers.map(describe)]
        case (.post, 1, "advance", _):
            let seconds = try ControlBody(request, .seconds).seconds
            guard let seconds, (0...Self.longestAdvance).contains(seconds) else {
                throw ControlError(
                    .badRequest,
                    "seconds must be a number from 0 to \(Int(Self.longestAdvance)), 31 days; ask again for more"
                )
            }
            for served in routers { served.router.advance(by: .seconds(seconds)) }
            return ["routers": routers.count, "seconds": seconds] as [String: Any]
        case (_, 2, "routers", _), (_, 3, "routers", _):
            guard let number = Int(path[1]), routers.indices.contains(number - 1) else {
                throw ControlError(.notFound, "there are routers 1 to \(routers.count)")
            }
            return try answer(method, path.count == 3 ? path[2] : "", request, routers[number - 1])
        case (_, 1, "routers", _), (_, 1, "advance", _):
            throw ControlError(.methodNotAllowed, "\(method.rawValue) is not for this")
        default:
            throw ControlError(.notFound, "there are /routers, /routers/N/… and /advance")
        }
    }

    private func answer(
        _ method: HTTPMethod,
        _ what: String,
        _ request: HTTPRequest,
        _ served: ServedRouter
    ) throws(ControlError) -> Any {
        let router = served.router
        switch (method, what) {
        case (.get, ""):
            return describe(served)
        case (.get, "rows"):
            guard let menu = request.query["menu"] else { throw ControlError(.badRequest, "menu is missing") }
            return ["rows": try router.control("\(menu)/print")]
        case (.get, "dialogue"):
            return ["dialogue": router.dialogue, "hash": String(router.dialogueHash, radix: 16)]
        case (.post, "run"):
            let body = try ControlBody(request, .command, .attributes)
            guard let command = body.command else { throw ControlError(.badRequest, "command is missing") }
            return ["rows": try router.control(command, body.attributes ?? [:])]
        case (.post, "login"):
            return try logIn(try ControlBody(request, .user, .password, .ip, .mac), router)
        case (.post, "logout"):
            let user = try ControlBody(request, .user).required(\.user, "user")
            let sessions = try router.control("/ip/hotspot/active/print").filter { $0["user"] == user }
            guard !sessions.isEmpty else { throw ControlError(.conflict, "user \"\(user)\" is not online") }
            for session in sessions {
                try router.control("/ip/hotspot/active/remove", [".id": session[".id"] ?? ""])
            }
            return ["user": user, "sessions": sessions.count] as [String: Any]
        case (.post, "dial"):
            return try dial(try ControlBody(request, .user, .password, .mac), router)
        case (.post, "hang-up"):
            let user = try ControlBody(request, .user).required(\.user, "user")
            let sessions = try router.control("/ppp/active/print").count { $0["name"] == user }
            guard sessions > 0 else { throw ControlError(.conflict, "user \"\(user)\" is not connected") }
            router.hangUp(user)
            return ["user": user, "sessions": sessions] as [String: Any]
        case (.post, "power"):
            guard let on = try ControlBody(request, .on).on else {
                throw ControlError(.badRequest, "on is missing, true or false")
            }
            if on { router.powerOn() } else { router.powerOff() }
            return ["up": router.isUp]
        case (.post, "faults"):
            let body = try ControlBody(request, .name, .after, .lasting)
            let fault = try fault(try body.required(\.name, "name"))
            router.inject(
                fault,
                after: try body.span(\.after, "after") ?? .zero,
                lasting: try body.span(\.lasting, "for")
            )
            return ["faults": router.faults.map(\.name), "planned": planned(router)] as [String: Any]
        case (.delete, "faults"):
            if let name = request.query["name"] { router.clear(try fault(name)) } else { router.clearFaults() }
            return ["faults": router.faults.map(\.name), "planned": planned(router)] as [String: Any]
        case (_, ""), (_, "rows"), (_, "dialogue"), (_, "run"), (_, "login"), (_, "logout"), (_, "faults"),
            (_, "dial"), (_, "hang-up"), (_, "power"):
            throw ControlError(.methodNotAllowed, "\(method.rawValue) is not for this")
        default:
            throw ControlError(
                .notFound,
                "a router has rows, dialogue, run, login, logout, dial, hang-up, power, faults"
            )
        }
    }

    private func describe(_ served: ServedRouter) -> [String: Any] {
        let router = served.router
        return [
            "number": served.number,
            "port": Int(served.port),
            "release": "\(router.release)",
            "identity": router.rows("/system/identity").first?["name"] ?? "",
            "uptime": router.rows("/system/resource").first?["uptime"] ?? "",
            "users": router.rows("/ip/hotspot/user").count,
            "online": router.rows("/ip/hotspot/active").count,
            "up": router.isUp,
            "faults": router.faults.map(\.name),
            "planned": planned(router),
        ]
    }

    /// The faults that are to come, as a request asks for them.
    private func planned(_ router: RouterOSSimulator) -> [[String: String]] {
        router.plannedFaults.map { planned in
            var members = ["name": planned.fault.name, "after": Self.text(planned.after)]
            members["for"] = planned.duration.map(Self.text)
            return members
        }
    }

    /// Whole milliseconds, as a scenario may write them.
    private static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        return milliseconds == 0 ? "\(seconds)s" : "\(seconds)s\(milliseconds)ms"
    }

    /// A customer connects by PPPoE, with the secret's own password unless another is given.
    private func dial(_ body: ControlBody, _ router: RouterOSSimulator) throws(ControlError) -> Any {
        let user = try body.required(\.user, "user")
        let stored = try router.control("/ppp/secret/print").first { $0["name"] == user }?["password"]
        do throws(SimulatorError) {
            let address = try router.dial(
                user,
                password: body.password ?? stored ?? "",
                macAddress: body.mac ?? "02:00:00:00:00:01"
            )
            return ["user": user, "ip": address]
        } catch {
            throw ControlError(.conflict, error.description)
        }
    }

    private func fault(_ name: String) throws(ControlError) -> SimulatorFault {
        guard let fault = SimulatorFault(name) else { throw ControlError(.badRequest, Scenario.unknownFault(name)) }
        return fault
    }

    /// A customer logs in, with the user's own password and a free address unless others are given.
    private func logIn(_ body: ControlBody, _ router: RouterOSSimulator) throws(ControlError) -> Any {
        let user = try body.required(\.user, "user")
        let stored = try router.control("/ip/hotspot/user/print").first { $0["name"] == user }?["password"]
        let taken = Set(try router.control("/ip/hotspot/active/print").compactMap { $0["address"] })
        let free = (2...16_000).lazy.map { "10.5.\(50 + $0 / 256).\($0 % 256)" }.first { !taken.contains($0) }
        var attributes = ["user": user, "password": body.password ?? stored ?? ""]
        attributes["ip"] = body.ip ?? free
        attributes["mac-address"] = body.mac
        try router.control("/ip/hotspot/active/login", attributes)
        return ["user": user, "ip": attributes["ip"] ?? ""]
    }
}

extension RouterOSSimulator {
    /// Runs a command at the console.
    @discardableResult
    fileprivate func control(
        _ command: String,
        _ attributes: [String: String] = [:]
    ) throws(ControlError) -> [[String: String]] {
        do throws(SimulatorError) {
            return try run(command, attributes: attributes)
        } catch {
            throw ControlError(.conflict, error.description)
        }
    }
}
