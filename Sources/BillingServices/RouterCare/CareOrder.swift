public import BillingDomain

/// What is to be done for a router beside its users, on a visit that has read it in full.
///
/// Descriptions and dumps leave secrets out.
public struct CareOrder: Hashable, Sendable {
    /// How a backup is taken: the router needs a while between the two.
    public enum BackupStep: Hashable, Sendable {
        /// Have the configuration saved into a file of this name, encrypted with a password.
        case save(name: String, password: String)
        /// Fetch the file of this name, which was asked for on an earlier visit, and hand it in.
        case fetch(Identifier<RouterBackup>, name: String)
    }

    /// The next step of a backup, if one is due.
    public let backup: BackupStep?
    /// The backup to be put back, if somebody asked for that.
    public let restore: Identifier<RouterBackup>?
    /// Where the router tells of logins: an address that ends in its token; nil where it is to tell nobody.
    public let callback: String?
    /// The hotspot user profiles that rows of ours have.
    public let hotspotProfiles: Set<String>
    /// What marks rows as ours.
    public let markers: RouterMarkers

    /// What the files of backups are called at the beginning, on every router.
    public static let filePrefix = "billing-care-"
}

extension CareOrder: CustomStringConvertible, CustomReflectable {
    /// What there is to do, never a secret.
    public var description: String {
        let step =
            switch backup {
            case .save: "save"
            case .fetch: "fetch"
            case nil: "none"
            }
        return "CareOrder(backup: \(step), restore: \(restore != nil), callback: \(callback != nil))"
    }
    /// What there is to do, never a secret.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
