import Foundation
import HTTPServer

/// What a request of the control port brings, whichever it is for.
struct ControlBody: Decodable {
    var user: String?
    var password: String?
    var ip: String?
    var mac: String?
    var name: String?
    var after: String?
    var lasting: String?
    var seconds: Double?
    var on: Bool?
    var command: String?
    var attributes: [String: String]?

    enum CodingKeys: String, CodingKey {
        case user, password, ip, mac, name, after, seconds, on, command, attributes
        case lasting = "for"
    }

    /// Reads a request's body, which has no members but these.
    init(_ request: HTTPRequest, _ members: CodingKeys...) throws(ControlError) {
        // No form of a web page can send this type without asking first.
        guard request.mediaType == "application/json" else {
            throw ControlError(.unsupportedMediaType, "send JSON, with Content-Type: application/json")
        }
        let text = Data(request.body)
        let known = Dictionary(members.map { ($0.stringValue, KnownMembers.anything) }) { first, _ in first }
        if let problem = KnownMembers.object(known).problem(in: text) {
            throw ControlError(.badRequest, "the body: \(problem)")
        }
        do {
            self = try JSONDecoder().decode(ControlBody.self, from: text)
        } catch {
            throw ControlError(.badRequest, "the body: \(Scenario.account(of: error))")
        }
    }

    func required(_ field: KeyPath<ControlBody, String?>, _ name: String) throws(ControlError) -> String {
        guard let value = self[keyPath: field], !value.isEmpty else {
            throw ControlError(.badRequest, "\(name) is missing")
        }
        return value
    }

    func span(_ field: KeyPath<ControlBody, String?>, _ name: String) throws(ControlError) -> Duration? {
        guard let text = self[keyPath: field] else { return nil }
        do throws(Scenario.Problem) {
            return try Scenario.duration(text, name)
        } catch {
            throw ControlError(.badRequest, error.message)
        }
    }
}

extension HTTPResponse {
    /// A value as JSON, its members in the order of their names.
    static func json(_ value: Any, _ status: HTTPStatus = .ok) -> HTTPResponse {
        let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
        return HTTPResponse(
            status,
            headers: ["Content-Type": "application/json", "X-Content-Type-Options": "nosniff"],
            body: Array(data ?? Data()) + [UInt8(ascii: "\n")]
        )
    }
}
