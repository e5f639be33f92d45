/// How far the router is in agreement with us about a voucher.
public enum ProvisioningState: String, Hashable, Sendable, CaseIterable {
    /// To be written to the router.
    case pending
    /// Read back from the router as intended.
    case present
    /// Found changed or missing on the router.
    case drifted
    /// To be removed from the router.
    case removing
    /// Known to be absent from the router.
    case removed
    /// The router refused; the detail says why.
    case failed
}
