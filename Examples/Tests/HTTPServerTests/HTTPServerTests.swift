import Foundation
import HTTPServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct HTTPServerTests {
    @Test func aRequestIsAnsweredByTheHandler() async throws {
        try await serve { port, _ in
            let answer = await exchange(port: port, "GET /a/b%20c?x=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("\r\n\r\nGET a|b c 0"))
        }
    }

    @Test func aBodyInPiecesArrivesWhole() async throws {
        try await serve { port, _ in
            let answer = await exchange(
                port: port,
                "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6\r\n\r\n",
                "abc",
                "def"
            )
            #expect(answer.hasSuffix("POST  6"))
        }
    }

    @Test func headHasTheHeadersAndNoBody() async throws {
        try await serve { port, _ in
            let answer = await exchange(port: port, "HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(answer.contains("Content-Length: 8\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await serve { port, _ in
            let answer = await exchange(
                port: port,
                """
                GET /one HTTP/1.1\r\nHost: x\r\n\r\nPOST /two HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi\
                GET /three HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n
                """
            )
            #expect(answer.components(separatedBy: "HTTP/1.1 200 OK").count == 4)
            let order = ["GET one 0", "POST two 2", "GET three 0"].compactMap { answer.firstRange(of: $0)?.lowerBound }
            #expect(order.count == 3 && order == order.sorted())
        }
    }

    @Test(
        "What the parser lets through is refused by the second look",
        arguments: [
            ("BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
            ("GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("GET /a\\b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nHost : y\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: x\r\nX: a\u{1}b\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\n\r\n", 411),
            ("PUT / HTTP/1.1\r\nHost: x\r\n\r\n", 411),
            ("PATCH / HTTP/1.1\r\nHost: x\r\n\r\n", 411),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 411),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413),
        ]
    )
    func oddRequestsAreRefused(_ bytes: String, _ status: Int) async throws {
        try await serve(handler: { _ in .text(.ok, "reached") }) { port, _ in
            let answer = await exchange(port: port, bytes)
            // A parser that closes at once has refused as well.
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 \(status) ") || answer.hasPrefix("HTTP/1.1 400 "))
            #expect(!answer.contains("reached"))
        }
    }

    @Test func headersThatDoNotFitAreRefused() async throws {
        try await serve(handler: { _ in .text(.ok, "reached") }) { port, _ in
            let long = String(repeating: "a", count: 80_000)
            let answer = await exchange(port: port, "GET / HTTP/1.1\r\nHost: x\r\nX: \(long)\r\n\r\n")
            #expect(!answer.contains("reached"))
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        }
    }

    @Test func aBodyTooLargeIsAnsweredEvenToAClientThatSendsItAll() async throws {
        try await serve { port, _ in
            let answer = await exchange(
                port: port,
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n"
                    + String(repeating: "a", count: 2_000_000)
            )
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func aResponseHeaderCannotSplitTheMessage() async throws {
        try await serve(handler: { _ in HTTPResponse(headers: ["Location": "/\r\nSet-Cookie: a=b"]) }) { port, _ in
            let answer = await exchange(port: port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 500 "))
            #expect(!answer.contains("Set-Cookie"))
        }
    }

    @Test func aPeerThatStallsInsideItsBodyIsHungUpOn() async throws {
        try await serve(limits: .patient { $0.request = .milliseconds(100) }) { port, _ in
            #expect(await isHungUpOn(port: port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nab"))
        }
    }

    @Test func aPeerThatStallsInsideItsHeadersIsHungUpOn() async throws {
        try await serve(limits: .patient { $0.headers = .milliseconds(100) }) { port, _ in
            #expect(await isHungUpOn(port: port, "GET / HTTP/1.1\r\nHos"))
        }
    }

    @Test func aPeerThatGoesAwayInsideItsRequestGivesItsPlaceBackAtOnce() async throws {
        try await serve(limits: .patient { $0.connectionsPerAddress = 1 }) { port, _ in
            _ = await exchange(port: port, "GET / HTTP/1.1\r\nHos", hangsUp: true)
            var answer = ""
            // Until the server has noticed, it turns the second connection away without a word.
            while answer.isEmpty {
                answer = await exchange(port: port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            }
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func aHandlerThatTakesTooLongIsAnsweredFor() async throws {
        var limits = HTTPServer.Limits()
        limits.handler = .milliseconds(50)
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        try await serve(
            limits: limits,
            handler: { request in
                if request.path == ["slow"] { for await _ in gate {} }
                return .text(.ok, "done \(request.path)")
            }
        ) { port, _ in
            let slow = await exchange(port: port, "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(slow.hasPrefix("HTTP/1.1 503 "))
            opener.finish()
        }
    }

    @Test func aRequestInProgressIsFinishedWhenTheServerStops() async throws {
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await serve(handler: { _ in
            arrived.finish()
            for await _ in gate {}
            return .text(.ok, "finished")
        }) { port, server in
            async let answer = exchange(port: port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            for await _ in arrivals {}
            server.stop()
            opener.finish()
            #expect(await answer.hasSuffix("finished"))
        }
    }

    @Test func aPortInUseIsExplained() async throws {
        try await serve { port, _ in
            let second = HTTPServer(HTTPAddress(host: "127.0.0.1", port: port)) { _ in .text(.ok, "") }
            await #expect { try await second.run() } throws: { error in
                "\(error)".contains("another program has that port")
            }
        }
    }
}
