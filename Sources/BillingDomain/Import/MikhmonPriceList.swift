/// The price list that mikhmon keeps in the on-login script of a user profile.
///
/// The script begins with a `:put` of a comma list whose fields are, from 1 on: expiry mode, price, validity, selling
/// price, nothing or `noexp`, and the lock.
public struct MikhmonPriceList: Hashable, Sendable {
    /// What mikhmon does at the end.
    public enum Mode: String, Hashable, Sendable, CaseIterable {
        /// Nothing.
        case none = "0"
        /// Removes the user.
        case remove = "rem"
        /// Leaves the user with a limit of one second, for the portal's notice.
        case notice = "ntf"
        /// Removes the user, and writes a sale row at the first login.
        case removeAndRecord = "remc"
        /// Leaves a notice, and writes a sale row at the first login.
        case noticeAndRecord = "ntfc"

        /// The expiry rule of ours that does the same.
        public var expiryRule: ExpiryRule {
            switch self {
            case .none: ExpiryRule(.keep)
            case .remove, .removeAndRecord: .remove
            case .notice, .noticeAndRecord: ExpiryRule(.notice)
            }
        }

        /// Whether sales are recorded on the router.
        public var recordsSales: Bool { self == .removeAndRecord || self == .noticeAndRecord }
    }

    /// What is done at the end.
    public let mode: Mode

    /// What it costs the seller.
    public let cost: Money

    /// What the customer pays; the cost where the list has no selling price.
    public let price: Money

    /// The time on the wall from the first login; `nil` for no end.
    public let validity: Duration?

    /// Whether the first device is the only one.
    public let locksToDevice: Bool

    /// Reads an on-login script; prices, which may have decimals, are in a currency that the script does not say.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field `on-login`, `mode`, `price`, `validity`
    ///   or `lock`.
    public init(onLogin script: String, currency: Currency) throws(DomainError) {
        let fields = try Self.fields(script)
        guard let mode = Mode(rawValue: fields[1]) else {
            throw .unreadable("mode", fields[1], "an expiry mode: 0, rem, ntf, remc or ntfc")
        }
        let lock = fields.count > 6 ? fields[6] : ""
        guard ["", "Enable", "Disable"].contains(lock) else { throw .unreadable("lock", lock, "Enable or Disable") }
        self.mode = mode
        cost = try Self.money(fields[2], currency)
        price = fields.count > 4 && !fields[4].isEmpty ? try Self.money(fields[4], currency) : cost
        locksToDevice = lock == "Enable"
        let isEndless = mode == .none || fields[3].isEmpty || fields[3] == "0" || fields.dropFirst(5).first == "noexp"
        if isEndless {
            validity = nil
        } else {
            guard let time = RouterTime.duration(fields[3]), time > .zero else {
                throw .unreadable("validity", fields[3], "a length of time such as 1d or 3h30m")
            }
            validity = time
        }
    }

    /// The fields of the first `:put`, at least four, field 0 being what stands before the first comma.
    private static func fields(_ script: String) throws(DomainError) -> [String] {
        let head = script.utf8.prefix(2000).drop { $0 <= 32 }
        guard head.starts(with: ":put".utf8) else {
            throw .unreadable("on-login", script, "a script that begins with a price list, :put (\",rem,…\")")
        }
        let quote = UInt8(ascii: "\"")
        let list = head.drop { $0 != quote }.dropFirst().prefix { $0 != quote }
        let fields = list.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { field in String(decoding: field.filter { $0 > 32 }, as: UTF8.self) }
        guard fields.count >= 4, fields.count <= 20 else {
            throw .unreadable("on-login", script, "a script that begins with a price list, :put (\",rem,…\")")
        }
        return fields
    }

    private static func money(_ text: String, _ currency: Currency) throws(DomainError) -> Money {
        guard !text.isEmpty else { return .zero(currency) }
        guard let money = try? Money(decimal: text, currency: currency),
            (0...VoucherTerms.maximumPrice).contains(money.minorUnits)
        else { throw .unreadable("price", text, "a price in \(currency.code)") }
        return money
    }
}
