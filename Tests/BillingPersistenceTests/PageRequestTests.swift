import BillingPersistence
import Testing

@Suite("Pages")
struct PageRequestTests {
    @Test(arguments: [
        (1, 50, 1, 50, 0), (3, 20, 3, 20, 40), (0, 0, 1, 1, 0), (-5, -5, 1, 1, 0), (1, 99_999, 1, 10_000, 0),
        (.max, 10_000, .max, 10_000, .max),
    ])
    func numbersOutsideTheRangesMoveToTheNearestEnd(number: Int, size: Int, page: Int, length: Int, offset: Int) {
        let request = PageRequest(number: number, size: size)
        #expect(request.start == .number(page))
        #expect(request.size == length)
        #expect(request.offset == offset)
    }
}
