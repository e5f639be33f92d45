public import BillingDomain
public import BillingServices

/// What we write beside a row that is a service of a customer, in either menu, so that a router can be read without our
/// database: `PPPOE_SYSTEM|customer number|service id|paid until`.
///
/// The instant is whole seconds since 1970 UTC and empty where nothing was paid. The service id tells a row from one of the
/// same name that was made for another service, before or after.
public struct SubscriberComment: Sendable, Hashable, CustomStringConvertible {
    /// The field that marks a row as ours.
    public let marker: String
    /// The number of the customer, in which `/` stands for `|`.
    public let customerNumber: String
    /// The service.
    public let service: Identifier<ServiceAccount>
    /// Until when it is paid, in whole seconds.
    public let paidUntil: Timestamp?

    /// The comment of a service as it is now.
    public init(_ entry: ServiceEntry, _ markers: RouterMarkers = .standard) {
        marker = markers.subscriber
        customerNumber = String(entry.customerNumber.map { $0 == "|" ? "/" : $0 })
        service = entry.account.id
        paidUntil = entry.paidThrough
    }

    /// Reads a comment; nil when it is not one of ours.
    ///
    /// Four fields, the third an identity, the fourth digits or empty; whatever is written otherwise was not written by us.
    /// A later version may have put its number and more behind them, as in ``VoucherComment``.
    public init?(_ text: String, _ markers: RouterMarkers = .standard) {
        guard let fields = CommentFields(text)?.first(4), markers.marksSubscriber(fields[0]),
            let service = Identifier<ServiceAccount>(String(fields[2])),
            let until = CommentInstant(fields[3])
        else { return nil }
        marker = String(fields[0])
        customerNumber = String(fields[1])
        self.service = service
        paidUntil = until.instant
    }

    /// The comment as it stands on the router.
    public var description: String {
        [marker, customerNumber, service.description, CommentInstant(paidUntil).text].joined(separator: "|")
    }
}
