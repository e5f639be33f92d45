import Foundation
import Glibc
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Synchronization

/// The `www` service of a simulated router: what is posted to it is run over the simulator's API.
final class WebService: Sendable {
    struct Request: Sendable {
        let head: String
        let body: [UInt8]
    }

    struct Response: Sendable {
        var status = 200
        var body: [UInt8] = []
        var headers: [String] = []
        /// Says less than it announces, then hangs up.
        var isCut = false
        /// Says nothing for as long as the connection stands.
        var isSilent = false
        /// Hangs up without a word.
        var isDropped = false
    }

    private final class Reply: Sendable {
        let value = Mutex(Response())
    }

    typealias Script = @Sendable (Request) -> Response

    let port: UInt16
    private let listener: Int32
    private let received = Mutex<[Request]>([])
    private let open = Mutex(0)
    private let script: Script

    init(_ script: @escaping Script) throws {
        self.script = script
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        guard isListening else { throw Unexpected() }
        port = UInt16(bigEndian: address.sin_port)
        Thread { [weak self] in
            while case let client = Glibc.accept(descriptor, nil, nil), client >= 0 {
                guard let self else { break }
                Thread { self.serve(client) }.start()
            }
        }.start()
    }

    /// The service of a router, with its user and its tables.
    convenience init(_ simulator: RouterOSSimulator) throws {
        let apiPort = try simulator.listen()
        try self.init { request in
            let login = Self.login(request)
            let answer = Reply()
            let isDone = DispatchSemaphore(value: 0)
            Task {
                let response = await Self.run(request, login, apiPort)
                answer.value.withLock { $0 = response }
                isDone.signal()
            }
            isDone.wait()
            return answer.value.withLock { $0 }
        }
    }

    var requests: [Request] { received.withLock { $0 } }

    /// How many connections stand.
    var connections: Int { open.withLock { $0 } }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    // MARK: HTTP

    private func serve(_ client: Int32) {
        open.withLock { $0 += 1 }
        defer {
            close(client)
            open.withLock { $0 -= 1 }
        }
        var pending: [UInt8] = []
        while let request = Self.read(client, &pending) {
            received.withLock { $0.append(request) }
            let response = script(request)
            if response.isDropped { return }
            if response.isSilent {
                var byte: UInt8 = 0
                while recv(client, &byte, 1, 0) > 0 {}
                return
            }
            let head =
                ["HTTP/1.1 \(response.status) X", "Content-Length: \(response.body.count + (response.isCut ? 9 : 0))"]
                + response.headers
            let bytes = Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + response.body
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
            if response.isCut { return }
        }
    }

    private static func read(_ client: Int32, _ pending: inout [UInt8]) -> Request? {
        let end = Array("\r\n\r\n".utf8)
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let text = String(decoding: pending, as: UTF8.self)
            if let range = text.range(of: "\r\n\r\n") {
                let head = String(text[..<range.lowerBound])
                let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                let length = line?.split(separator: ":").last.flatMap { Int($0.drop { $0 == " " }) } ?? 0
                let start = head.utf8.count + end.count
                if pending.count >= start + length {
                    let body = Array(pending[start..<start + length])
                    pending.removeSubrange(..<(start + length))
                    return Request(head: head, body: body)
                }
            }
            let count = recv(client, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            pending += piece[..<count]
        }
    }

    // MARK: REST

    private static func login(_ request: Request) -> (user: String, password: String)? {
        let name = "authorization: basic "
        guard let line = request.head.split(separator: "\r\n").first(where: { $0.lowercased().hasPrefix(name) }),
            let data = Data(base64Encoded: String(line.dropFirst(name.count)))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    private static func run(_ request: Request, _ login: (user: String, password: String)?, _ port: UInt16) async
        -> Response
    {
        let words = request.head.split(separator: " ")
        guard words.count > 1, words[0] == "POST", words[1].hasPrefix("/rest/"), let login,
            let object = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        else { return Response(status: 400, body: Array(#"{"error":400,"message":"Bad Request"}"#.utf8)) }
        var command = Command(String(words[1].dropFirst("/rest".count))) { attributes in
            for (name, value) in object where name != ".query" {
                attributes[name] = (value as? [String])?.joined(separator: ",") ?? value as? String
            }
        }
        if let query = object[".query"] as? [String] { command.query = Query(words: query) }
        do {
            let credentials = Credentials.user(login.user, password: login.password)
            let answer = try await RouterOSConnection.with("127.0.0.1", port: port, as: credentials) {
                [command] router in try await router.run(command)
            }
            let rows = answer.rows.map { Dictionary($0.attributes.map { ($0.name, $0.value) }) { first, _ in first } }
            let json: Any = answer.returned.map { ["ret": $0] } ?? rows
            return Response(body: Array(try JSONSerialization.data(withJSONObject: json)))
        } catch let error as RouterOSError where error.code == .authentication {
            return Response(status: 401, body: Array(#"{"error":401,"message":"Unauthorized"}"#.utf8))
        } catch {
            let detail = (error as? RouterOSError)?.routerMessage ?? "\(error)"
            let json = ["error": "400", "message": "Bad Request", "detail": detail]
            return Response(status: 400, body: Array((try? JSONSerialization.data(withJSONObject: json)) ?? Data()))
        }
    }
}

/// Something happened that no test expects.
struct Unexpected: Error {}
