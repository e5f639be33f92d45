import BillingServices
import Testing

@Suite("The table of use cases")
struct UseCaseTests {
    /// What is no use case: it touches no store, or it is asked of an answer.
    private static let others: Set<String> = [
        "Billing.close()", "AccountService.isCurrent(_:)", "ExportedRows.makeAsyncIterator()",
        "ImportPlan.count(where:)", "ReportPeriod.parts(of:)", "TrialBalanceReport.totals(of:)",
    ]

    @Test("every public method of the services is a use case")
    func noMethodIsForgotten() throws {
        let methods = try publicMethods().subtracting(Self.others)
        #expect(methods.count > 200)
        #expect(methods.symmetricDifference(UseCase.all.map(\.method)).sorted() == [])
    }

    @Test("every use case has a name of its own")
    func namesAreUnique() {
        #expect(Dictionary(grouping: UseCase.all, by: \.name).filter { $1.count > 1 }.keys.sorted() == [])
    }
}
