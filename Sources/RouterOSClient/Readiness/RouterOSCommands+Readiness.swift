import RouterOSProtocol

extension RouterOSCommands {
    /// Looks at what a router needs before internet access can be sold on it: eight commands at once, which change
    /// nothing.
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
        return try await ReadinessFacts(
            resource: resource,
            clock: clock?.first,
            services: services,
            users: users,
            groups: groups,
            servers: servers,
            rules: rules,
            ipRules: ipRules
        ).checks(requirements)
    }
}
