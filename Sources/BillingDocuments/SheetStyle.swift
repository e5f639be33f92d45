import BillingDomain

/// The style of a sheet: what makes the promised number of vouchers really fit a page.
///
/// All sizes follow from the row's height and the column's width, so any number of rows and columns and any length of
/// code stays inside its cell.
struct SheetStyle {
    let layout: SheetLayout
    private let count: Int
    private let longestCode: Int
    private let longestPrice: Int

    init(layout: SheetLayout, vouchers: [Voucher]) {
        self.layout = layout
        count = vouchers.count
        longestCode = vouchers.map(\.code.count).max() ?? 1
        longestPrice = vouchers.map(\.terms.price.description.count).max() ?? 1
    }

    var css: HTMLText {
        switch layout.paper {
        case .a4(let columns, let rows):
            a4(columns: columns, rows: rows)
        case .thermal(let width):
            thermal(width: width)
        }
    }

    private func a4(columns: Int, rows: Int) -> HTMLText {
        // 285 mm of 297: printers need a margin, and a page a hair too high would bring a blank one after it.
        """
        @page { size: A4 portrait; margin: 0 }
        :root { --row: calc(285mm / \(rows)); --column: calc(198mm / \(columns));
          --code: \(longestCode); --small: calc(min(var(--row), 12mm) * .33);
          --price: calc(var(--small) * .64 * \(longestPrice)) }
        \(common)
        .page { box-sizing: border-box; width: 210mm; height: 296mm; padding: 5.5mm 6mm; overflow: hidden;
          display: grid; grid-template-columns: repeat(\(columns), var(--column));
          grid-template-rows: repeat(\(rows), var(--row)) }
        .voucher { padding: 0 1.5mm; border: .1mm dotted #888; display: flex; flex-direction: column;
          justify-content: center; line-height: 1.15 }
        .voucher p { display: flex; align-items: baseline; justify-content: space-between; gap: 1mm; white-space: nowrap }
        .voucher b { font-size: min(calc(var(--row) * .42), calc((var(--column) - var(--price) - 5mm) / var(--code) / .61)) }
        .voucher span { font-size: var(--small) }
        .voucher i { font-size: calc(min(var(--row), 12mm) * .3) }
        """
    }

    private func thermal(width: Int) -> HTMLText {
        """
        @page { size: \(width)mm \(min(max(count, 1), layout.vouchersPerPage) * 30)mm; margin: 0 }
        :root { --column: \(width)mm; --code: \(longestCode) }
        \(common)
        .page { width: \(width)mm }
        .voucher { box-sizing: border-box; height: 30mm; padding: 1mm 3mm; border-bottom: .2mm dashed #000;
          break-inside: avoid; text-align: center; line-height: 1.3; font-size: 3mm;
          display: flex; flex-direction: column; justify-content: center }
        .voucher b { font-size: min(6mm, calc((var(--column) - 8mm) / var(--code) / .62)) }
        .voucher span { font-size: 3.6mm; font-weight: bold }
        """
    }

    private var common: HTMLText {
        """
        * { margin: 0; box-sizing: border-box }
        body { font-family: "DejaVu Sans", Arial, sans-serif; color: #000; background: #fff }
        .page { break-after: page }
        .page:last-child { break-after: auto }
        .voucher { overflow: hidden }
        .voucher b { font-family: "DejaVu Sans Mono", "Courier New", monospace; white-space: nowrap }
        .voucher i { font-style: normal; color: #333 }
        @media screen { body { background: #ddd } .page { background: #fff; margin: 4mm auto } }
        """
    }
}
