import BillingDomain
import BillingServices
import HTTPServer

extension Panel {
    /// Looks at a router that has just been saved and notes what was found; returns the router as it is then.
    ///
    /// What is tried is what is stored. A router that does not answer stays saved: it is offline, and its work waits.
    func firstContact(_ router: Router, _ session: BillingSession) async throws -> Router {
        _ = try await test(router.id, session, patience: .firstContact)
        return try await session.routers.router(router.id)
    }

    /// Tests a saved router with its saved password and notes what was found.
    func test(
        _ id: Identifier<Router>,
        _ session: BillingSession,
        patience: ConnectionPatience = .test
    ) async throws -> ConnectionReport {
        try session.require(.manageRouters)
        let access = try await session.routers.access(id)
        let router = access.router
        let report = await connectionTester.test(
            RouterDraft(
                name: router.name,
                host: router.host,
                port: router.port,
                username: router.username,
                password: access.password
            ),
            patience: patience
        )
        try await billing.provisioning.recordStatus(router.id, report.reading)
        return report
    }
}

extension ConnectionReport {
    /// The report as the router's status.
    fileprivate var reading: RouterReading {
        guard let failure else {
            return RouterReading(status: .online, identity: identity, version: version, uptime: uptime)
        }
        return RouterReading(status: isUnreachable ? .offline : .error, detail: failure.message)
    }
}

extension BillingSession {
    /// Stops whoever may not.
    /// - Throws: ``RequestError`` 403.
    func require(_ permission: Permission) throws(RequestError) {
        guard permissions.contains(permission) else {
            throw RequestError(.forbidden, "Your role does not allow this. Ask an administrator.")
        }
    }
}
