import RouterOSClient
import RouterOSProtocol
import ServiceProgram
import Synchronization
import Testing

struct CallLogTests {
    private final class Lines: Sendable {
        private let kept = Mutex<[String]>([])

        var all: [String] { kept.withLock { $0 } }

        func add(_ line: LogLine) { kept.withLock { $0.append("\(line)") } }
    }

    @Test("A line says which router, what was asked of it, how it ended and how long it took")
    func lines() {
        let lines = Lines()
        let log = CallLog(log: lines.add)
        func command(_ failure: RouterOSError.Code?) -> ClientEvent {
            .commandFinished(
                ClientEvent.CommandRecord(
                    endpoint: "10.0.0.1:8728",
                    path: "/ip/hotspot/user/add",
                    duration: .milliseconds(12),
                    rows: 3,
                    bytesReceived: 40,
                    failure: failure
                )
            )
        }
        log.observe(.connected(endpoint: "10.0.0.1:8728", after: .milliseconds(40), tls: nil))
        log.observe(command(nil))
        log.observe(command(.permissionDenied))
        log.observe(.disconnected(endpoint: "10.0.0.1:8728", error: RouterOSError(.connectionClosed, "gone")))
        log.observe(.rateLimited(endpoint: "10.0.0.1:8728", path: "/quit", wait: .seconds(1)))
        #expect(
            lines.all == [
                "level=debug msg=call router=10.0.0.1:8728 operation=connect result=done ms=40",
                "level=debug msg=call router=10.0.0.1:8728 operation=/ip/hotspot/user/add result=done rows=3 ms=12",
                "level=debug msg=call router=10.0.0.1:8728 operation=/ip/hotspot/user/add "
                    + "result=\(RouterOSError.Code.permissionDenied) rows=3 ms=12",
                "level=debug msg=call router=10.0.0.1:8728 operation=disconnect "
                    + "result=\(RouterOSError.Code.connectionClosed)",
            ]
        )
    }

    @Test(
        "It is switched on by an option or by the environment, and off otherwise",
        arguments: [
            ([], [:], false), (["--debug"], [:], true), ([], ["MIKROTIK_DEBUG": "1"], true),
            ([], ["MIKROTIK_DEBUG": "true"], true), ([], ["MIKROTIK_DEBUG": "0"], false),
            ([], ["MIKROTIK_DEBUG": "FALSE"], false), ([], ["MIKROTIK_DEBUG": ""], false),
        ] as [([String], [String: String], Bool)]
    )
    func switches(arguments: [String], environment: [String: String], isOn: Bool) throws {
        let options = try Options(arguments[...], values: [], flags: [CallLog.flag], usage: "")
        #expect(CallLog.isWanted(options, environment: environment) == isOn)
    }
}
