import BillingPersistence
import StoreSamples
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

    @Test(arguments: [
        (0, "0"), (9_999, "9999"), (10_000, "10000"), (10_001, "more than 10000"), (.max, "more than 10000"),
    ])
    func aTotalSaysWhetherItWasCountedToTheEnd(counted: Int, text: String) {
        let total = ListTotal(counted)
        #expect("\(total)" == text)
        #expect(total.isExact == (counted <= 10_000))
        #expect(total.count == min(counted, 10_000))
    }

    @Test(arguments: StoreKind.allCases)
    func aLongListIsCountedAsFarAsTenThousandAndNoFurther(kind: StoreKind) async throws {
        try await kind.withOpenStore { store in
            try await store.found(1...1)
            try await store.write(.one) { try $0.insert((1...10_000).map { Samples.record("\($0)", $0) }) }
            let list = Query<IdempotencyRecord>()
            func total() async throws -> ListTotal? {
                try await store.read(.one) { try $0.page(list, PageRequest(size: 1, isCounted: true)).total }
            }
            #expect(try await total() == ListTotal(10_000))
            try await store.write(.one) { try $0.insert(Samples.record("10001", 10_001)) }
            #expect(try await total()?.isExact == false)
            #expect(try await store.read(.one) { try $0.count(list) } == 10_001, "a count is exact")
            #expect(try await store.read(.one) { try $0.page(list, PageRequest(after: nil, size: 1)).total } == nil)
        }
    }
}
