import Foundation
import HTTPServer
import Testing

/// What two readers of the same bytes could take for different requests.
@Suite(.timeLimit(.minutes(1)))
struct SmugglingTests {
    private static let hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test(
        "A message whose end is in doubt is refused, and the connection with it",
        arguments: [
            // Folded lines, which the parser glues to the name in front of them.
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n 35\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\t35\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length:\r\n 35\r\nHost: x\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nTransfer-Encoding:\r\n chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n 5\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n 35\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX-Any: a\r\n b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX-Any: a\r\n b\r\nX-More: c\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX-Any:\r\n \r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n",
            "GET / HTTP/1.1\r\n Host: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Lengthy: 1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nTRANSFER-ENCODINGchunked: 1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nHosty: 1\r\n\r\n",
            // A body whose length nobody said.
            "POST / HTTP/1.1\r\nHost: x\r\n\r\n", "PUT / HTTP/1.1\r\nHost: x\r\n\r\n",
            // Zero bytes, at which the parser cuts what it hands out.
            "GET /a\u{0}b HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\u{0}\r\nHost: x\r\n\r\n",
            "GET\u{0} / HTTP/1.1\r\nHost: x\r\n\r\n", "G\u{0}ET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\u{0}y\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\u{0}\r\nX: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: a\u{0}b\r\n\r\n", "GET / HTTP/1.1\r\nX: a\u{0}b\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX\u{0}Y: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nX: \u{0}\r\nY: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n\u{0}X: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\u{0}5\r\nX: y\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\u{0}5\r\n\r\n",
            // Lines that end in one byte.
            "GET / HTTP/1.1\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nX: a\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nX: a\rHost: x\r\n\r\n", "GET / HTTP/1.1\nHost: x\n\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: a\n\n", "GET / HTTP/1.1\r\nHost: x\r\n\u{0}\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: a\u{0}\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nX: a\n\u{0}b\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\u{0}\r\n\r\n",
            // Blanks where one is allowed, and a target that holds one.
            "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nX: y\r\n\r\n", "GET /\r\nHost: x\r\n\r\n",
            "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", "GET /  HTTP/1.1\r\nHost: x\r\n\r\n",
        ]
    )
    func oneAnswerAndNoMore(_ request: String) async throws {
        try await serve(handler: { _ in .text(.ok, "reached") }) { port, _ in
            let answer = await exchange(port: port, request + Self.hidden, patience: 3)
            #expect(!answer.contains("reached"), "\(answer)")
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer)")
            #expect(answer.components(separatedBy: "HTTP/1.1 ").count <= 2, "\(answer)")
            // With nothing behind it, what follows the head in the parser's memory looks different.
            #expect(!(await exchange(port: port, request, patience: 3)).contains("reached"))
        }
    }

    @Test func aFoldedLengthIsAnsweredOnce() async throws {
        try await serve(handler: { _ in .text(.ok, "reached") }) { port, _ in
            let answer = await exchange(
                port: port,
                "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n 35\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
            )
            #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains("Connection: close"), "\(answer)")
            #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2, "\(answer)")
        }
    }

    @Test(
        "What is legal is not mistaken for that",
        arguments: [
            "GET /a?b=%20c&d HTTP/1.1\r\nHost: x\r\nCookie: a=b; c=d\r\nX:\r\nY:   \r\nZ:\t a b \t\r\n",
            "GET / HTTP/1.1\r\nHost:x\r\nX-Long: \(String(repeating: "a", count: 40_000))\r\nY: b\r\n",
            "GET / HTTP/1.1\r\n\(String(repeating: "X-Many: value\r\n", count: 200))Host: x\r\n",
            "DELETE / HTTP/1.1\r\nHost: x\r\n", "OPTIONS / HTTP/1.1\r\nHost: x\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n",
        ]
    )
    func legalHeadsAreTaken(_ head: String) async throws {
        try await serve(handler: { _ in .text(.ok, "reached") }) { port, _ in
            // Twice on one connection, and once byte by byte where it is short.
            let whole = await exchange(port: port, head + "\r\n" + head + "Connection: close\r\n\r\n")
            #expect(whole.components(separatedBy: "reached").count == 3, "\(whole)")
            let bytes =
                head.utf8.count < 200 ? (head + "Connection: close\r\n\r\n").unicodeScalars.map { String($0) } : []
            if !bytes.isEmpty {
                let pieces = await exchange(port: port, pieces: bytes, isHurried: false)
                #expect(pieces.hasSuffix("reached"), "\(pieces)")
            }
        }
    }

    @Test func aHeadWithoutFieldsIsTakenFromAnOldClient() async throws {
        try await serve(handler: { _ in .text(.ok, "reached") }) { port, _ in
            #expect(await exchange(port: port, "GET / HTTP/1.0\r\n\r\n").hasSuffix("reached"))
        }
    }

    @Test("A request line that fills the memory of its connection is survived", arguments: [0, 1])
    func memoryIsNotReadBeyond(_ fields: Int) async throws {
        var limits = HTTPServer.Limits()
        limits.connectionMemory = 4096
        try await serve(limits: limits) { port, _ in
            let field = String(repeating: "X:y\n", count: fields)
            for length in 3900..<4100 {
                let target = String(repeating: "a", count: length)
                _ = await exchange(port: port, "GET /\(target) HTTP/1.0\n\(field)\n", hangsUp: length % 8 != 0)
            }
            #expect(await exchange(port: port, "GET / HTTP/1.0\r\n\r\n").hasSuffix("GET  0"))
        }
    }
}
