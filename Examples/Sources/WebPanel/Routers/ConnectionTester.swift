import BillingDomain
import BillingServices
import RouterOSClient

/// Tests whether a router can be used, and says what is wrong where it cannot.
protocol ConnectionTester: Sendable {
    /// Tests an address with a user and a password. Never throws: what fails is part of the report.
    func test(_ draft: RouterDraft, patience: ConnectionPatience) async -> ConnectionReport
}

/// How long a test may take.
enum ConnectionPatience: Sendable {
    /// Somebody asked for the test and waits for it: up to 13 s.
    case test
    /// Somebody saves a router and the test is an extra: up to 5 s.
    case firstContact

    fileprivate var limit: Duration {
        switch self {
        case .test: .seconds(13)
        case .firstContact: .seconds(5)
        }
    }

    fileprivate var configuration: ConnectionConfiguration {
        switch self {
        case .test: ConnectionConfiguration(connectTimeout: .seconds(5), requestTimeout: .seconds(2))
        case .firstContact: ConnectionConfiguration(connectTimeout: .seconds(2), requestTimeout: .milliseconds(750))
        }
    }
}

/// The SDK's five-step test.
struct RouterOSConnectionTester: ConnectionTester {
    func test(_ draft: RouterDraft, patience: ConnectionPatience) async -> ConnectionReport {
        let test = await ConnectionTest.run(
            RouterEndpoint(
                draft.host,
                port: UInt16(clamping: draft.port),
                as: .user(draft.username, password: draft.password ?? "")
            ),
            within: patience.limit,
            configuration: patience.configuration
        )
        return ConnectionReport(test)
    }
}
