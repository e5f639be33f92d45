public import RouterOSProtocol

/// What a router can do and what its API user may do there.
public struct RouterCapabilities: Sendable, Hashable {
    /// A part of RouterOS that not every router has.
    public enum Feature: String, Sendable, CaseIterable {
        /// Hotspot servers and users.
        case hotspot
        /// PPP secrets and sessions.
        case ppp
        /// The RADIUS server that comes as a package.
        case userManager
        /// Sensors.
        case health
        /// Wireless interfaces of the newer drivers, RouterOS 7.13 and later.
        case wifi
        /// Wireless interfaces of the older drivers.
        case wireless

        /// The menus that show it, the newest first.
        var menus: [String] {
            switch self {
            case .hotspot: ["/ip/hotspot"]
            case .ppp: ["/ppp/secret"]
            case .userManager: ["/user-manager/user", "/tool/user-manager/user"]
            case .health: ["/system/health"]
            case .wifi: ["/interface/wifi", "/interface/wifiwave2"]
            case .wireless: ["/interface/wireless"]
            }
        }
    }

    /// The version; nil when it is written in a way that is not known.
    public let version: RouterOSVersion?
    /// The model.
    public let boardName: String?
    /// What is there.
    public let features: Set<Feature>
    /// The packages that are installed and switched on; nil when the user may not see them.
    public let packages: [String]?
    /// The group of the API user; nil when it may not see that, or a RADIUS server decides.
    public let group: String?
    /// What that group allows; nil when the user may not see that.
    public let policies: Set<String>?

    /// Asks a router, ten commands at once.
    ///
    /// - Parameters:
    ///   - router: the router.
    ///   - user: the name that the API user has logged in with.
    /// - Returns: what it can do.
    /// - Throws: ``RouterOSError`` when the router does not answer, or does not say its version.
    public static func probe(_ router: some RouterOSCommands, user: String) async throws -> RouterCapabilities {
        async let resource = router.get(SystemResource.self)
        async let packages = router.printIfAllowed(SystemPackage.self)
        async let groups = router.printIfAllowed(RouterUserGroup.self)
        async let users = router.printIfAllowed(RouterUser.self, where: .name == user)
        async let features = features(of: router)
        let group = try await users?.first?.group
        let found = try await groups?.first { $0.name == group }
        return try await RouterCapabilities(
            version: RouterOSVersion(routerOS: resource.version),
            boardName: resource.boardName,
            features: features,
            packages: packages?.filter { $0.disabled != true }.map(\.name),
            group: group,
            policies: found.map { RouterPolicy.allowed(by: $0) }
        )
    }

    private static func features(of router: some RouterOSCommands) async throws -> Set<Feature> {
        try await withThrowingTaskGroup(of: Feature?.self) { group in
            for feature in Feature.allCases {
                group.addTask {
                    for menu in feature.menus where try await router.hasMenu(menu) { return feature }
                    return nil
                }
            }
            return try await group.reduce(into: []) { found, feature in
                if let feature { found.insert(feature) }
            }
        }
    }
}

extension RouterOSCommands {
    /// The rows of a menu, or nil when the user may not see them or the router has no such menu.
    func printIfAllowed<Row: RouterOSRow>(
        _ type: Row.Type,
        where query: RowQuery<Row>? = nil
    ) async throws -> [Row]? {
        do {
            return try await print(Row.self, where: query).collect()
        } catch let error as RouterOSError where [.permissionDenied, .noSuchCommand].contains(error.code) {
            return nil
        }
    }

    /// Whether the router has a menu, whoever may see it.
    fileprivate func hasMenu(_ menu: String) async throws -> Bool {
        do {
            _ = try await run(Command(menu + "/print") { $0.flag("count-only") })
            return true
        } catch let error as RouterOSError where error.code == .noSuchCommand {
            return false
        } catch let error as RouterOSError
            where [.permissionDenied, .unknownParameter, .invalidCommand].contains(error.code)
        {
            // The router looked at a command of that menu.
            return true
        }
    }
}
