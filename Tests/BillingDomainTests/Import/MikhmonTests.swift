import BillingDomain
import TestSupport
import Testing

@Suite("What mikhmon keeps on a router")
struct MikhmonTests {
    @Test(arguments: [
        ("vc-345-03.01.26-shop", MikhmonBatchComment.Mode.voucher, 345, "2026-03-01", "shop"),
        ("up-100-12.31.25-", .userAndPassword, 100, "2025-12-31", ""),
        ("vc-999-02.29.28-a-b c", .voucher, 999, "2028-02-29", "a-b c"),
        ("vc-345-03.01.26", .voucher, 345, "2026-03-01", ""),
    ])
    func aBatchCommentIsRead(
        comment: String,
        mode: MikhmonBatchComment.Mode,
        number: Int,
        date: String,
        text: String
    ) throws {
        let read = try MikhmonBatchComment(comment)
        #expect(read.mode == mode)
        #expect(read.number == number)
        #expect(read.date.description == date)
        #expect(read.text == text)
    }

    @Test(arguments: [
        "", "vc", "vc-345", "xx-345-03.01.26-", "vc-099-03.01.26-", "vc-1000-03.01.26-", "vc-+45-03.01.26-",
        "vc-345-13.01.26-", "vc-345-02.29.26-", "vc-345-3.1.26-", "VOUCHER_SYSTEM|2.50||", "vc-345-03-01-26",
    ])
    func noOtherCommentIsOfABatch(comment: String) {
        let error = #expect(throws: DomainError.self) { try MikhmonBatchComment(comment) }
        #expect(error?.field == "comment")
    }

    @Test(arguments: [
        ("mar/01/2026 07:30:00 shop one", MikhmonExpiryStamp.Dialect.monthName, "2026-03-01T07:30:00", "shop one"),
        ("Dec/31/2025 23:59:59", .monthName, "2025-12-31T23:59:59", ""),
        ("2026-03-01 07:30:00 shop", .iso, "2026-03-01T07:30:00", "shop"),
        ("2026-03-01 07:30:00", .iso, "2026-03-01T07:30:00", ""),
    ])
    func anEndIsReadInBothDialects(
        comment: String,
        dialect: MikhmonExpiryStamp.Dialect,
        end: String,
        text: String
    ) throws {
        let stamp = try MikhmonExpiryStamp(comment)
        #expect(stamp.dialect == dialect)
        #expect(stamp.end.description == end)
        #expect(stamp.text == text)
    }

    @Test(arguments: [
        "", "mar/01/2026", "feb/30/2026 07:30:00", "maa/01/2026 07:30:00", "2026-02-30 07:30:00",
        "2026-03-01 24:00:00", "2026-03-01T07:30:00", "03/01/2026 07:30:00", "mar/1/2026 07:30:00", "shop",
    ])
    func noOtherCommentIsAnEnd(comment: String) {
        #expect(throws: DomainError.self) { try MikhmonExpiryStamp(comment) }
    }

    @Test func aPriceListIsReadFromTheScript() throws {
        let script = #":put (",remc,5000,1d,6000,,Enable,"); :local x 1; {…}"#
        let list = try MikhmonPriceList(onLogin: script, currency: .ugx)
        #expect(list.mode == .removeAndRecord)
        #expect(list.mode.recordsSales)
        #expect(list.mode.expiryRule == .remove)
        #expect(list.cost.minorUnits == 5000)
        #expect(list.price.minorUnits == 6000)
        #expect(list.validity == .seconds(86_400))
        #expect(list.locksToDevice)
    }

