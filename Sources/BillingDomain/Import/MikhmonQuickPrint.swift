/// A preset of mikhmon for printing one voucher: the source of a script whose comment is `QuickPrintMikhmon`.
///
/// The source begins with `#`, and its fields follow with `#` between them: name, server, mode, length, prefix,
/// characters, profile, time limit, data limit, comment, validity, price and selling price with `_` between them, lock.
public struct MikhmonQuickPrint: Hashable, Sendable {
    /// The name of the preset.
    public let name: String

    /// The hotspot server, or `all`.
    public let server: String

    /// How users sign in.
    public let mode: MikhmonBatchComment.Mode

    /// How many characters a code has beside its prefix, 1…64.
    public let length: Int

    /// What every code begins with; empty for nothing.
    public let prefix: String

    /// Mikhmon's word for the characters, such as `lower` or `mix1`.
    public let characters: String

    /// The user profile.
    public let profile: String

    /// The session time; `nil` for no limit.
    public let uptimeAllowance: Duration?

    /// The traffic; `nil` for no limit.
    public let dataQuota: ByteQuota?

    /// The comment of the users; empty for none.
    public let comment: String

    /// The time on the wall; `nil` for no end, or where the preset leaves it to the profile.
    public let validity: Duration?

    /// What it costs the seller; `nil` where the preset leaves it to the profile.
    public let cost: Money?

    /// What the customer pays; `nil` where the preset leaves it to the profile.
    public let price: Money?

    /// Whether the first device is the only one.
    public let locksToDevice: Bool

    /// Reads the source of a script row.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field `source`, `mode`, `length`, `time-limit`,
    ///   `data-limit`, `validity`, `price` or `lock`.
    public init(source: String, currency: Currency) throws(DomainError) {
        let fields = source.split(separator: "#", maxSplits: 20, omittingEmptySubsequences: false).map(String.init)
        guard (10...14).contains(fields.count), fields[0].isEmpty, !fields[1].isEmpty, !fields[7].isEmpty else {
            throw .unreadable("source", source, "a preset of 9 to 13 fields with # before each, name and profile given")
        }
        func field(_ index: Int) -> String { index < fields.count ? fields[index] : "" }
        guard let mode = MikhmonBatchComment.Mode(rawValue: fields[3]) else {
            throw .unreadable("mode", fields[3], "vc or up")
        }
        guard let length = Int(decimalDigits: fields[4].utf8), (1...64).contains(length) else {
            throw .unreadable("length", fields[4], "a length from 1 to 64")
        }
        guard ["", "Enable", "Disable"].contains(field(13)) else {
            throw .unreadable("lock", field(13), "Enable or Disable")
        }
        name = fields[1]
        server = fields[2]
        self.mode = mode
        self.length = length
        prefix = fields[5]
        characters = fields[6]
        profile = fields[7]
        uptimeAllowance = try Self.time(fields[8], "time-limit")
        if fields[9].isEmpty || fields[9] == "0" {
            dataQuota = nil
        } else {
            guard let quota = try? ByteQuota(fields[9]) else {
                throw .unreadable("data-limit", fields[9], "an amount of data such as 1073741824 or 1GB")
            }
            dataQuota = quota
        }
        comment = field(10)
        validity = try Self.time(field(11), "validity")
        let prices = field(12).split(separator: "_", omittingEmptySubsequences: false)
        guard prices.count <= 2 else { throw .unreadable("price", field(12), "a price, or two with _ between them") }
        cost = try Self.money(prices.first, currency)
        price = try Self.money(prices.last, currency)
        locksToDevice = field(13) == "Enable"
    }

    private static func time(_ text: String, _ field: String) throws(DomainError) -> Duration? {
        guard !text.isEmpty else { return nil }
        guard let time = RouterTime.duration(text) else {
            throw .unreadable(field, text, "a length of time such as 1d or 3h30m")
        }
        return time > .zero ? time : nil
    }

    private static func money(_ text: Substring?, _ currency: Currency) throws(DomainError) -> Money? {
        guard let text, !text.isEmpty else { return nil }
        guard let money = try? Money(decimal: String(text), currency: currency),
            (0...VoucherTerms.maximumPrice).contains(money.minorUnits)
        else { throw .unreadable("price", text, "a price in \(currency.code)") }
        return money
    }
}
