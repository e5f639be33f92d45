/// What goes wrong in one world, and how often: drawn from its seed, so that no two worlds are hard in the same way.
struct Swarm: Sendable {
    /// Something that happens now and then.
    enum Trouble: CaseIterable, Sendable {
        case killDaemon, pauseDaemon, wrongClock
        case reboot, powerCut, factoryReset, stall, blackHole, closedPort, slowAnswers, lostAnswer, lostCommand, refusal
        case refusedLogin, garbage, brokenAnswer
        case partition, reset, halfOpen
        case handRemoval, handEdit, squatter
    }

    var routers = 2
    var daemons = 2
    /// How long things go wrong.
    var duration = Duration.seconds(180)
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
    var syncInterval = Duration.seconds(30)
    var chunk = 100

    /// A world in which nothing goes wrong.
    static let calm = Swarm()

    static func drawn(_ chance: Chance) -> Swarm {
        var swarm = Swarm()
        swarm.routers = chance.number(1...3)
        swarm.daemons = chance.number(1...3)
        swarm.duration = chance.time(.seconds(40)...(.seconds(130)))
        swarm.troubles = Trouble.allCases.filter { _ in chance.once(in: 2) }
        swarm.troubleInterval = chance.time(.seconds(3)...(.seconds(25)))
        let slowest = chance.element(of: [2, 10, 80, 600]) ?? 2
        swarm.link.latency = .milliseconds(1)...(.milliseconds(slowest))
        if chance.once(in: 2) {
            swarm.link.stallsOnceIn = chance.number(5...60)
            swarm.link.stall = .milliseconds(200)...(.seconds(chance.number(1...8)))
        }
        if chance.once(in: 6) { swarm.link.pieceSize = chance.number(1...40) }
        if chance.once(in: 2) {
            swarm.store.delaysOnceIn = chance.number(3...40)
            swarm.store.delay = .milliseconds(1)...(.milliseconds(chance.element(of: [20, 400, 3_000]) ?? 20))
        }
        if chance.once(in: 2) { swarm.store.failsOnceIn = chance.number(8...100) }
        if chance.once(in: 2) { swarm.store.losesAnswerOnceIn = chance.number(8...100) }
        swarm.isFlashLate = chance.once(in: 3)
        if chance.once(in: 4) { swarm.clockSlack = .seconds(100) }
        swarm.syncInterval = .seconds(chance.number(20...60))
        swarm.cashiers = chance.number(1...2)
        swarm.chunk = chance.element(of: [3, 10, 100]) ?? 100
        return swarm
    }
}
