public import BillingDomain

/// A batch of vouchers ready to print: one HTML page with its own print style, and nothing to fetch.
///
/// Each voucher shows its code, how long and how much it gives, and its price. The end of its validity is not known
/// before the first login, so what is printed is the duration and that it counts from then; a voucher that already
/// has an end shows it as "use before". Every value is escaped. Building it takes no I/O.
public struct VoucherSheet: Sendable {
    private let batch: VoucherBatch
    private let vouchers: [Voucher]
    private let layout: SheetLayout
    private let heading: String
    private let language: String
    private let footer: [String]
    private let printsPrice: Bool

    /// A sheet of a batch's vouchers, by code.
    ///
    /// `heading`, such as the name of the shop, heads every voucher of a roll; on A4 it is the title of the document
    /// only. The lines of `footer` end each voucher where there is room: on rolls, and on A4 of 12 rows at most.
    public init(
        _ batch: GeneratedBatch,
        layout: SheetLayout = .a4(columns: 3, rows: 40),
        heading: String = "",
        language: String = "en",
        footer: [String] = [],
        printsPrice: Bool = true
    ) {
        self.batch = batch.batch
        vouchers = batch.vouchers
        self.layout = layout
        self.heading = heading
        self.language = language
        self.footer = layout.hasRoom ? footer.filter { !$0.isEmpty } : []
        self.printsPrice = printsPrice
    }

    /// A sheet of a batch's vouchers as the tenant's settings have it.
    public init(_ batch: GeneratedBatch, _ settings: SheetSettings) {
        self.init(
            batch,
            layout: SheetLayout(settings.layout) ?? .a4(columns: 3, rows: 40),
            heading: settings.wifiName.isEmpty ? settings.companyName : settings.wifiName,
            language: settings.language,
            footer: [settings.contact, settings.footer],
            printsPrice: settings.printsPrice
        )
    }

    /// The whole document, UTF-8.
    public var html: String {
        let title = heading.isEmpty ? batch.packageName : "\(heading) – \(batch.packageName)"
        var pages: HTMLText = ""
        for start in stride(from: 0, to: vouchers.count, by: layout.vouchersPerPage) {
            let page = vouchers[start..<min(start + layout.vouchersPerPage, vouchers.count)]
            pages += self.page(page)
        }
        let document: HTMLText = """
            <!DOCTYPE html>
            <html lang="\(language)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>
            \(SheetStyle(layout: layout, vouchers: vouchers).css)
            </style>
            </head>
            <body>
            \(pages)</body>
            </html>

            """
        return document.description
    }
}

extension VoucherSheet {
    private func page(_ vouchers: ArraySlice<Voucher>) -> HTMLText {
        var cells: HTMLText = ""
        for voucher in vouchers {
            cells += cell(voucher)
        }
        return "<main class=\"page\">\n\(cells)</main>\n"
    }

    private func cell(_ voucher: Voucher) -> HTMLText {
        let price = printsPrice ? voucher.terms.price.description : ""
        var lines: HTMLText = ""
        for line in footer { lines += "<p><i>\(line)</i></p>" }
        let allowance = AllowanceText(voucher.terms)
        switch layout.paper {
        case .a4:
            return """
                <div class="voucher"><p><b>\(voucher.code)</b><span>\(price)</span></p>\
                <p><i>\(allowance.short)</i><i>\(deadline(voucher))</i></p>\(lines)</div>

                """
        case .thermal:
            return """
                <div class="voucher"><p>\(heading.isEmpty ? batch.packageName : heading)</p><b>\(voucher.code)</b>\
                <p>\(allowance.short)</p><p>\(deadline(voucher))</p><span>\(price)</span>\(lines)</div>

                """
        }
    }

    private func deadline(_ voucher: Voucher) -> String {
        if let end = voucher.expiresAt {
            return "use before \(end.description.prefix(16).replacing("T", with: " ")) UTC"
        }
        return voucher.terms.validityPeriod == nil ? "" : "from first login"
    }
}
