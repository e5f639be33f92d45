import RouterOSProtocol

/// A `listen` that is under way: which changes it wants to hear of.
struct Listener: Sendable {
    let tag: [UInt8]?
    let menu: String
    let query: Query
    let properties: [String]?
}
