import RouterOSProtocol
import Testing

@testable import RouterOSTool

@Suite("The exit status")
struct ProblemTests {
    @Test(
        "says what kind of failure it was",
        arguments: [
            (.nameResolution, 3), (.unreachable, 3), (.connectionRefused, 3), (.connectTimeout, 3), (.notRouterOS, 3),
            (.deadlineExceeded, 3), (.connectionClosed, 3), (.limitExceeded, 3), (.loginTimeout, 3), (.fatal, 3),
            (.authentication, 4), (.trap, 5), (.noSuchCommand, 5), (.duplicate, 5), (.permissionDenied, 5),
            (.invalidValue, 5), (.actionTimedOut, 5), (.invalidCommand, 2),
        ] as [(RouterOSError.Code, Int32)]
    )
    func status(code: RouterOSError.Code, status: Int32) {
        #expect(Problem(RouterOSError(code, "")).status.rawValue == status)
    }

    @Test("is that of a trap for a command that the router cannot parse")
    func traps() {
        let refused = RouterOSError(.invalidCommand, "", routerMessage: "expected end of command (line 1 column 9)")
        #expect(Problem(refused).status == .trap)
    }

    @Test("comes with one line that says where and what to do")
    func message() {
        let error = RouterOSError(.connectionRefused, "Enable the API service.", endpoint: "10.0.0.7:8728")
        #expect(Problem(error).message == "10.0.0.7:8728: Enable the API service.")
    }
}
