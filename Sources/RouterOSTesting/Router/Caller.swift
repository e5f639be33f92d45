/// Who gives a command, and what that one may do.
struct Caller: Sendable {
    /// The name in `/user`; nil for the router itself.
    let user: WireText?
    let policies: Set<Policy>
    /// The address the connection comes from.
    let address: WireText?

    /// The console: may do everything.
    static let console = Caller(user: nil, policies: Policy.all, address: nil)

    func holds(_ policy: Policy) -> Bool { policies.contains(policy) }
}
