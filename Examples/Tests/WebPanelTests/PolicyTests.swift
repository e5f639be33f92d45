import HTTPServer
import Testing

@testable import WebPanel

struct PolicyTests {
    @Test(
        "A refusal of a program's request comes in the envelope",
        arguments: [
            (HTTPStatus.badRequest, "bad_request"), (.lengthRequired, "length_required"),
            (.contentTooLarge, "too_large"),
            (.uriTooLong, "too_large"), (.notImplemented, "not_implemented"), (.serviceUnavailable, "unavailable"),
        ]
    )
    func refusalsAreEnveloped(_ status: HTTPStatus, _ code: String) {
        for target in ["/api/v1/vouchers", "/api", "/api?x", "/api/%zz"] {
            let answer = Answer(Panel.policy.response(HTTPRefusal(status, "Because.", target: target)))
            #expect(answer.status == status.rawValue)
            #expect(answer.json["success"] == false && answer.json["message"] == "Because.")
            #expect(answer.code == code)
            #expect(answer.headers["Content-Type"] == "application/json")
        }
        for target in ["/", "/apis", "/sign-in", "*"] {
            let answer = Answer(Panel.policy.response(HTTPRefusal(status, "Because.", target: target)))
            #expect(answer.status == status.rawValue && answer.body == "Because.")
        }
    }

    @Test(
        "Only who shows a session or a token may send a large body",
        arguments: [
            (HTTPMethod.post, "/sign-in", [:], true), (.post, "/nothing", [:], true), (.get, "/", [:], true),
            (.post, "/sign-in", ["Cookie": "panel=\(String(repeating: "a", count: 32)).secret"], true),
            (.post, "/routers", [:], true), (.post, "/routers", ["Cookie": "panel=a"], true),
            (.post, "/routers", ["Cookie": "panel=\(String(repeating: "a", count: 32)).secret"], false),
            (.post, "/api/v1/packages", [:], true), (.post, "/api/v1/packages", ["Authorization": "Bearer x"], false),
        ] as [(HTTPMethod, String, HTTPHeaders, Bool)]
    )
    func strangersSendLittle(_ method: HTTPMethod, _ target: String, _ headers: HTTPHeaders, _ isSmall: Bool) throws {
        let request = try #require(HTTPRequest(method, target, headers: headers))
        #expect((Panel.policy.bodyLimit(request) == 16 * 1024) == isSmall)
    }
}
