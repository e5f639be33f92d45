/// The use side of a voucher.
///
/// Expired, depleted and revoked are final; only an explicit extension leads out of the first two.
public enum AccessState: String, Hashable, Sendable, CaseIterable {
    /// Not logged in with yet.
    case unused
    /// In use since its first login.
    case active
    /// Its time is over.
    case expired
    /// Its data or its session time is used up.
    case depleted
    /// Switched off by hand; what remains is kept.
    case disabled
    /// Withdrawn for good.
    case revoked

    /// Whether no move but an extension leads out of this state.
    public var isFinal: Bool {
        switch self {
        case .expired, .depleted, .revoked: true
        case .unused, .active, .disabled: false
        }
    }
}
