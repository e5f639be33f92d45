/// What a tenant's settings say about printed vouchers.
public struct SheetSettings: Hashable, Sendable {
    /// The name of the company.
    public let companyName: String
    /// The name of the wireless network.
    public let wifiName: String
    /// How customers reach the company.
    public let contact: String
    /// The language, as a BCP 47 tag.
    public let language: String
    /// The word for the sheet, one of the choices of ``SettingKey/sheetLayout``.
    public let layout: String
    /// The last line of each voucher.
    public let footer: String
    /// Whether the price is printed.
    public let printsPrice: Bool

    /// What some settings say.
    public init(_ settings: Settings) {
        companyName = settings[.companyName]
        wifiName = settings[.wifiName]
        contact = settings[.companyContact]
        language = settings[.language]
        layout = settings[.sheetLayout]
        footer = settings[.sheetFooter]
        printsPrice = settings[.printsPrice]
    }
}
