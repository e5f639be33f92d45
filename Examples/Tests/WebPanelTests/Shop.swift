import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer

@testable import WebPanel

/// A panel over records in memory, asked without a socket.
struct Shop {
    let store = InMemoryStore()
    let billing: Billing
    let panel: Panel
    let tenant: Tenant
    let token: String

    /// Opens a shop whose routers all answer or never do, and take one password or any.
    init(
        currency: Currency = .usd,
        reaching: Bool = true,
        routerPassword: String? = nil,
        now: @escaping @Sendable () -> Timestamp = BillingEnvironment.live.now
    ) async throws {
        let environment = BillingEnvironment(now: now, randomBytes: BillingEnvironment.live.randomBytes)
        let billing = Billing(store: store, secrets: try .ephemeral(), environment: environment)
        self.billing = billing
        let tester = FixedConnectionTester(reaches: reaching, password: routerPassword)
        panel = Panel(billing: billing, connectionTester: tester)
        tenant = try await billing.createTenant(
            "Lake View",
            currency: currency,
            timeZone: "Africa/Kampala",
            key: .new()
        )
        token = try await billing.createToken("test", role: .manager, tenant: tenant.id).secret
    }

    // MARK: The programming interface

    /// One call with a JSON body, or any bytes.
    func call(
        _ method: HTTPMethod,
        _ target: String,
        _ body: JSON? = nil,
        raw: [UInt8]? = nil,
        token: String? = "own",
        headers extra: HTTPHeaders = [:]
    ) async -> Answer {
        var headers = extra
        if body != nil || raw != nil, headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        if let token { headers["Authorization"] = "Bearer \(token == "own" ? self.token : token)" }
        return await send(method, target, headers, raw ?? body?.bytes ?? [])
    }

    /// The body of an order, with some members changed.
    func order(_ router: String, _ changes: [String: JSON] = [:]) -> JSON {
        var members: [String: JSON] = [
            "quantity": JSON(5), "profile": "CUSTOM", "validity_hours": JSON(3), "price": "2.50",
            "data_limit_mb": JSON(1536), "currency": "USD", "router_id": .text(router),
        ]
        for (name, value) in changes { members[name] = value }
        return .object(members)
    }

    /// Adds a router and returns its identifier.
    func addRouter(_ name: String = "Main house") async -> String {
        await call(.post, "/api/v1/router-management", Self.router(name)).data["id"].text ?? ""
    }

    static func router(_ name: String = "Main house", _ changes: [String: JSON] = [:]) -> JSON {
        var members: [String: JSON] = [
            "name": .text(name), "ip_address": "10.10.0.2", "api_port": JSON(8728), "username": "api",
            "password": "canary-password",
        ]
        for (name, value) in changes { members[name] = value }
        return .object(members)
    }

    /// How many vouchers there are.
    func voucherCount() async -> Int {
        Int(await call(.get, "/api/v1/vouchers").json["pagination"]["total"].number ?? -1)
    }

    // MARK: The browser

    /// Signs somebody new in.
    func signIn(role: Role = .superAdministrator) async throws -> Browser {
        let password = try await billing.createStaff("amina", role: role, tenant: tenant.id).password
        let browser = Browser(shop: self)
        _ = await browser.get("/sign-in")
        let answer = await browser.post("/sign-in", ["username": "amina", "password": password])
        guard answer.status == 303 else { throw TestFailure(answer.body) }
        return browser
    }

    func send(_ method: HTTPMethod, _ target: String, _ headers: HTTPHeaders, _ body: [UInt8] = []) async -> Answer {
        guard let request = HTTPRequest(method, target, headers: headers, body: body) else {
            return Answer(.text(.badRequest, "no request: \(target)"))
        }
        return Answer(await panel.respond(to: request))
    }
}

struct TestFailure: Error {
    let text: String

    init(_ text: String) { self.text = text }
}

/// What came back.
struct Answer {
    let status: Int
    let headers: HTTPHeaders
    let body: String

    init(_ response: HTTPResponse) {
        status = response.status.rawValue
        headers = response.headers
        body = String(decoding: response.body, as: UTF8.self)
    }

    var json: JSON { (try? JSON(Array(body.utf8))) ?? .null }
    var data: JSON { json["data"] }
    var field: String? { json["error"]["field"].text }
    var code: String? { json["error"]["code"].text }
}

extension JSON {
    subscript(name: String) -> JSON {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var number: Double? {
        if case .number(let number) = self { Double("\(number)") } else { nil }
    }

    var items: [JSON] {
        if case .list(let items) = self { items } else { [] }
    }
}

/// A tester whose router always answers, or never does, and may take one password only.
struct FixedConnectionTester: ConnectionTester {
    let reaches: Bool
    let password: String?

    func test(_ draft: RouterDraft, patience: ConnectionPatience) async -> ConnectionReport {
        if let password, draft.password != password {
            return ConnectionReport(
                steps: [
                    .init(
                        name: "authentication",
                        title: "Password",
                        outcome: .failed,
                        message: "The password is refused."
                    )
                ],
                code: "authentication_failed",
                identity: nil,
                version: nil,
                uptime: nil,
                isUnreachable: false
            )
        }
        return ConnectionReport(
            steps: [
                .init(
                    name: "network",
                    title: "Network",
                    outcome: reaches ? .passed : .failed,
                    message: "<b>\(draft.host)</b>",
                    remedy: reaches ? nil : "/ip service enable <api>"
                )
            ],
            code: reaches ? nil : "connection_refused",
            identity: reaches ? "<i>identity</i>" : nil,
            version: reaches ? "7.18" : nil,
            uptime: reaches ? .seconds(90_000) : nil,
            isUnreachable: !reaches
        )
    }
}
