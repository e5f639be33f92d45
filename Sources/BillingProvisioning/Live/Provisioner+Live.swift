public import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

extension Provisioner {
    /// Reads what a router shows now, for somebody who looks at it.
    ///
    /// Only reads, so it claims nothing and holds up no visit: it takes of the router's budget of commands what visits
    /// leave, and waits for that. Check first that whoever asks may see the router.
    ///
    /// Who looks within ``ProvisionerConfiguration/liveReadingAge`` of another is shown the same, unless this provisioner has
    /// written rows to the router since; ``LiveReading/readAt`` says how old it is.
    ///
    /// - Parameters:
    ///   - router: the router.
    ///   - anew: whether the router is asked in any case: somebody pressed *refresh*.
    /// - Returns: what it shows.
    /// - Throws: `BillingError` with code `notFound` for a router that is gone and `unavailable` for one whose password cannot be
    ///   opened, `RouterOSError` when it does not answer, `CancellationError`.
    public func live(_ router: Identifier<Router>, anew: Bool = false) async throws -> LiveReading {
        let watched = try await service.watched(router)
        if !anew, let reading = readings.reading(of: watched.router) { return reading }
        let begun = readings.begin(watched.router)
        let rate = configuration.rate(watched.settings)
        let reading = try await connect(watched.router, password: watched.password) { connection in
            let commands = VisitCommands(connection) {
                if let rate { try await leftover(of: router, rate) }
            }
            return try await read(commands)
        }
        readings.keep(reading, of: watched.router, begun: begun)
        return reading
    }

    /// What is left to visits, which somebody waits for more.
    private static let leftToVisits = 10

    /// Waits until a router has more commands left than visits may want at once, and takes one of them.
    private func leftover(of router: Identifier<Router>, _ rate: Int) async throws {
        while true {
            let left = budgets.left(for: router, rate)
            let wanted = min(Self.leftToVisits + 1, left.most)
            if left.now >= wanted { return try await budgets.turn(of: router, rate) }
            let wait = budgets.wait(for: wanted, of: router, rate)
            try await configuration.sleep(max(wait, .milliseconds(10)))
        }
    }

    private func read(_ router: any RouterOSCommands) async throws -> LiveReading {
        let resource = try await router.get(SystemResource.self)
        let hotspot: [HotspotActive] = try await rows(of: router)
        let ppp: [PPPActive] = try await rows(of: router)
        let interfaces: [NetworkInterface] = try await rows(of: router)
        let running = interfaces.filter { $0.running == true && $0.disabled != true }.map(\.name)
        let traffic: [InterfaceTraffic]?
        do {
            // A comma in a name would name two others.
            let named = running.filter { !$0.contains(",") }.prefix(LiveReading.mostMeasured)
            traffic = try await router.traffic(of: Array(named))
        } catch let error as RouterOSError where !error.isOfConnection {
            // One may be gone since, and the user may lack the policy.
            traffic = nil
        }
        return LiveReading(
            readAt: now(),
            resource: resource,
            hotspotSessions: hotspot,
            pppSessions: ppp,
            interfaces: interfaces,
            traffic: traffic
        )
    }

    /// The rows of a menu that can be read; none where the router does not have it.
    private func rows<Row: RouterOSRow>(of router: any RouterOSCommands) async throws -> [Row] {
        do {
            let command = Command.print(Row.menu, properties: Row.properties)
            return try await router.run(command, deadline: configuration.tableTimeout).rows.compactMap { try? Row($0) }
        } catch let error as RouterOSError where error.code == .noSuchCommand {
            return []
        }
    }
}