    @Test(arguments: [
        (
            #":put (",ntf,0.25,3h30m,,,Disable,")"#,
            MikhmonPriceList.Mode.notice, Int64(25), Duration?.some(.seconds(12_600)),
        ),
        (#":put (",0,1,,2,noexp,Disable,")"#, .none, 200, nil),
        (#"  :put (",ntfc,1,30d,2,noexp,Disable,")"#, .noticeAndRecord, 200, nil),
        (#":put (",rem,,1w,")"#, .remove, 0, .seconds(604_800)),
    ])
    func pricesMayHaveDecimalsAndFieldsMayBeMissing(
        script: String,
        mode: MikhmonPriceList.Mode,
        price: Int64,
        validity: Duration?
    ) throws {
        let list = try MikhmonPriceList(onLogin: script, currency: .usd)
        #expect(list.mode == mode)
        #expect(list.price.minorUnits == price)
        #expect(list.validity == validity)
        #expect(!list.locksToDevice)
    }

    @Test(arguments: [
        ("", "on-login"), (":log info hello", "on-login"), (#":put ("rem,1")"#, "on-login"),
        (#":put (",xyz,1,1d,2,,,")"#, "mode"), (#":put (",rem,a,1d,2,,,")"#, "price"),
        (#":put (",rem,-1,1d,2,,,")"#, "price"), (#":put (",rem,0.255,1d,2,,,")"#, "price"),
        (#":put (",rem,1,soon,2,,,")"#, "validity"), (#":put (",rem,1,1d,2,,Maybe,")"#, "lock"),
    ])
    func anythingElseIsRefusedWithItsField(script: String, field: String) {
        let error = #expect(throws: DomainError.self) { try MikhmonPriceList(onLogin: script, currency: .usd) }
        #expect(error?.field == field)
        #expect(error?.code == .invalidValue)
    }

    private static let sale =
        "mar/01/2026-|-07:30:00-|-A7-|-5000-|-10.5.0.9-|-AA:BB:CC:00:11:22-|-1d-|-daily-|-vc-345-03.01.26-"

    @Test func aSaleRowIsRead() throws {
        let row = try MikhmonSaleRow(name: Self.sale, currency: .ugx)
        #expect(row.at.description == "2026-03-01T07:30:00")
        #expect(row.user == "A7")
        #expect(row.price == Money(minorUnits: 5000, currency: .ugx))
        #expect(row.address == "10.5.0.9")
        #expect(row.device == DeviceAddress("AABBCC001122"))
        #expect(row.validity == .seconds(86_400))
        #expect(row.profile == "daily")
        #expect(row.comment == "vc-345-03.01.26-")
        let short = try MikhmonSaleRow(name: "2026-03-01-|-07:30:00-|-A7-|-0.25", currency: .usd)
        #expect(short.price.minorUnits == 25)
        #expect(short.device == nil)
    }

    @Test(arguments: [
        ("", "name"), ("a-|-b", "name"), ("x-|-07:30:00-|-A7-|-1", "date"), ("2026-03-01-|-7-|-A7-|-1", "time"),
        ("2026-03-01-|-07:30:00-|--|-1", "user"), ("2026-03-01-|-07:30:00-|-A7-|-x", "price"),
        ("2026-03-01-|-07:30:00-|-A7-|-1-|--|-zz", "mac"),
        ("2026-03-01-|-07:30:00-|-A7-|-1-|--|--|-soon", "validity"),
        (String(repeating: "-|-", count: 100_000), "name"),
    ])
    func aBrokenSaleRowIsRefusedWithItsField(name: String, field: String) {
        let error = #expect(throws: DomainError.self) { try MikhmonSaleRow(name: name, currency: .usd) }
        #expect(error?.field == field)
    }

    @Test func rowsWrittenTwiceCountOnce() throws {
        func row(_ time: String, _ user: String = "A7", _ mac: String = "") throws -> MikhmonSaleRow {
            try MikhmonSaleRow(name: "2026-03-01-|-\(time)-|-\(user)-|-1-|--|-\(mac)", currency: .usd)
        }
        let rows = try [
            row("07:30:00"), row("07:30:10"), row("07:30:00"), row("07:30:00", "A8"),
            row("07:30:30", "A7", "AA:BB:CC:00:11:22"), row("07:31:01"), row("09:00:00"), row("07:29:55"),
        ]
        let kept = MikhmonSaleRow.withoutDuplicates(rows)
        #expect(kept == [rows[3], rows[4], rows[5], rows[6], rows[7]])
        #expect(MikhmonSaleRow.withoutDuplicates(kept) == kept)
        #expect(MikhmonSaleRow.withoutDuplicates([]).isEmpty)
    }

    @Test func theOwnerOfASaleRowIsItsMonth() throws {
        #expect(try MikhmonSaleRow.month(owner: "mar2019") == (2019, 3))
        #expect(try MikhmonSaleRow.month(owner: "032026") == (2026, 3))
        for owner in ["", "mar", "2019", "132026", "mar19", "maa2019", "03-2026", "mar2019x"] {
            #expect(throws: DomainError.self) { try MikhmonSaleRow.month(owner: owner) }
        }
    }

    @Test func aPresetIsRead() throws {
        let source = "#1 Day#all#vc#6#BIL#mix#daily#3h#1073741824#shop#1d#5000_6000#Enable"
        let preset = try MikhmonQuickPrint(source: source, currency: .ugx)
        #expect(preset.name == "1 Day")
        #expect(preset.mode == .voucher)
        #expect(preset.length == 6)
        #expect(preset.prefix == "BIL")
        #expect(preset.characters == "mix")
        #expect(preset.profile == "daily")
        #expect(preset.uptimeAllowance == .seconds(10_800))
        #expect(preset.dataQuota?.gibibytes == 1)
        #expect(preset.validity == .seconds(86_400))
        #expect(preset.cost?.minorUnits == 5000)
        #expect(preset.price?.minorUnits == 6000)
        #expect(preset.locksToDevice)
        let old = try MikhmonQuickPrint(source: "#daily#all#up#5##lower#daily#0s#0#comment", currency: .usd)
        #expect(old.uptimeAllowance == nil)
        #expect(old.dataQuota == nil)
        #expect(old.price == nil)
        #expect(!old.locksToDevice)
    }

    @Test(arguments: [
        ("", "source"), ("bad", "source"), ("#a#b", "source"), ("##all#vc#6##mix#p#0#0#", "source"),
        ("#a#all#xx#6##mix#p#0#0#", "mode"), ("#a#all#vc#0##mix#p#0#0#", "length"),
        ("#a#all#vc#6##mix#p#x#0#", "time-limit"), ("#a#all#vc#6##mix#p#0#many#", "data-limit"),
        ("#a#all#vc#6##mix#p#0#0##soon#", "validity"), ("#a#all#vc#6##mix#p#0#0###1_2_3", "price"),
        ("#a#all#vc#6##mix#p#0#0###1_x", "price"), ("#a#all#vc#6##mix#p#0#0###1_2#Maybe", "lock"),
    ])
    func aBrokenPresetIsRefusedWithItsField(source: String, field: String) {
        let error = #expect(throws: DomainError.self) { try MikhmonQuickPrint(source: source, currency: .usd) }
        #expect(error?.field == field)
    }

    /// Pieces of all the forms, shuffled, cut and mixed with junk: a refusal or a value, never a trap.
    @Test(arguments: 1...8)
    func whatARouterSaysNeverTraps(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "vc", "-", "345", "03.01.26", "mar/01/2026", " ", "07:30:00", "2026-03-01", "-|-", "#", ",", ":put (\"",
            "\"",
            "rem", "9223372036854775808", "-1", "1w2d3h", "99999999w", ":", "00:00:01", "é", "\u{0}", "\r\n", "👍🏽", "_",
            "Enable", "noexp", "AA:BB:CC:00:11:22", "0.25", "1GB", "true", "/", ".", "٣",
        ]
        for _ in 0..<4000 {
            let text = (0..<Int.random(in: 0...16, using: &random))
                .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            _ = try? MikhmonBatchComment(text)
            _ = try? MikhmonExpiryStamp(text)
            _ = try? MikhmonPriceList(onLogin: ":put (\"" + text, currency: .usd)
            _ = try? MikhmonSaleRow(name: text, currency: .usd)
            _ = try? MikhmonSaleRow.month(owner: text)
            _ = try? MikhmonQuickPrint(source: "#" + text, currency: .usd)
            _ = try? RateLimit(text)
            _ = try? VoucherCodeStyle.standard.code(typed: text)
            _ = AccessSchedule(text)
            _ = Validity(text)
            _ = PriceRule(text)
            _ = DeviceAddress(text)
            let paths = [\HotspotUserText.comment, \.limitUptime, \.limitBytesTotal, \.uptime, \.bytesIn, \.macAddress]
            for path in paths {
                var row = HotspotUserText(name: "A7K2")
                row[keyPath: path] = text
                let user = try? ImportedHotspotUser(row)
                _ = user?.access(at: LocalDateTime(.latest))
            }
        }
    }
}
