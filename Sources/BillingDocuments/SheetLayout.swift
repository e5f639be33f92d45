/// The paper a voucher sheet is printed on.
public struct SheetLayout: Hashable, Sendable {
    enum Paper: Hashable, Sendable {
        case a4(columns: Int, rows: Int)
        case thermal(width: Int)
    }

    let paper: Paper

    /// A4 pages of `columns` by `rows` vouchers, 1…5 by 1…60; values beyond are brought to the nearest.
    ///
    /// 3 by 40 is the usual 120 a page. Print at 100 %, without the browser's headers.
    public static func a4(columns: Int, rows: Int) -> SheetLayout {
        SheetLayout(paper: .a4(columns: min(max(columns, 1), 5), rows: min(max(rows, 1), 60)))
    }

    /// A continuous roll, one voucher under the other, `width` millimetres wide, 40…120; values beyond are brought to
    /// the nearest.
    ///
    /// 58 and 80 are the usual rolls.
    public static func thermal(width: Int = 58) -> SheetLayout {
        SheetLayout(paper: .thermal(width: min(max(width, 40), 120)))
    }

    /// The layout that a setting names: `a4-3x40` for A4 with 3 columns of 40 rows, `roll-58` for a roll of 58 mm.
    ///
    /// `nil` for anything else.
    public init?(_ word: String) {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        let sizes = parts.last?.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) } ?? []
        switch (parts.first, parts.count, sizes.count) {
        case ("a4", 2, 2):
            guard let columns = sizes[0], let rows = sizes[1] else { return nil }
            self = .a4(columns: columns, rows: rows)
        case ("roll", 2, 1):
            guard let width = sizes[0] else { return nil }
            self = .thermal(width: width)
        default: return nil
        }
    }

    private init(paper: Paper) { self.paper = paper }

    /// Whether each voucher has room for lines beside its own.
    var hasRoom: Bool {
        switch paper {
        case .a4(_, let rows): rows <= 12
        case .thermal: true
        }
    }

    /// How many vouchers stand on one page.
    ///
    /// A roll is one page as long as it needs to be, up to 100 vouchers: programs that print know no page above five
    /// metres.
    public var vouchersPerPage: Int {
        switch paper {
        case .a4(let columns, let rows):
            columns * rows
        case .thermal:
            100
        }
    }
}
