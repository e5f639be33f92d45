/// A `listen` that is under way: which changes it wants to hear of.
struct Listener: Sendable {
    let tag: [UInt8]?
    let menu: String
    let filter: QueryFilter
    let properties: [String]?
}
