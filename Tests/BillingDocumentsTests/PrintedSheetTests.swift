import BillingDocuments
import BillingDomain
import Foundation
import Testing

/// What comes out of a printer's end: skipped where there is no Chromium and no `pdftotext`.
@Suite(.enabled(if: Printer.isInstalled), .serialized)
struct PrintedSheetTests {
    @Test("A4 pages hold 120 codes each", arguments: [(120, [120]), (250, [120, 120, 10])])
    func pagesHoldTheirVouchers(count: Int, expected: [Int]) throws {
        let pages = try Printer.pages(of: Sheet.make(codes: Array(Sheet.codes.prefix(count))))
        #expect(pages.map { page in Sheet.codes.count { page.contains($0) } } == expected)
        let first = try #require(pages.first)
        #expect(first.occurrences(of: "2500 UGX") == 120)
        #expect(first.occurrences(of: "3 h · 1.5 GB") == 120)
    }

    @Test func theLongestCodesAndPricesStayInTheirCells() throws {
        let codes = Sheet.codes.prefix(120).map { String(repeating: "W", count: 38) + $0 }
        let terms = try Sheet.terms(price: .init(minorUnits: 999_999_999, currency: .idr))
        let pages = try Printer.pages(of: Sheet.make(codes: codes, terms: terms))
        let page = try #require(pages.first)
        #expect(pages.count == 1)
        #expect(codes.count { page.contains($0) } == 120)
        #expect(page.occurrences(of: "9999999.99 IDR") == 120)
    }

    @Test func aRollIsOnePage() throws {
        let codes = Array(Sheet.codes.prefix(30))
        let pages = try Printer.pages(of: Sheet.make(codes: codes, layout: .thermal(width: 58)))
        #expect(pages.count == 1)
        #expect(pages.first.map { page in codes.count { page.contains($0) } } == 30)
    }
}

/// Chromium as a printer.
enum Printer {
    private static let chromium = "/usr/bin/chromium"
    private static let textExtractor = "/usr/bin/pdftotext"

    static var isInstalled: Bool {
        [chromium, textExtractor].allSatisfy(FileManager.default.isExecutableFile)
    }

    /// The text of each page as it would be printed.
    static func pages(of html: String) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = folder.appending(path: "sheet.html")
        let pdf = folder.appending(path: "sheet.pdf")
        let text = folder.appending(path: "sheet.txt")
        try html.write(to: page, atomically: true, encoding: .utf8)
        try run(
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--user-data-dir=\(folder.path)/profile",
            "--no-pdf-header-footer",
            "--print-to-pdf=\(pdf.path)",
            page.path
        )
        try run(textExtractor, "-layout", pdf.path, text.path)
        return try String(contentsOf: text, encoding: .utf8)
            .split(separator: "\u{C}", omittingEmptySubsequences: false)
            .dropLast()
            .map(String.init)
    }

    private static func run(_ program: String, _ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
