import RouterOSProtocol

/// One sensor of `/system/health`.
///
/// Since RouterOS 7 the menu has a row for each sensor; before, one record with an attribute for each. Boards without
/// sensors, and routers in a virtual machine, have no such menu.
public struct HealthReading: Sendable, Hashable {
    /// The sensor: `temperature`, `voltage`, `fan1-speed`.
    public let name: String
    /// What it says, a number with a dot or a word.
    public let value: String
    /// The unit: `C`, `V`, `RPM`; nil before RouterOS 7.
    public let unit: String?

    /// Reads one row, which is one sensor or the record of all.
    static func readings(in row: Sentence) -> [HealthReading] {
        if let name = row["name"], let value = row["value"] {
            return [HealthReading(name: name, value: value, unit: row["type"])]
        }
        // `state` and `state-after-reboot` tell whether the sensors are read at all.
        return row.attributes.filter { !$0.name.hasPrefix(".") && !$0.name.hasPrefix("state") }.map {
            HealthReading(name: $0.name, value: $0.value, unit: nil)
        }
    }
}

extension RouterOSCommands {
    /// What the router's sensors say; empty on a router without any.
    ///
    /// - Throws: ``RouterOSError``.
    public func health() async throws -> [HealthReading] {
        do {
            return try await run(Command("/system/health/print")).rows.flatMap { HealthReading.readings(in: $0) }
        } catch let error as RouterOSError where error.code == .noSuchCommand {
            return []
        }
    }
}
