/// An ISO 4217 currency: its code, how many decimals its books are kept in, and the smallest coin that is handed over.
public struct Currency: Hashable, Sendable, LosslessStringConvertible {
    /// The ISO 4217 code, three upper-case letters.
    public let code: String

    /// The number of decimals that amounts are kept in: 0 for UGX, 2 for USD, 3 for BHD.
    public let exponent: Int

    /// The smallest step of a cash payment, in minor units: 100 rupiah are 10 000 minor units of IDR.
    public let cashStep: Int64

    /// Looks up a code in either case; `nil` for one that the table does not hold.
    public init?(_ code: String) {
        let upper = code.asciiUppercased
        guard let entry = Self.table[upper] else { return nil }
        self.init(code: upper, exponent: entry.exponent, cashStep: entry.cashStep)
    }

    private init(code: String, exponent: Int, cashStep: Int64) {
        self.code = code
        self.exponent = exponent
        self.cashStep = cashStep
    }

    /// Every code of the table, in alphabetical order.
    public static var knownCodes: [String] { table.keys.sorted() }

    /// The ISO 4217 code.
    public var description: String { code }

    /// Two currencies are the same when their codes are.
    public static func == (left: Currency, right: Currency) -> Bool { left.code == right.code }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }

    /// Ugandan shilling: no decimals, coins of 50.
    public static let ugx = Currency(code: "UGX", exponent: 0, cashStep: 50)
    /// Kenyan shilling.
    public static let kes = Currency(code: "KES", exponent: 2, cashStep: 100)
    /// United States dollar.
    public static let usd = Currency(code: "USD", exponent: 2, cashStep: 1)
    /// Euro.
    public static let eur = Currency(code: "EUR", exponent: 2, cashStep: 1)
    /// Indonesian rupiah: two decimals in the books, none in practice, coins of 100 rupiah.
    public static let idr = Currency(code: "IDR", exponent: 2, cashStep: 10_000)
}

extension Currency {
    /// ISO 4217 exponents; the cash step is one minor unit except where coins in use are coarser.
    private static let table: [String: (exponent: Int, cashStep: Int64)] = {
        var table: [String: (exponent: Int, cashStep: Int64)] = [:]
        for code in noDecimals.split(separator: " ") { table[String(code)] = (0, 1) }
        for code in twoDecimals.split(separator: " ") { table[String(code)] = (2, 1) }
        for code in threeDecimals.split(separator: " ") { table[String(code)] = (3, 1) }
        table["UGX"] = (0, 50)
        table["TZS"] = (2, 5000)
        table["KES"] = (2, 100)
        table["NGN"] = (2, 100)
        table["IDR"] = (2, 10_000)
        table["PHP"] = (2, 25)
        table["INR"] = (2, 100)
        table["ZAR"] = (2, 10)
        table["CHF"] = (2, 5)
        return table
    }()

    private static let noDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"

    private static let twoDecimals = """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY \
        COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS \
        INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR \
        MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD \
        SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG
        """

    private static let threeDecimals = "BHD IQD JOD KWD LYD OMR TND"
}
