import BillingPersistence
import HTTPServer

/// Which part of a list is asked for.
struct Paging: Sendable, Hashable {
    /// From 1.
    let number: Int
    /// 1 to 100.
    let size: Int

    init(number: Int, size: Int) {
        self.number = number
        self.size = size
    }

    /// Reads `page` and `per_page`.
    /// - Throws: ``RequestError`` with the field, where one is out of its range.
    init(_ query: FormFields, size: Int = 25) throws(RequestError) {
        self.number = try Self.number(query, "page", in: 1...1_000_000) ?? 1
        self.size = try Self.number(query, "per_page", in: 1...100) ?? size
    }

    /// The same for the SDK.
    var request: PageRequest { PageRequest(number: number, size: size, isCounted: true) }

    /// How many pages a list of this total has; of one that was not counted to its end, as far as it was.
    func pages(_ total: ListTotal) -> Int {
        max(1, (total.count + size - 1) / size)
    }

    private static func number(
        _ query: FormFields,
        _ name: String,
        in range: ClosedRange<Int>
    ) throws(RequestError) -> Int? {
        guard let text = query[name], !text.isEmpty else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw RequestError(
                .unprocessableContent,
                "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).",
                field: name
            )
        }
        return number
    }
}
