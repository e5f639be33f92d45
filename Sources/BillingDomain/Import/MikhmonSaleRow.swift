/// A sale as mikhmon records it on the router, at the first login: the name of a script whose comment is `mikhmon`.
///
/// The price is the profile's at that moment, not what the customer paid.
public struct MikhmonSaleRow: Hashable, Sendable {
    /// When, by the router's clock.
    public let at: LocalDateTime

    /// The user's name: the code.
    public let user: String

    /// The selling price.
    public let price: Money

    /// The address that the user had; empty if unknown.
    public let address: String

    /// The device; `nil` if it was not recorded.
    public let device: DeviceAddress?

    /// The validity as the profile has it; `nil` for none.
    public let validity: Duration?

    /// The user profile; empty if unknown.
    public let profile: String

    /// The user's comment of that moment, which names the batch; empty if unknown.
    public let comment: String

    /// Reads the name of a script row, such as `mar/01/2026-|-07:30:00-|-A7K2-|-5000-|-10.5.0.9-|-…`.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field `name`, `date`, `time`, `user`, `price`,
    ///   `mac` or `validity`.
    public init(name: String, currency: Currency) throws(DomainError) {
        let fields = Self.split(name)
        guard (4...9).contains(fields.count) else {
            throw .unreadable("name", name, "a sale row of 4 to 9 fields with -|- between them")
        }
        func field(_ index: Int) -> String { index < fields.count ? fields[index] : "" }
        guard let (date, _) = MikhmonDate.read(field(0)) else {
            throw .unreadable("date", field(0), "a day such as mar/01/2026 or 2026-03-01")
        }
        guard let time = LocalTime(field(1)) else { throw .unreadable("time", field(1), "a time such as 07:30:00") }
        guard !field(2).isEmpty else { throw .unreadable("user", field(2), "the name of a user") }
        guard let price = try? Money(decimal: field(3), currency: currency),
            (0...VoucherTerms.maximumPrice).contains(price.minorUnits)
        else { throw .unreadable("price", field(3), "a price in \(currency.code)") }
        let device = DeviceAddress(field(5))
        guard device != nil || field(5).isEmpty else { throw .unreadable("mac", field(5), "a MAC address") }
        let validity = RouterTime.duration(field(6))
        guard validity != nil || field(6).isEmpty else {
            throw .unreadable("validity", field(6), "a length of time such as 1d")
        }
        at = LocalDateTime(date, time)
        user = field(2)
        self.price = price
        address = field(4)
        self.device = device
        self.validity = validity == .zero ? nil : validity
        profile = field(7)
        comment = field(8)
    }

    /// Reads the owner of a sale row, which is its month: `mar2026`, or `032026` of the forks.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field `owner`.
    public static func month(owner: String) throws(DomainError) -> (year: Int, month: Int) {
        let name = owner.prefix { !("0"..."9").contains($0) }
        let digits = owner.utf8.dropFirst(name.utf8.count)
        if name.utf8.count == 3, digits.count == 4, let month = MikhmonDate.month(String(name)),
            let year = Int(decimalDigits: digits)
        {
            return (year, month)
        }
        if name.isEmpty, digits.count == 6, let month = Int(decimalDigits: digits.prefix(2)), (1...12).contains(month),
            let year = Int(decimalDigits: digits.dropFirst(2))
        {
            return (year, month)
        }
        throw .unreadable("owner", owner, "a month such as mar2026 or 032026")
    }

    /// The rows without those that record the same sale again, in their order.
    ///
    /// Some releases wrote rows twice. Two rows are of one sale if user, profile, price and device are the same and their
    /// times at most `interval` apart: a code is first used once, but a user's name may be sold again later.
    public static func withoutDuplicates(
        _ rows: [MikhmonSaleRow],
        within interval: Duration = .seconds(60)
    ) -> [MikhmonSaleRow] {
        struct Sale: Hashable {
            let user: String
            let profile: String
            let price: Money
            let device: DeviceAddress?
        }
        let seconds = max(0, interval.components.seconds)
        var latest: [Sale: Int64] = [:]
        var repeated: Set<Int> = []
        for (index, row) in rows.enumerated().sorted(by: { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }) {
            let sale = Sale(user: row.user, profile: row.profile, price: row.price, device: row.device)
            let at = row.at.secondsSince1970
            if let before = latest[sale], at - before <= seconds { repeated.insert(index) } else { latest[sale] = at }
        }
        return rows.enumerated().filter { !repeated.contains($0.offset) }.map(\.element)
    }

    /// The fields between `-|-`.
    private static func split(_ name: String) -> [String] {
        var fields: [[UInt8]] = [[]]
        var bytes = name.utf8.prefix(4000)
        while let byte = bytes.first {
            if bytes.starts(with: "-|-".utf8) {
                bytes.removeFirst(3)
                fields.append([])
            } else {
                fields[fields.count - 1].append(byte)
                bytes.removeFirst()
            }
        }
        return fields.map { String(decoding: $0, as: UTF8.self) }
    }
}
