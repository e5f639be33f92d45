import RouterOSProtocol

extension RouterOSCommands {
    /// Looks at what a router needs before internet access can be sold on it: eight commands at once, which change
    /// nothing, and one more when the router has no such user.
    ///
    /// - Parameter requirements: what it is measured against.
    /// - Returns: how everything stands; what the API user may not see is `unknown`.
    /// - Throws: ``RouterOSError`` when the router does not answer.
    public func readiness(_ requirements: ReadinessRequirements) async throws -> [ReadinessCheck] {
        async let resource = get(SystemResource.self)
        async let clock = printIfAllowed(SystemClock.self)
        async let services = printIfAllowed(IPService.self)
        async let users = printIfAllowed(RouterUser.self, where: .name == requirements.user)
        async let groups = printIfAllowed(RouterUserGroup.self)
        async let servers = printIfAllowed(HotspotServer.self)
        async let rules = printIfAllowed(HotspotWalledGardenRule.self)
        async let ipRules = printIfAllowed(HotspotWalledGardenIPRule.self)
        let isMissing = try await users.map { !$0.contains { $0.name == requirements.user } } ?? false
        let usesRADIUS = isMissing ? try await asksRADIUSAboutUsers() : nil
        return try await ReadinessFacts(
            resource: resource,
            clock: clock?.first,
            services: services,
            users: users,
            groups: groups,
            usesRADIUS: usesRADIUS,
            servers: servers,
            rules: rules,
            ipRules: ipRules
        ).checks(requirements)
    }

    /// Whether a RADIUS server is asked about users that are not the router's own; nil when that is not to be seen.
    private func asksRADIUSAboutUsers() async throws -> Bool? {
        do {
            return try await run("/user/aaa/print").rows.first?["use-radius"].map { ["true", "yes"].contains($0) }
        } catch let error as RouterOSError where [.permissionDenied, .noSuchCommand].contains(error.code) {
            return nil
        }
    }
}
