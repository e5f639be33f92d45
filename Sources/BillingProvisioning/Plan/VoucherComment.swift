public import BillingDomain

/// What we write beside a hotspot user that is one of our vouchers, so that a router can be read without our database:
/// `VOUCHER_SYSTEM|price|first login|valid until`.
///
/// The price is an exact decimal; the two instants are whole seconds since 1970 UTC and empty until the first login. The
/// first field marks rows as ours: no other row is ever changed.
public struct VoucherComment: Sendable, Hashable, CustomStringConvertible {
    /// The field that marks a row as ours.
    public static let marker = "VOUCHER_SYSTEM"

    /// The selling price, an exact decimal without a currency.
    public let price: String
    /// When the voucher was first used, in whole seconds.
    public let firstLogin: Timestamp?
    /// When its validity ends, in whole seconds.
    public let validUntil: Timestamp?

    /// The comment of a voucher as it is now.
    public init(_ voucher: Voucher) {
        price = voucher.terms.price.decimalString
        firstLogin = voucher.activatedAt
        validUntil = voucher.expiresAt
    }

    /// Reads a comment; nil when it is not one of ours.
    ///
    /// Four fields, the instants digits or empty; whatever is written otherwise was not written by us.
    public init?(_ text: String) {
        let fields = text.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 4, fields[0] == Self.marker else { return nil }
        guard let first = Self.instant(fields[2]), let until = Self.instant(fields[3]) else { return nil }
        price = String(fields[1])
        firstLogin = first.value
        validUntil = until.value
    }

    /// The comment as it stands on the router.
    public var description: String {
        [Self.marker, price, Self.text(firstLogin), Self.text(validUntil)].joined(separator: "|")
    }

    private static func text(_ instant: Timestamp?) -> String {
        instant.map { String($0.secondsSince1970) } ?? ""
    }

    /// Nil for what is no instant, an empty box for none.
    private static func instant(_ field: Substring) -> (value: Timestamp?, Void)? {
        if field.isEmpty { return (nil, ()) }
        guard let seconds = Int64(field), seconds >= 0, seconds < 1 << 40 else { return nil }
        return (Timestamp(secondsSince1970: seconds), ())
    }
}
