import RouterOSClient
import TestSupport

/// Who the clients of the tests are.
let testCredentials = Credentials.user("api", password: "secret")

/// A client of a router on this machine that has no rate limit and tries again at once, and what it tells.
func testClient(
    _ port: UInt16,
    at host: String = "127.0.0.1",
    _ change: (inout ClientConfiguration) -> Void = { _ in }
) -> (client: RouterClient, events: EventRecorder) {
    let events = EventRecorder()
    var configuration = ClientConfiguration(
        connection: ConnectionConfiguration(observer: events),
        rateLimit: .unlimited
    )
    configuration.retry.baseDelay = .milliseconds(1)
    change(&configuration)
    let endpoint = RouterEndpoint(host, port: port, as: testCredentials)
    return (RouterClient(endpoint, configuration: configuration), events)
}
