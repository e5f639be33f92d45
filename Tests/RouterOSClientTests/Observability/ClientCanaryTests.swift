import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import TestSupport
import Testing

/// The same for what a pool, a rate limit and a breaker have to tell.
@Suite("Passwords and other secrets, observed through a client", .timeLimit(.minutes(1)))
struct ClientCanaryTests {
    private static let canary = CanaryTraces.canary

    enum Mishap: String, CaseIterable, CustomTestStringConvertible {
        case none, retriedRead, unknownWrite, rateLimited, waitingForTurn, leftAlone, wrongPassword, closed, overdue

        var testDescription: String { rawValue }

        /// What is told of it, and of nothing else.
        func isTold(by event: ClientEvent) -> Bool {
            switch (self, event) {
            case (.none, .poolChanged), (.retriedRead, .retrying), (.unknownWrite, .disconnected(_, _?)),
                (.rateLimited, .commandFinished), (.waitingForTurn, .rateLimited), (.leftAlone, .breakerChanged),
                (.wrongPassword, .connectFailed), (.closed, .commandFinished), (.overdue, .leaseOverdue):
                true
            default: false
            }
        }
    }

    @Test("are in no event, log line, metric or error", arguments: Mishap.allCases)
    func observed(mishap: Mishap) async throws {
        let traces = CanaryTraces()
        let password = mishap == .wrongPassword ? "another" : Self.canary
        let simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: password))
        let nobody = try RefusingPort()
        let port = try mishap == .leftAlone ? nobody.port : simulator.listen()
        defer {
            simulator.stop()
            withExtendedLifetime(nobody) {}
        }
        var configuration = ClientConfiguration(
            connection: ConnectionConfiguration(observer: traces.observer),
            retry: RetryPolicy(baseDelay: .milliseconds(1)),
            leakThreshold: mishap == .overdue ? .zero : nil
        )
        if mishap == .rateLimited { configuration.rateLimit = .perMinute(1, burst: 1) }
        if mishap == .waitingForTurn {
            configuration.rateLimit = .perMinute(1, burst: 1)
            configuration.callTimeout = .seconds(3_600)
        }
        if mishap == .leftAlone {
            configuration.breaker = BreakerPolicy(failures: 1, span: .zero, pause: .seconds(3_600))
        }
        let credentials = Credentials.user("api", password: Self.canary)
        let endpoint = RouterEndpoint("127.0.0.1", port: port, as: credentials)
        let client = RouterClient(endpoint, configuration: configuration)
        var failures: [any Error] = []
        do {
            try await use(client, simulator, mishap, traces.recorder)
        } catch {
            failures.append(error)
        }
        await client.close()
        #expect(failures.isEmpty == [.none, .retriedRead, .overdue].contains(mishap), "\(failures)")
        #expect(traces.areComplete && traces.recorder.events.contains { mishap.isTold(by: $0) })
        let others = [trace(failures), trace(client), trace(configuration)]
        for trace in traces.all + others { #expect(!trace.contains(Self.canary), "\(trace)") }
    }

    private func use(
        _ client: RouterClient,
        _ simulator: RouterOSSimulator,
        _ mishap: Mishap,
        _ recorder: EventRecorder
    ) async throws {
        if mishap == .retriedRead || mishap == .unknownWrite { simulator.inject(.dropConnection(afterCommand: 1)) }
        let secret = HotspotUser(name: "joe", password: Self.canary)
        switch mishap {
        case .overdue:
            let line = #line + 1
            try await client.with { _ in
                await recorder.first { if case .leaseOverdue = $0 { true } else { false } }
            }
            let sites = recorder.events.compactMap { if case .leaseOverdue(_, _, let site) = $0 { site } else { nil } }
            #expect(sites.first == "\(#fileID):\(line)")
        case .leftAlone:
            // The second is refused for what became of the first.
            _ = try? await client.add(secret)
            try await client.add(secret)
        case .waitingForTurn:
            try await client.add(secret)
            let waiting = Task { try await client.add(secret) }
            await recorder.first { if case .rateLimited = $0 { true } else { false } }
            waiting.cancel()
            _ = try await waiting.value
        case .closed:
            try await client.add(secret)
            await client.close()
            try await client.add(secret)
        default:
            if mishap != .retriedRead { try await client.add(secret) }
            let query = RowQuery<HotspotUser>(.equal("password", Self.canary))
            _ = try await client.print(HotspotUser.self, where: query).collect()
        }
    }
}
