import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

extension RouterTables {
    /// What a router says about itself.
    ///
    /// - Parameters:
    ///   - router: The router.
    ///   - now: Our clock; nil while it is in doubt, for then it tells nothing about the router's.
    ///   - inFull: Whether its sensors and its clock are read too, which takes two commands more.
    /// - Returns: What it says.
    /// - Throws: ``RouterOSError``.
    static func reading(
        of router: any RouterOSCommands,
        now: (@Sendable () -> Timestamp)?,
        inFull: Bool = false
    ) async throws -> RouterReading {
        let identity = try await router.get(SystemIdentity.self)
        let begun = now?()
        let resource = try await router.get(SystemResource.self)
        let sensors = inFull ? try await sensors(of: router) : []
        return RouterReading(
            status: .online,
            identity: identity.name,
            version: resource.version,
            uptime: resource.uptime,
            // From before the question: an answer that takes its time makes no router younger.
            bootedAt: begun.map { $0 - resource.uptime },
            vitals: RouterVitals(resource, sensors),
            clockDrift: inFull ? try await clockDrift(of: router, now) : nil
        )
    }

    private static func sensors(of router: any RouterOSCommands) async throws -> [HealthReading] {
        do {
            return try await router.health()
        } catch let error as RouterOSError where error.isOfOneMenu {
            return []
        }
    }

    /// How far a router's clock is ahead of ours; nil where that cannot be told.
    private static func clockDrift(
        of router: any RouterOSCommands,
        _ now: (@Sendable () -> Timestamp)?
    ) async throws -> Duration? {
        guard let now else { return nil }
        let begun = now()
        do {
            let clock = try await router.get(SystemClock.self)
            return clock.instant.map { $0 - (begun + (now() - begun) / 2) }
        } catch let error as RouterOSError where error.isOfOneMenu {
            return nil
        }
    }
}

extension SystemClock {
    /// The instant that the clock shows, by the offset that it has itself; nil where a part of it is missing.
    var instant: Timestamp? {
        guard let date, let time, let gmtOffset else { return nil }
        let seconds = date.daysSince1970 * 86_400 + time.secondsSinceMidnight - gmtOffset.seconds
        return Timestamp(secondsSince1970: Int64(seconds))
    }
}

extension RouterVitals {
    /// What the record of a router's resources and its sensors say together.
    init(_ resource: SystemResource, _ sensors: [HealthReading]) {
        self.init(sensors: sensors.map { ($0.name, $0.value) })
        cpuLoad = resource.cpuLoad.map { min(max(0, $0), 100) }
        freeMemory = resource.freeMemory.map { Int64(clamping: $0) }
        totalMemory = resource.totalMemory.map { Int64(clamping: $0) }
        freeStorage = resource.freeHDDSpace.map { Int64(clamping: $0) }
        totalStorage = resource.totalHDDSpace.map { Int64(clamping: $0) }
        boardName = resource.boardName
        architecture = resource.architectureName
    }

    /// What the sensors of a router say.
    init(sensors: [(name: String, value: String)]) {
        self.init(
            temperature: sensors.filter { $0.name.contains("temperature") }
                .compactMap { Self.number($0.value, within: -100...200) }.max(),
            voltage: (sensors.filter { $0.name == "voltage" } + sensors.filter { $0.name.hasSuffix("-voltage") })
                .compactMap { Self.number($0.value, within: 0...1_000) }.first { $0 > 0 }
        )
    }

    /// A value as a number, whatever unit stands behind it.
    ///
    /// Nil for a word, and for what no sensor can have measured.
    private static func number(_ value: String, within range: ClosedRange<Double>) -> Double? {
        let digits = value.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
        return Double(digits).flatMap { range.contains($0) ? $0 : nil }
    }
}

extension RouterOSError {
    /// Whether a router refused one menu, or showed it in a shape that nobody knows, and goes on with the others.
    fileprivate var isOfOneMenu: Bool { isRefusal || code == .noSuchCommand || code == .malformedRow }
}
