import RouterOSProtocol

/// What was read of a router to judge whether it is ready; nil stands for what the user may not see.
struct ReadinessFacts: Sendable {
    var resource: SystemResource
    var clock: SystemClock?
    var services: [IPService]?
    var users: [RouterUser]?
    var groups: [RouterUserGroup]?
    /// Whether a RADIUS server is asked about users who are not the router's own.
    var usesRADIUS: Bool?
    var servers: [HotspotServer]?
    var rules: [HotspotWalledGardenRule]?
    var ipRules: [HotspotWalledGardenIPRule]?

    /// How everything stands, in the order of `ReadinessCheck.Subject`.
    func checks(_ requirements: ReadinessRequirements) -> [ReadinessCheck] {
        [
            service(requirements), encryption(requirements), policies(requirements), restriction(requirements),
            hotspot, walledGarden(requirements), clock(requirements), version(requirements), memory(requirements),
        ].compactMap { $0 }
    }

    private func service(_ requirements: ReadinessRequirements) -> ReadinessCheck {
        guard let services else { return .unknown(.apiService, "/ip service") }
        let name = Self.serviceName(requirements)
        guard let service = services.first(where: { $0.name == name && $0.dynamic != true }) else {
            return ReadinessCheck(
                .apiService,
                .failed,
                "The router lists no service \"\(name)\".",
                remedy: "/ip service print"
            )
        }
        guard service.disabled != true else {
            return ReadinessCheck(
                .apiService,
                .failed,
                "The service \"\(name)\" is switched off.",
                remedy: "/ip service enable \(name)"
            )
        }
        guard let port = service.port, port != Int(requirements.port) else {
            return ReadinessCheck(.apiService, .passed, "\(name) is on, at port \(requirements.port).")
        }
        return ReadinessCheck(
            .apiService,
            .warning,
            "\(name) is at port \(port), and port \(requirements.port) was dialled: something on the way forwards it.",
            remedy: "/ip service set \(name) port=\(requirements.port)"
        )
    }

    private func encryption(_ requirements: ReadinessRequirements) -> ReadinessCheck {
        let remedy = "/ip service set api-ssl certificate=CERTIFICATE port=8729 disabled=no"
        switch requirements.security {
        case .plaintext:
            return ReadinessCheck(
                .encryption,
                .warning,
                "The connection can be listened to, the password included. Use api-ssl, unless a tunnel protects it.",
                remedy: remedy
            )
        case .tls(.anonymous):
            return ReadinessCheck(
                .encryption,
                .warning,
                "The connection uses TLS, but anybody on the way can pass for the router. Use a certificate, and pin it.",
                remedy: remedy
            )
        case .tls:
            return ReadinessCheck(.encryption, .passed, "The connection uses TLS with the router that was meant.")
        }
    }

    private func policies(_ requirements: ReadinessRequirements) -> ReadinessCheck {
        guard let users, let groups else { return .unknown(.policies, "/user and /user group") }
        guard let user = users.first(where: { $0.name == requirements.user }) else {
            return missingUser(requirements.user)
        }
        guard let group = groups.first(where: { $0.name == user.group }) else {
            return ReadinessCheck(
                .policies,
                .unknown,
                "The user's group is not to be seen.",
                remedy: "/user group print"
            )
        }
        let allowed = RouterPolicy.allowed(by: group)
        let missing = RouterPolicy.missing(in: allowed)
        guard missing.isEmpty else {
            return ReadinessCheck(
                .policies,
                .failed,
                "The group \"\(group.name)\" does not allow \(missing.joined(separator: ", ")).",
                remedy: RouterPolicy.remedy(for: group)
            )
        }
        let excess = RouterPolicy.excess(in: allowed)
        guard !excess.isEmpty else {
            return ReadinessCheck(.policies, .passed, "The group \"\(group.name)\" allows what is needed, no more.")
        }
        let line: ScriptSource = "/user set [find name=\(user.name)] group=billing"
        return ReadinessCheck(
            .policies,
            .warning,
            "The group \"\(group.name)\" allows more than is needed: \(excess.joined(separator: ", ")).",
            remedy: "/user group add name=billing policy=\(RouterPolicy.needed.joined(separator: ",")); \(line.text)"
        )
    }

