import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

/// A row that people log in by: a hotspot user, or a PPP secret.
protocol CustomerRow: WritableRouterOSRow, Hashable {
    /// The menu, as the records name it.
    static var kind: ServiceKind { get }
    var name: String { get }
    var comment: String? { get }
    var password: String? { get }
    var profile: String? { get }

    /// The row that an entry of this menu wants to have.
    ///
    /// - Parameters:
    ///   - entry: whose row it is.
    ///   - markers: what our rows are marked with.
    ///   - isNew: whether it is made now, so that its counters begin at zero.
    init(_ entry: RouterEntry, _ markers: RouterMarkers, isNew: Bool)

    /// The attributes in which a row that stands there is not as an entry wants it, this row being what it wants.
    func difference(from standing: Self, of entry: RouterEntry) -> [String]
}

extension CustomerRow {
    /// The row that an entry wants where one stands already.
    init(_ entry: RouterEntry, _ markers: RouterMarkers) { self.init(entry, markers, isNew: false) }

    func difference(from standing: Self, of entry: RouterEntry) -> [String] { drift(from: standing) }

    /// What a new row is made of: whatever is to be empty is so by itself.
    var attributesOfNew: [Sentence.Attribute] {
        var wanted = Attributes()
        write(to: &wanted)
        return wanted.all.filter { !$0.value.isEmpty }
    }
}

/// Whose row on a router it is, by its comment.
enum RowOwner: Sendable, Hashable {
    /// A voucher's, written by us.
    case voucher
    /// That of a customer's service, written by us.
    case service(Identifier<ServiceAccount>)
    /// Somebody else's: never changed.
    case foreign

    init(comment: String?, _ markers: RouterMarkers) {
        if let comment, VoucherComment(comment, markers) != nil {
            self = .voucher
        } else if let comment, let subscriber = SubscriberComment(comment, markers) {
            self = .service(subscriber.service)
        } else {
            self = .foreign
        }
    }

    /// Whether a row of this owner may become that of an entry of the same name.
    ///
    /// One that an account of another time left behind may, and is not that account's any more.
    func mayServe(_ entry: RouterEntry) -> Bool {
        switch (self, entry) {
        case (.voucher, .voucher): true
        case (.service(let id), .service(let service)):
            id == service.account.id || service.account.desiredPresence != .absent
        default: false
        }
    }
}
