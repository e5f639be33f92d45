import RouterOSTesting

/// A router of this process and the port it is at.
struct ServedRouter: Sendable {
    /// Counted from 1.
    let number: Int
    let port: UInt16
    let router: RouterOSSimulator
}
