/// What goes wrong in one world, and how often: drawn from its seed, so that no two worlds are hard in the same way.
struct Swarm: Sendable {
    /// Something that happens now and then.
    enum Trouble: CaseIterable, Sendable {
        case killDaemon, pauseDaemon, wrongClock
        case reboot, longAway, powerCut, factoryReset, restoredBackup
        case stall, blackHole, closedPort, slowAnswers, lostAnswer, lostCommand, refusal, poison
        case refusedLogin, garbage, brokenAnswer
        case partition, reset, halfOpen
        case handRemoval, handSweep, handEdit, squatter
    }

    /// How many commands a minute routers may be sent in some worlds.
    static let commandRates = [60, 150, 600]
    static let largestChunk = 100

    var routers = 2
    var daemons = 2
    /// How long things go wrong.
    var duration = Duration.seconds(90)
    var troubles: [Trouble] = []
    /// The mean time between two troubles.
    var troubleInterval = Duration.seconds(20)
    var link = LinkConditions(latency: .milliseconds(1)...(.milliseconds(3)), stallsOnceIn: 0, stall: .zero ... .zero)
    var store = StoreConditions()
    /// Whether the routers write to flash late.
    var isFlashLate = false
    /// By how much a clock may be wrong without being doubted, in this world.
    var clockSlack = Duration.zero
    var cashiers = 2
    /// How many vouchers lie in stock from the beginning.
    var stock = 0
    /// How many customers dial in.
    var subscribers = 2
    var syncInterval = Duration.seconds(30)
    var statusInterval = Duration.seconds(12)
    var pollInterval = Duration.seconds(4)
    var chunk = 100
    /// How many commands a minute a router may be sent; nil for as many as there are.
    var commandRate: Int?

    /// A world in which nothing goes wrong.
    static let calm = Swarm()

    static func drawn(_ chance: Chance) -> Swarm {
        var swarm = Swarm()
        swarm.routers = chance.element(of: [1, 1, 2, 2, 3]) ?? 1
        swarm.daemons = chance.element(of: [1, 2, 2, 3]) ?? 1
        swarm.duration = chance.time(.seconds(30)...(.seconds(90)))
        swarm.troubles = Trouble.allCases.filter { _ in chance.once(in: 2) }
        swarm.troubleInterval = chance.time(.seconds(2)...(.seconds(16)))
        swarm.drawNetwork(chance)
        swarm.drawStore(chance)
        swarm.isFlashLate = chance.once(in: 3)
        if chance.once(in: 4) { swarm.clockSlack = .seconds(100) }
        swarm.syncInterval = .seconds(chance.number(15...40))
        swarm.statusInterval = .seconds(chance.number(6...20))
        swarm.pollInterval = .seconds(chance.number(2...6))
        swarm.cashiers = chance.number(1...2)
        swarm.subscribers = chance.once(in: 2) ? chance.number(1...3) : 0
        swarm.chunk = chance.element(of: [3, 10, largestChunk]) ?? largestChunk
        if chance.once(in: 3) { swarm.commandRate = chance.element(of: commandRates) }
        if chance.once(in: 8), swarm.commandRate == nil { swarm.stock = chance.number(25...40) }
        // More than may be sent at once: it goes by a script. What may be sent least is needed to find a row that breaks one.
        if let rate = swarm.commandRate, rate != commandRates.first, swarm.chunk == largestChunk {
            swarm.stock = chance.number(25...40)
        }
        // Whoever may send little reads seldom, or nothing else would be done.
        if swarm.commandRate == commandRates.first { swarm.syncInterval += .seconds(25) }
        return swarm
    }

    private mutating func drawNetwork(_ chance: Chance) {
        let slowest = chance.element(of: [2, 10, 80, 600]) ?? 2
        link.latency = .milliseconds(1)...(.milliseconds(slowest))
        if chance.once(in: 2) {
            link.stallsOnceIn = chance.number(5...60)
            link.stall = .milliseconds(200)...(.seconds(chance.number(1...8)))
        }
        if chance.once(in: 10) { link.pieceSize = chance.number(5...60) }
    }

    private mutating func drawStore(_ chance: Chance) {
        if chance.once(in: 2) {
            store.delaysOnceIn = chance.number(3...40)
            store.delay = .milliseconds(1)...(.milliseconds(chance.element(of: [20, 400, 3_000]) ?? 20))
        }
        if chance.once(in: 2) { store.failsOnceIn = chance.number(8...100) }
        if chance.once(in: 2) { store.losesAnswerOnceIn = chance.number(8...100) }
        if chance.once(in: 2) {
            store.hints = HintConditions(
                losesOnceIn: chance.element(of: [0, 1, 2, 4]) ?? 0,
                delay: .milliseconds(1)...(.milliseconds(chance.element(of: [5, 2_000]) ?? 5))
            )
        }
    }
}
