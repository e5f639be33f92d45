import BillingDomain

/// What comments of our rows on routers begin with, as a tenant's settings have it.
public struct RouterMarkers: Hashable, Sendable {
    /// The markers of a tenant that has set none.
    public static let standard = RouterMarkers()

    /// What marks vouchers.
    public let voucher: String
    /// What marks services of customers.
    public let subscriber: String

    /// Markers; an empty one is the standard one.
    public init(voucher: String = "", subscriber: String = "") {
        self.voucher = voucher.isEmpty ? SettingKey.voucherMarker.definition.standard : voucher
        self.subscriber = subscriber.isEmpty ? SettingKey.pppoeMarker.definition.standard : subscriber
    }

    /// Whether a text marks vouchers; the standard marker always does, so that rows survive a change of the setting.
    package func marksVoucher(_ text: some StringProtocol) -> Bool {
        text == voucher || text == Self.standard.voucher
    }

    /// Whether a text marks services of customers, as ``marksVoucher(_:)``.
    package func marksSubscriber(_ text: some StringProtocol) -> Bool {
        text == subscriber || text == Self.standard.subscriber
    }
}

extension RouterMarkers {
    init(_ settings: Settings) {
        self.init(voucher: settings[.voucherMarker], subscriber: settings[.pppoeMarker])
    }
}