    /// A user who is not listed has logged in all the same when a RADIUS server knows it, and only then.
    private func missingUser(_ user: String) -> ReadinessCheck {
        let needed = RouterPolicy.needed.joined(separator: ",")
        guard let asksRADIUS = usesRADIUS else {
            return ReadinessCheck(
                .policies,
                .unknown,
                "The user \"\(user)\" is not one of the router's own, and whether a RADIUS server knows it is not to be seen.",
                remedy: "/user aaa print"
            )
        }
        guard asksRADIUS else {
            let line: ScriptSource = "/user add name=\(user) group=billing password=PASSWORD"
            return ReadinessCheck(
                .policies,
                .failed,
                "The user \"\(user)\" does not exist, and the router asks no RADIUS server about its users.",
                remedy: "/user group add name=billing policy=\(needed); \(line.text)"
            )
        }
        return ReadinessCheck(
            .policies,
            .unknown,
            "The user \"\(user)\" is not one of the router's own: a RADIUS server decides what it may do.",
            remedy: "Check that the RADIUS server gives it a group that allows \(needed): /user group print"
        )
    }

    private func restriction(_ requirements: ReadinessRequirements) -> ReadinessCheck {
        let name = Self.serviceName(requirements)
        let service = services?.first { $0.name == name && $0.dynamic != true }
        let user = users?.first { $0.name == requirements.user }
        if [service?.address, user?.address].contains(where: { $0?.elements.isEmpty == false }) {
            return ReadinessCheck(.addressRestriction, .passed, "Only known addresses may use the API.")
        }
        guard service != nil || user != nil else { return .unknown(.addressRestriction, "/ip service and /user") }
        return ReadinessCheck(
            .addressRestriction,
            .warning,
            "The API may be used from any address.",
            remedy: "/ip service set \(name) address=ADDRESS-OF-THE-BILLING-SERVER/32"
        )
    }

    private var hotspot: ReadinessCheck {
        guard let servers else {
            return ReadinessCheck(
                .hotspotServer,
                .unknown,
                "The router has no hotspot, or the API user may not see it.",
                remedy: "/ip hotspot print"
            )
        }
        let running = servers.filter { $0.disabled != true && $0.invalid != true }
        if !running.isEmpty {
            let names = running.map(\.name).joined(separator: ", ")
            return ReadinessCheck(.hotspotServer, .passed, "A hotspot server runs: \(names).")
        }
        guard let server = servers.first else {
            return ReadinessCheck(.hotspotServer, .failed, "There is no hotspot server.", remedy: "/ip hotspot setup")
        }
        let line: ScriptSource = "/ip hotspot enable [find name=\(server.name)]"
        return ReadinessCheck(
            .hotspotServer,
            .failed,
            "No hotspot server runs: \"\(server.name)\" is \(server.disabled == true ? "switched off" : "invalid").",
            remedy: server.disabled == true ? line.text : "/ip hotspot print detail"
        )
    }

    private func walledGarden(_ requirements: ReadinessRequirements) -> ReadinessCheck? {
        guard let domain = requirements.billingDomain else { return nil }
        guard rules != nil || ipRules != nil else { return .unknown(.walledGarden, "/ip hotspot walled-garden") }
        // A rule that counts for some clients, servers or ports only may close the site, and cannot open it for all.
        let opens: Bool? = ipRules?.lazy.filter { $0.disabled != true && $0.invalid != true && $0.dynamic != true }
            .filter { $0.dstHost.map { HostPattern($0).matches(domain) } == true }
            .first { !isLimited($0) || !$0.opens }
            .map(\.opens)
        if opens == true { return ReadinessCheck(.walledGarden, .passed, "\(domain) opens without a login.") }
        let opensHTTP: Bool? = rules?.lazy.filter { $0.disabled != true && $0.dynamic != true }
            .filter { rule in
                guard let host = rule.dstHost else { return false }
                return HostPattern(host.value).matches(domain) != host.isNegated
            }
            .first { !isLimited($0) || !$0.opens }
            .map(\.opens)
        let line: ScriptSource = "/ip hotspot walled-garden ip add action=accept dst-host=\(domain)"
        guard opens == nil, opensHTTP == true else {
            return ReadinessCheck(
                .walledGarden,
                .failed,
                "\(domain) does not open for everybody without a login.",
                remedy: line.text
            )
        }
        return ReadinessCheck(
            .walledGarden,
            .warning,
            "\(domain) opens without a login by HTTP only, not by HTTPS.",
            remedy: line.text
        )
    }

