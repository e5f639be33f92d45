extension SimulatedRouter {
    /// How long after a start the clock is set over the network.
    private static let timeToClock = Duration.seconds(30)

    /// Restarts the router; without good order whatever is not in flash is lost.
    mutating func restart(inGoodOrder: Bool, downFor downtime: Duration = .zero) {
        if inGoodOrder {
            endAllSessions()
        } else if let flash {
            tables = flash.tables
            settings = flash.settings
            revision += 1
        }
        shutDown(for: downtime)
    }

    /// Takes everything back to what it was when the router left the factory.
    mutating func resetConfiguration(keepsUser: Bool) {
        makeTables()
        if keepsUser {
            addAPIUser()
        } else {
            _ = try? add("/user", ["name": "admin", "group": "full"])
        }
        if flash != nil { flash = Flash(self) }
        revision += 1
        shutDown(for: .zero)
    }

    private mutating func shutDown(for downtime: Duration) {
        cutPower()
        restartTables()
        clock.lose(at: now)
        starts += 1
        isDown = downtime > .zero
        if isDown { agenda.enter(.fault(.boot(starts)), at: now + downtime) } else { boot() }
    }

    /// The router is up.
    mutating func boot() {
        isDown = false
        bootedAt = now
        clock.lose(at: now)
        if hasTimeServer { agenda.enter(.fault(.clockSet(starts)), at: now + Self.timeToClock) }
        runStartupSchedulers()
    }

    /// Whether something sets the clock: the cloud service does unless it is told not to.
    private var hasTimeServer: Bool {
        setting("enabled", of: "/system/ntp/client") == "true" || setting("update-time", of: "/ip/cloud") != "false"
    }
}
