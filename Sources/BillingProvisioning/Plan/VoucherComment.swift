public import BillingDomain
public import BillingServices

/// What we write beside a hotspot user that is one of our vouchers, so that a router can be read without our database:
/// `VOUCHER_SYSTEM|price|first login|valid until`.
///
/// The price is an exact decimal; the two instants are whole seconds since 1970 UTC and empty until the first login. The
/// first field marks rows as ours: no other row is ever changed.
public struct VoucherComment: Sendable, Hashable, CustomStringConvertible {
    /// The field that marks a row as ours.
    public let marker: String
    /// The selling price, an exact decimal without a currency.
    public let price: String
    /// When the voucher was first used, in whole seconds.
    public let firstLogin: Timestamp?
    /// When its validity ends, in whole seconds.
    public let validUntil: Timestamp?

    /// The comment of a voucher as it is now.
    public init(_ voucher: Voucher, _ markers: RouterMarkers = .standard) {
        marker = markers.voucher
        price = voucher.terms.price.decimalString
        firstLogin = voucher.activatedAt
        validUntil = voucher.expiresAt
    }

    /// Reads a comment; nil when it is not one of ours.
    ///
    /// Four fields, the instants digits or empty; whatever is written otherwise was not written by us. Behind them `v2`, `v3`
    /// and so on may stand, the form of a later version with more fields at its end: its rows are ours too.
    public init?(_ text: String, _ markers: RouterMarkers = .standard) {
        guard let fields = CommentFields(text)?.first(4), markers.marksVoucher(fields[0]),
            let first = CommentInstant(fields[2]),
            let until = CommentInstant(fields[3])
        else { return nil }
        marker = String(fields[0])
        price = String(fields[1])
        firstLogin = first.instant
        validUntil = until.instant
    }

    /// The comment as it stands on the router.
    public var description: String {
        [marker, price, CommentInstant(firstLogin).text, CommentInstant(validUntil).text].joined(separator: "|")
    }
}
