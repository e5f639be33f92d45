/// What lets a device in again without a password.
struct HotspotCookie: Sendable {
    /// A device has one of each sort; whoever logs in last has it.
    struct Key: Sendable, Hashable {
        let macAddress: WireText
        /// Whether the hardware address alone is enough, rather than the browser's cookie.
        let isMACCookie: Bool
    }

    let id: UInt64
    let key: Key
    let user: WireText
    let domain: WireText?
    let expiresAt: Duration
}
