import RouterOSProtocol
import Testing

@testable import RouterOSClient

@Suite("What to do about a connection test that failed")
struct ConnectionTestRemedyTests {
    typealias Code = RouterOSError.Code
    typealias Step = ConnectionTest.Step

    /// One way for a test to fail.
    struct Failure: Sendable, CustomTestStringConvertible {
        let code: Code
        let step: Step
        /// What the remedy has to hold.
        let remedy: String
        var security = ConnectionSecurity.plaintext

        init(_ code: Code, _ step: Step, _ remedy: String, over security: ConnectionSecurity = .plaintext) {
            (self.code, self.step, self.remedy, self.security) = (code, step, remedy, security)
        }

        var testDescription: String { "\(code) in \(step) over \(security)" }
    }

    /// Every code, where it ends the way to a connection.
    private static let unconnected: [Failure] =
        [
            Failure(.nameResolution, .reach, "spelling"),
            Failure(.unreachable, .reach, "address, its cable and the VPN"),
            Failure(.connectTimeout, .reach, "/ip firewall filter print"),
            Failure(.connectionRefused, .reach, "/ip service enable api"),
            Failure(.connectionRefused, .reach, "/ip service enable api-ssl", over: .tls(.systemRoots)),
            Failure(.interrupted, .reach, "Try again"),
            Failure(.tlsFailed, .handshake, "api-ssl is on and has a certificate", over: .tls(.anonymous)),
            Failure(.certificateRejected, .handshake, "/certificate print detail", over: .tls(.systemRoots)),
            Failure(.certificateChanged, .handshake, "/certificate print detail", over: .tls(.systemRoots)),
            Failure(.authentication, .login, "/user print detail"),
            Failure(.loginTimeout, .login, "/radius print"),
        ]
        + [
            .deadlineExceeded, .connectionClosed, .notRouterOS, .protocolViolation, .limitExceeded, .fatal,
            .permissionDenied, .noSuchItem, .duplicate, .noSuchCommand, .unknownParameter, .invalidValue,
            .actionTimedOut, .trap, .invalidCommand, .malformedRow, .unavailable,
        ].map { Failure($0, .handshake, "/ip service print") }

    /// Every code that a router or the connection can give once somebody is logged in, in both steps that are left.
    private static let unanswered: [Failure] =
        [
            Failure(.permissionDenied, .permissions, "api, read, write, policy, test"),
            Failure(.permissionDenied, .systemInformation, "api, read, write, policy, test"),
            Failure(.noSuchCommand, .permissions, "hotspot package"),
            Failure(.noSuchCommand, .systemInformation, "version of RouterOS"),
            Failure(.authentication, .permissions, "/user print detail"),
        ]
        + [Step.permissions, .systemInformation].flatMap { step in
            [Code.deadlineExceeded, .actionTimedOut, .loginTimeout].map { Failure($0, step, "/system resource print") }
                + [
                    Code.connectionClosed, .protocolViolation, .limitExceeded, .noSuchItem, .duplicate,
                    .unknownParameter, .invalidValue, .interrupted, .trap, .fatal, .invalidCommand, .malformedRow,
                    .unavailable,
                ].map { Failure($0, step, "/log print") }
        }

    @Test("a connection that does not come about names its step and what to do", arguments: unconnected)
    func connecting(failure: Failure) {
        let error = RouterOSError(failure.code, "no", endpoint: "router.test:8728")
        expect(ConnectionTest(failed: error, failure.security), failure)
    }

    @Test("a router that refuses or says nothing names its step and what to do", arguments: unanswered)
    func asking(failure: Failure) async {
        let menu = failure.step == .permissions ? "/ip/hotspot/user" : "/system/identity"
        let router = FakeRouter([
            "/ip/hotspot/user": [], "/ip/hotspot/user/profile": [], "/ip/hotspot/active": [],
            "/system/identity": [["name": "shop"]], "/system/resource": [["version": "7.18", "uptime": "1d"]],
        ]) { $0.path.hasPrefix(menu) ? .refused(failure.code) : .ordinary }
        let endpoint = RouterEndpoint("router.test", as: .user("api", password: "canary"))
        expect(await ConnectionTest.run(on: router, as: endpoint), failure)
    }

    private func expect(_ test: ConnectionTest, _ failure: Failure) {
        #expect(test.failure?.step == failure.step && test.failure?.error.code == failure.code)
        #expect(test.remedy?.contains(failure.remedy) == true, "\(test.remedy ?? "none")")
        // Those before it passed, those behind it were not tried.
        let place = Step.allCases.firstIndex(of: failure.step) ?? 0
        for (index, step) in test.steps.enumerated() {
            switch step.outcome {
            case .passed: #expect(index < place)
            case .failed: #expect(index == place)
            case .skipped: #expect(index > place)
            }
        }
        #expect(test.steps.count == 5)
    }
}
