import BillingDocuments
import BillingDomain
import Testing

struct VoucherSheetTests {
    @Test("puts columns times rows on a page", arguments: [(1, 1), (119, 1), (120, 1), (121, 2), (250, 3), (0, 0)])
    func pagesAreFull(count: Int, pages: Int) throws {
        let html = try Sheet.make(codes: Array(Sheet.codes.prefix(count)))
        #expect(html.occurrences(of: "<main class=\"page\">") == pages)
        #expect(html.occurrences(of: "<div class=\"voucher\">") == count)
    }

    @Test func everyCodeIsThereOnceAndInOrder() throws {
        let html = try Sheet.make(codes: Array(Sheet.codes.prefix(250)))
        let printed = html.split(separator: "<b>").dropFirst().map { String($0.prefix { $0 != "<" }) }
        #expect(printed == Array(Sheet.codes.prefix(250)))
    }

    @Test(
        "shows code, duration, data and price",
        arguments: [SheetLayout.a4(columns: 3, rows: 40), .thermal(width: 58)]
    )
    func aVoucherSaysWhatItGives(layout: SheetLayout) throws {
        let html = try Sheet.make(codes: ["A7K2"], layout: layout)
        for text in ["A7K2", "3 h · 1.5 GB", "2500 UGX", "from first login"] {
            #expect(html.contains(text), "\(text) is missing")
        }
    }

    @Test(
        "prints what the settings say, where there is room",
        arguments: ["roll-58", "roll-80", "a4-3x12", "a4-2x8", "a4-3x40"]
    )
    func settingsAreKept(layout: String) throws {
        var settings = Settings(tenant: Identifier(high: 1, low: 1))
        try settings.set(.sheetLayout, to: layout)
        try settings.set(.companyName, to: "Lake Company")
        try settings.set(.companyContact, to: "+256 700 123456")
        try settings.set(.language, to: "sw")
        try settings.set(.sheetFooter, to: "Asante <3")
        try settings.set(.printsPrice, to: false)
        let html = try Sheet.make(settings: SheetSettings(settings))
        #expect(html.contains("<html lang=\"sw\">"))
        #expect(html.contains("<title>Lake Company – 3 Hours</title>"))
        #expect(!html.contains("2500 UGX"))
        let hasRoom = layout != "a4-3x40"
        #expect(html.contains("<p><i>+256 700 123456</i></p>") == hasRoom)
        #expect(html.contains("<p><i>Asante &lt;3</i></p>") == hasRoom)
        try settings.set(.wifiName, to: "Lake WiFi")
        #expect(try Sheet.make(settings: SheetSettings(settings)).contains("<title>Lake WiFi – 3 Hours</title>"))
    }

    @Test("every layout that can be chosen is one")
    func everyChoiceIsALayout() throws {
        guard case .choice(let words) = try #require(Settings.definition("print.layout")).kind else { return }
        #expect(words.map { SheetLayout($0)?.vouchersPerPage } == [120, 36, 16, 100, 100])
        for word in ["", "a4", "a4-3", "a4-3x", "roll", "roll-x", "a5-3x4", "roll-58-1"] {
            #expect(SheetLayout(word) == nil)
        }
    }

    @Test func aVoucherInUseShowsItsEnd() throws {
        let login = try #require(Timestamp("2026-11-20T20:00:00Z"))
        let html = try Sheet.make(activatedAt: login)
        #expect(html.contains("use before 2026-11-20 23:00 UTC"))
        #expect(!html.contains("from first login"))
    }

    @Test("escapes every value", arguments: [SheetLayout.a4(columns: 3, rows: 40), .thermal()])
    func everyValueIsEscaped(layout: SheetLayout) throws {
        let hostile = "<script>alert('x')</script>&\""
        let html = try Sheet.make(codes: [hostile], packageName: hostile, layout: layout, heading: hostile)
        #expect(!html.contains("<script"))
        #expect(!html.contains("alert('x')"))
        #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;"))
    }

    @Test func invisibleSignsDoNotReachThePaper() throws {
        let html = try Sheet.make(heading: "Lake\u{202E}View\u{0}")
        #expect(!html.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{0}" })
    }

    @Test func fetchesNothing() throws {
        let html = try Sheet.make()
        for word in ["http", "src=", "href=", "url(", "@import"] {
            #expect(!html.contains(word))
        }
    }

    @Test("layouts outside the possible are brought to the nearest", arguments: [(0, 1), (-5, 1), (40, 40), (999, 60)])
    func layoutsStayPossible(rows: Int, actual: Int) {
        #expect(SheetLayout.a4(columns: 1, rows: rows).vouchersPerPage == actual)
    }

    @Test(
        "says limits in the largest unit that fits",
        arguments: [
            (Duration.seconds(3 * 3_600), Int64?.none, "<i>3 h</i>"),
            (.seconds(90 * 60), nil, "<i>90 min</i>"),
            (.seconds(45), nil, "<i>45 s</i>"),
            (.seconds(86_400), nil, "<i>24 h</i>"),
            (.seconds(7 * 86_400), nil, "<i>7 days</i>"),
            (.seconds(3_600), 512 << 20, "<i>1 h · 512 MB</i>"),
            (.seconds(3_600), 5 << 30, "<i>1 h · 5 GB</i>"),
            (.seconds(3_600), 1_610_612_736, "<i>1 h · 1.5 GB</i>"),
            (.seconds(3_600), 1_572_864, "<i>1 h · 1.5 MB</i>"),
            (.seconds(3_600), 100, "<i>1 h · 100 B</i>"),
            (nil, nil, "<i>unlimited</i>"),
        ] as [(Duration?, Int64?, String)]
    )
    func limitsReadWell(validity: Duration?, bytes: Int64?, text: String) throws {
        let html = try Sheet.make(terms: Sheet.terms(validity: validity, dataQuota: bytes))
        #expect(html.contains(text))
    }

    @Test func timeOnLineIsToldApartFromValidity() throws {
        let terms = try Sheet.terms(
            validity: .seconds(7 * 86_400),
            uptimeAllowance: .seconds(3 * 3_600),
            dataQuota: nil
        )
        #expect(try Sheet.make(terms: terms).contains("<i>7 days · 3 h online</i>"))
    }
}

extension String {
    func occurrences(of text: String) -> Int {
        split(separator: text, omittingEmptySubsequences: false).count - 1
    }
}
