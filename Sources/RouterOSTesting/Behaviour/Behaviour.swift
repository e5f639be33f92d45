/// What a menu does that its description cannot say.
struct Behaviour: Sendable {
    typealias Verb = @Sendable (inout SimulatedRouter, Menu, Request) throws(Trap) -> Answer

    /// The rows of a menu that keeps none.
    var rows: (@Sendable (SimulatedRouter, Menu) -> [VisibleRow])?
    /// One of them; nil where it is not found without the others.
    var row: (@Sendable (SimulatedRouter, Menu, UInt64) -> VisibleRow?)?
    /// Brings kept rows up to date before somebody reads them.
    var refresh: (@Sendable (inout SimulatedRouter) -> Void)?
    /// Refuses a change; the values are those the row would have, nil when it would go.
    var check: (@Sendable (SimulatedRouter, Menu, _ id: UInt64?, _ values: [WireText?]?) throws(Trap) -> Void)?
    /// Follows a change of a row that somebody made.
    var follow: (@Sendable (inout SimulatedRouter, RowChange) -> Void)?
    /// Takes rows out of a menu that keeps none.
    var remove: (@Sendable (inout SimulatedRouter, [UInt64]) -> Void)?
    /// The verbs of its own.
    var verbs: [String: Verb] = [:]
}

extension Behaviour {
    /// Every behaviour, by the path of its menu; `""` has the verbs that belong to none.
    static let all: [String: Behaviour] = [
        "": root,
        "/file": file,
        "/interface": interface,
        "/ip/address": address,
        "/ip/hotspot/active": hotspotActive,
        "/ip/hotspot/cookie": hotspotCookie,
        "/ip/hotspot/host": hotspotHost,
        "/ip/hotspot/ip-binding": hotspotBinding,
        "/ip/pool": pool,
        "/ip/pool/used": poolUsed,
        "/log": log,
        "/ppp/active": pppActive,
        "/queue/simple": queueSimple,
        "/radius": radius,
        "/radius/incoming": radiusIncoming,
        "/system": system,
        "/system/backup": backup,
        "/system/clock": clock,
        "/system/resource": resource,
        "/system/scheduler": scheduler,
        "/system/script": script,
        "/system/script/environment": scriptEnvironment,
        "/system/script/job": scriptJob,
        "/tool": tool,
        "/user/active": userActive,
    ]
}