    private func isLimited(_ rule: HotspotWalledGardenIPRule) -> Bool {
        let limits = [
            rule.srcAddress, rule.dstAddress, rule.transport, rule.dstPort, rule.srcAddressList, rule.dstAddressList,
        ]
        return isLimited(rule.server) || limits.contains { $0 != nil }
    }

    private func isLimited(_ rule: HotspotWalledGardenRule) -> Bool {
        isLimited(rule.server) || [rule.srcAddress, rule.method, rule.dstPort, rule.path].contains { $0 != nil }
    }

    /// Whether a rule of this server leaves another one out.
    private func isLimited(_ server: String?) -> Bool {
        guard let server, !server.isEmpty, server != "all" else { return false }
        return servers?.filter { $0.disabled != true }.map(\.name) != [server]
    }

    private func clock(_ requirements: ReadinessRequirements) -> ReadinessCheck? {
        guard let now = requirements.now else { return nil }
        guard let clock, let date = clock.date, let time = clock.time else {
            return .unknown(.clock, "/system clock")
        }
        // Servers by name have one attribute since RouterOS 7 and had another before.
        let isOld = RouterOSVersion(routerOS: resource.version).map { $0 < RouterOSVersion(7, 0) } ?? false
        let remedy = "/system ntp client set enabled=yes \(isOld ? "server-dns-names" : "servers")=pool.ntp.org"
        guard date.year > 1970 else {
            return ReadinessCheck(.clock, .failed, "The clock has not been set since the start.", remedy: remedy)
        }
        let shown = LocalDateTime(date: date, time: time).secondsSince1970(offset: clock.gmtOffset ?? .zero)
        let (drift, overflow) = shown.subtractingReportingOverflow(now)
        guard !overflow, drift.magnitude <= requirements.clockTolerance.magnitude else {
            let amount = overflow ? "far" : Duration.seconds(Int64(clamping: drift.magnitude)).routerOSText
            return ReadinessCheck(
                .clock,
                .failed,
                "The clock is \(amount) \(drift < 0 ? "behind" : "ahead").",
                remedy: remedy
            )
        }
        return ReadinessCheck(.clock, .passed, "The clock is right.")
    }

    private func version(_ requirements: ReadinessRequirements) -> ReadinessCheck {
        guard let version = RouterOSVersion(routerOS: resource.version) else {
            return ReadinessCheck(
                .version,
                .unknown,
                "The version \"\(resource.version.prefix(40))\" is written in an unknown way.",
                remedy: "/system resource print"
            )
        }
        guard version >= requirements.minimumVersion else {
            return ReadinessCheck(
                .version,
                .failed,
                "RouterOS \(version) is older than \(requirements.minimumVersion).",
                remedy: "/system package update install"
            )
        }
        return ReadinessCheck(.version, .passed, "RouterOS \(version).")
    }

    private func memory(_ requirements: ReadinessRequirements) -> ReadinessCheck {
        guard let total = resource.totalMemory else { return .unknown(.memory, "/system resource") }
        let megabytes = "\(total / 1_000_000) MB of memory"
        if total < requirements.minimumMemory {
            let minimum = requirements.minimumMemory / 1_000_000
            return ReadinessCheck(
                .memory,
                .failed,
                "\(megabytes); \(minimum) MB are the minimum.",
                remedy: "Use a router with more memory."
            )
        }
        guard total < requirements.recommendedMemory else { return ReadinessCheck(.memory, .passed, "\(megabytes).") }
        return ReadinessCheck(
            .memory,
            .warning,
            "\(megabytes); \(requirements.recommendedMemory / 1_000_000) MB are recommended.",
            remedy: "Use a router with more memory where many are online at once."
        )
    }

    private static func serviceName(_ requirements: ReadinessRequirements) -> String {
        requirements.security == .plaintext ? "api" : "api-ssl"
    }
}

extension HotspotWalledGardenIPRule {
    fileprivate var opens: Bool { action == nil || action == "accept" }
}

extension HotspotWalledGardenRule {
    fileprivate var opens: Bool { action == nil || action == "allow" }
}

extension ReadinessCheck {
    fileprivate static func unknown(_ subject: Subject, _ menu: String) -> ReadinessCheck {
        ReadinessCheck(
            subject,
            .unknown,
            "The API user may not read \(menu).",
            remedy:
                "Give the user's group the policies \(RouterPolicy.needed.joined(separator: ", ")) under /user group."
        )
    }
}
