import BillingServices
import ServiceProgram
import Testing

struct ProgramEndTests {
    @Test("Help is no failure, a command line that cannot be followed is told from what went wrong")
    func statuses() {
        let errors: [any Error] = [
            HelpRequest(text: "usage"), UsageError("Say what."), BillingError(.unavailable, "Off."),
            CancellationError(),
        ]
        #expect(errors.map { ProgramEnd.status(of: $0, in: "test") } == [0, 2, 1, 1])
    }
}
