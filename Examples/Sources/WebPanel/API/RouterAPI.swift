import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer

/// `/api/v1/router-management`: the routers of a tenant.
enum RouterAPI {
    static let routes: [Route] = [
        .api(.get, "/api/v1/router-management", list),
        .api(.post, "/api/v1/router-management", create),
        .api(.post, "/api/v1/router-management/test-connection", testConnection),
        .api(.get, "/api/v1/router-management/:id", show),
        .api(.put, "/api/v1/router-management/:id", update),
        .api(.delete, "/api/v1/router-management/:id", remove),
        .api(.post, "/api/v1/router-management/:id/test-connection", testSavedConnection),
    ]

    private static func list(_ call: APIContext) async throws -> HTTPResponse {
        let paging = try Paging(call.request.query)
        let list = try await call.session.routers.list(RouterQuery(call.request.query), paging.request)
        return APIAnswer.page("Routers", list.items.map(json), paging, total: list.total ?? 0)
    }

    private static func create(_ call: APIContext) async throws -> HTTPResponse {
        try call.session.require(.manageRouters)
        let draft = try RouterDraft(JSONObject(body: call.request), over: nil)
        let added = try await call.session.routers.add(draft, key: try call.idempotencyKey())
        // The router is saved whatever the test finds: an offline router delays provisioning, never the sale.
        let router = try await call.panel.firstContact(added, call.session)
        return APIAnswer.success("Router created successfully", json(router), status: .created)
    }

    private static func show(_ call: APIContext) async throws -> HTTPResponse {
        APIAnswer.success("Router", json(try await call.session.routers.router(call.identifier())))
    }

    private static func update(_ call: APIContext) async throws -> HTTPResponse {
        try call.session.require(.manageRouters)
        let present = try await call.session.routers.router(call.identifier())
        let draft = try RouterDraft(JSONObject(body: call.request), over: present)
        let updated = try await call.session.routers.update(present.id, draft)
        return APIAnswer.success("Router updated", json(try await call.panel.firstContact(updated, call.session)))
    }

    private static func remove(_ call: APIContext) async throws -> HTTPResponse {
        try await call.session.routers.remove(call.identifier())
        return APIAnswer.success("Router removed", .null)
    }

    /// Tests a saved router, named by `id` or `router_id`, or one that has not been saved.
    private static func testConnection(_ call: APIContext) async throws -> HTTPResponse {
        try call.session.require(.viewRouters)
        let body = try JSONObject(body: call.request)
        for name in ["id", "router_id"] {
            guard let text = try body.text(name) else { continue }
            guard let id = Identifier<Router>(text) else {
                throw RequestError(.notFound, "There is no such router.", field: name)
            }
            let saved = try await call.session.routers.router(id)
            guard try body.changesAccess else { return answer(try await call.panel.test(id, call.session)) }
            // What is to be tested is not what is saved: then it takes the password too, as a change of address does.
            try call.session.require(.manageRouters)
            _ = try body.requiredText("password")
            let draft = try RouterDraft(body, over: saved)
            return answer(await call.panel.connectionTester.test(draft, patience: .test))
        }
        try call.session.require(.manageRouters)
        let draft = try RouterDraft(body, over: nil, isNameOptional: true)
        return answer(await call.panel.connectionTester.test(draft, patience: .test))
    }

    private static func testSavedConnection(_ call: APIContext) async throws -> HTTPResponse {
        answer(try await call.panel.test(call.identifier(), call.session))
    }

    private static func answer(_ report: ConnectionReport) -> HTTPResponse {
        guard let failure = report.failure else {
            return APIAnswer.success("All five steps passed.", report.json)
        }
        return APIAnswer.failure(
            RequestError(.unprocessableContent, code: failure.code, failure.message),
            data: report.json
        )
    }

    /// A router as clients see it.
    ///
    /// Never its password.
    static func json(_ router: Router) -> JSON {
        [
            "id": .text(router.id.description),
            "name": .text(router.name),
            "ip_address": .text(router.host),
            "api_port": JSON(router.port),
            "username": .text(router.username),
            "status": .text(router.status.documentWord),
            "status_detail": JSON(router.statusDetail),
            "identity": JSON(router.identity),
            "routeros_version": JSON(router.routerOSVersion),
            "uptime_seconds": JSON(router.uptime.map { Int($0.components.seconds) }),
            "location": router.location.map(json) ?? .null,
            "last_seen": JSON(router.lastSeen?.description),
            "last_sync": JSON(router.lastSync?.description),
            "created_at": .text(router.createdAt.description),
        ]
    }

    private static func json(_ location: RouterLocation) -> JSON {
        [
            "region": .text(location.region),
            "district": .text(location.district),
            "coordinates": location.coordinates.map {
                ["lat": JSON($0.latitude), "lng": JSON($0.longitude)]
            } ?? .null,
        ]
    }
}
