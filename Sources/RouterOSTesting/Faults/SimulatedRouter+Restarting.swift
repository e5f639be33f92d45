extension SimulatedRouter {
    /// How long after a start the clock is set over the network.
    private static let timeToClock = Duration.seconds(30)

    /// Restarts the router, at once or after a time; when that is nil it stays off until somebody switches it on.
    ///
    /// Without good order whatever is not in flash is lost.
    mutating func restart(inGoodOrder: Bool, downFor downtime: Duration? = .zero) {
        if inGoodOrder {
            endAllSessions()
            if flash != nil { flash = Flash(self) }
        } else if let flash {
            tables = flash.tables
            settings = flash.settings
            revision += 1
        }
        shutDown(for: downtime, inGoodOrder: inGoodOrder)
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
        shutDown(for: .zero, inGoodOrder: true)
    }

    private mutating func shutDown(for downtime: Duration?, inGoodOrder: Bool) {
        cutPower(inGoodOrder: inGoodOrder)
        restartTables()
        clock.lose(at: now)
        isDown = true
        isOff = downtime == nil
        wasShutDown = inGoodOrder
        agenda.remove(.fault(.boot))
        guard let downtime else { return }
        if downtime > .zero { agenda.enter(.fault(.boot), at: now + downtime) } else { boot() }
    }

    /// Somebody pulls the plug; nothing happens to a router that is off.
    mutating func powerOff() {
        if !isOff { restart(inGoodOrder: false, downFor: nil) }
    }

    /// Somebody switches the router on; one that runs goes on.
    mutating func powerOn() {
        guard isDown else { return }
        agenda.remove(.fault(.boot))
        boot()
    }

    /// The router is up.
    mutating func boot() {
        (isDown, isOff) = (false, false)
        bootedAt = now
        log = RouterLog()
        clock.lose(at: now)
        if wasShutDown {
            note("system,info", "router rebooted")
        } else {
            note("system,error,critical", "router was rebooted without proper shutdown")
        }
        if hasTimeServer { agenda.enter(.fault(.clockSet), at: now + Self.timeToClock) }
        runStartupSchedulers()
    }

    /// Whether something sets the clock: the cloud service does unless it is told not to.
    private var hasTimeServer: Bool {
        setting("enabled", of: "/system/ntp/client") == "true" || setting("update-time", of: "/ip/cloud") != "false"
    }
}
