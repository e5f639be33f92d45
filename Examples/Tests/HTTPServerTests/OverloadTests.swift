import Dispatch
import Foundation
import HTTPServer
import Testing

/// What one peer, or many, can take from the others.
@Suite(.timeLimit(.minutes(1)), .serialized)
struct OverloadTests {
    private static let post = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"

    @Test func allBodiesTogetherHaveABudget() async throws {
        var limits = HTTPServer.Limits()
        limits.bodies = 100_000
        try await serve(limits: limits) { port, _ in
            let half = String(repeating: "a", count: 60_000)
            let whole = Self.post + "Content-Length: 60000\r\n\r\n" + half
            let held = HeldConnection(port: port, sending: Self.post + "Content-Length: 60001\r\n\r\n" + half)
            var answer = ""
            // The bytes of the held body are on their way for a while.
            for _ in 0..<50 where !answer.hasPrefix("HTTP/1.1 503 ") {
                answer = await exchange(port: port, whole + "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n")
            }
            #expect(answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("Connection: close"), "\(answer)")
            #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2, "\(answer)")
            // A small one still fits.
            #expect(await exchange(port: port, Self.post + "Content-Length: 2\r\n\r\nab").hasSuffix("POST  2"))
            withExtendedLifetime(held) {}
        }
    }

    @Test func whatABodyHeldIsGivenBack() async throws {
        var limits = HTTPServer.Limits()
        limits.bodies = 10
        try await serve(limits: limits) { port, _ in
            for _ in 0..<5 {
                // It is given back once the handler is done with it, which may be after the answer.
                var answer = ""
                while !answer.hasSuffix("POST  8") {
                    answer = await exchange(port: port, Self.post + "Content-Length: 8\r\n\r\n12345678")
                }
                let tooMuch = await exchange(port: port, Self.post + "Content-Length: 12\r\n\r\n123456789012")
                #expect(tooMuch.hasPrefix("HTTP/1.1 503 "))
            }
        }
    }

    @Test func aRouteMayTakeLessThanTheServer() async throws {
        var policy = HTTPServer.Policy()
        policy.bodyLimit = { $0.path == ["small"] ? 4 : .max }
        policy.response = { HTTPResponse($0.status, body: Array("refused \($0.target)".utf8)) }
        try await serve(policy: policy) { port, _ in
            let small = Self.post.replacing("POST /", with: "POST /small")
            let refused = await exchange(port: port, small + "Content-Length: 5\r\n\r\n12345")
            #expect(refused.hasPrefix("HTTP/1.1 413 ") && refused.hasSuffix("refused /small"))
            #expect(await exchange(port: port, small + "Content-Length: 4\r\n\r\n1234").hasSuffix(" 4"))
            #expect(await exchange(port: port, Self.post + "Content-Length: 5\r\n\r\n12345").hasSuffix(" 5"))
        }
    }

    @Test func whoeverWaitsWithoutAskingMakesRoomForOthers() async throws {
        var limits = HTTPServer.Limits()
        limits.connections = 10
        try await serve(limits: limits) { port, _ in
            let held = (0..<30).map { _ in HeldConnection(port: port, sending: "GET / HTTP/1.1\r\nHos") }
            let answer = await exchange(port: port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
            #expect(held.first?.isClosedByServer == true)
        }
    }

    /// Handlers that block every thread there is for them must not hold back the end of a slow peer.
    @Test func deadlinesDoNotWaitForHandlers() async throws {
        let gate = DispatchSemaphore(value: 0)
        let count = ProcessInfo.processInfo.activeProcessorCount * 2
        try await serve(
            limits: .patient { $0.request = .milliseconds(100) },
            handler: { _ in
                wait(for: gate)
                return .text(.ok, "")
            }
        ) { port, _ in
            let isHungUp = await onThread {
                let busy = (0..<count).map { _ in
                    HeldConnection(port: port, sending: "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                }
                defer { for _ in busy { gate.signal() } }
                return HeldConnection(port: port, sending: "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na")
                    .isClosedByServer
            }
            #expect(isHungUp)
        }
    }
}

/// Blocks the calling thread, which an asynchronous function may not do by itself.
private func wait(for gate: DispatchSemaphore) {
    gate.wait()
}
