import HTTPServer
import Synchronization

@testable import WebPanel

/// A browser of one person: it keeps cookies and repeats the form token of the last page it saw.
final class Browser: Sendable {
    private struct State {
        var cookies: [String: String] = [:]
        var formToken: String?
        var key: String?
    }

    private let shop: Shop
    private let state = Mutex(State())

    init(shop: Shop) { self.shop = shop }

    var cookies: [String: String] { state.withLock { $0.cookies } }

    func get(_ target: String, headers: HTTPHeaders = [:]) async -> Answer {
        await send(.get, target, headers, [])
    }

    /// Sends a form with the token and the key of the last page, unless they are given.
    func post(_ target: String, _ fields: [String: String] = [:], headers extra: HTTPHeaders = [:]) async -> Answer {
        let (token, key) = state.withLock { ($0.formToken, $0.key) }
        var all = fields
        if let token, all["form_token"] == nil { all["form_token"] = token }
        if let key, all["key"] == nil { all["key"] = key }
        var headers = extra
        if headers["Content-Type"] == nil { headers["Content-Type"] = "application/x-www-form-urlencoded" }
        return await send(.post, target, headers, Array(FormFields(all.map { ($0.key, $0.value) }).encoded.utf8))
    }

    private func send(_ method: HTTPMethod, _ target: String, _ extra: HTTPHeaders, _ body: [UInt8]) async -> Answer {
        var headers = extra
        headers["Host"] = "panel.test"
        let cookies = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        if !cookies.isEmpty { headers["Cookie"] = cookies }
        let answer = await shop.send(method, target, headers, body)
        state.withLock { state in
            for cookie in answer.headers.values("Set-Cookie") {
                let parts = cookie.prefix { $0 != ";" }.split(
                    separator: "=",
                    maxSplits: 1,
                    omittingEmptySubsequences: false
                )
                state.cookies[String(parts[0])] = cookie.contains("Max-Age=0") ? nil : String(parts[1])
            }
            state.formToken = answer.body.value(of: "form_token") ?? state.formToken
            state.key = answer.body.value(of: "key") ?? state.key
        }
        return answer
    }
}

extension String {
    /// The value of the first hidden field of a name.
    func value(of field: String) -> String? {
        guard let start = firstRange(of: "name=\"\(field)\" value=\"")?.upperBound else { return nil }
        return String(self[start...].prefix { $0 != "\"" })
    }
}
