import Foundation
import HTTPServer
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@testable import RouterSimulator

/// The control port, asked without a socket.
@Suite struct ControlTests {
    private static func control() throws -> Control {
        let router = try RouterOSSimulator(
            credentials: .user("api", password: "secret"),
            rows: "/ip/hotspot/user name=A7K2 password=A7K2 limit-uptime=3h"
        )
        return Control(routers: [ServedRouter(number: 1, port: 8_728, router: router)])
    }

    private static func ask(
        _ control: Control,
        _ method: HTTPMethod,
        _ target: String,
        _ body: String = "",
        headers: [(name: String, value: String)] = []
    ) throws -> (status: Int, json: [String: Any]) {
        var fields = HTTPHeaders(headers)
        if fields["Host"] == nil { fields["Host"] = "127.0.0.1:9000" }
        if !body.isEmpty, fields["Content-Type"] == nil { fields["Content-Type"] = "application/json" }
        let request = try #require(HTTPRequest(method, target, headers: fields, body: Array(body.utf8)))
        let response = control.answer(request)
        let json = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
        return (response.status.rawValue, json ?? [:])
    }

    @Test func itListsRouters() throws {
        let (status, json) = try Self.ask(Self.control(), .get, "/routers")
        #expect(status == 200)
        let router = try #require((json["routers"] as? [[String: Any]])?.first)
        #expect(router["port"] as? Int == 8_728)
        #expect(router["online"] as? Int == 0)
        #expect(router["release"] as? String == "7.18.2")
    }

    @Test func customersComeAndGo() throws {
        let control = try Self.control()
        let login = try Self.ask(control, .post, "/routers/1/login", #"{"user": "A7K2"}"#)
        #expect(login.status == 200)
        #expect(login.json["ip"] as? String == "10.5.50.2")
        #expect(control.routers[0].router.rows("/ip/hotspot/active").map { $0["user"] } == ["A7K2"])
        let logout = try Self.ask(control, .post, "/routers/1/logout", #"{"user": "A7K2"}"#)
        #expect(logout.status == 200)
        #expect(control.routers[0].router.rows("/ip/hotspot/active").isEmpty)
        let again = try Self.ask(control, .post, "/routers/1/logout", #"{"user": "A7K2"}"#)
        #expect(again.status == 409)
    }

    @Test func faultsAreNamedSetAndTakenBack() throws {
        let control = try Self.control()
        for name in ["stall", "latency uniform 10ms 40ms"] {
            let (status, _) = try Self.ask(control, .post, "/routers/1/faults", #"{"name": "\#(name)"}"#)
            #expect(status == 200)
        }
        let later = try Self.ask(
            control,
            .post,
            "/routers/1/faults",
            #"{"name": "refuse-login", "after": "10s", "for": "5s"}"#
        )
        #expect(later.json["faults"] as? [String] == ["stall", "latency uniform 10ms 40ms"])
        let advanced = try Self.ask(control, .post, "/advance", #"{"seconds": 12}"#)
        #expect(advanced.status == 200)
        #expect(control.routers[0].router.faults.map(\.name).contains("refuse-login"))
        let one = try Self.ask(control, .delete, "/routers/1/faults?name=stall")
        #expect(one.json["faults"] as? [String] == ["latency uniform 10ms 40ms", "refuse-login"])
        let all = try Self.ask(control, .delete, "/routers/1/faults")
        #expect(all.json["faults"] as? [String] == [])
    }

    @Test func faultsToComeAreListedAndTakenBack() throws {
        let control = try Self.control()
        let body = #"{"name": "stall", "after": "90s", "for": "5s"}"#
        let planned = try Self.ask(control, .post, "/routers/1/faults", body)
        let expected = [["name": "stall", "after": "90s", "for": "5s"]]
        #expect(planned.json["planned"] as? [[String: String]] == expected)
        let listed = try Self.ask(control, .get, "/routers/1")
        #expect(listed.json["planned"] as? [[String: String]] == expected)
        let none = try Self.ask(control, .delete, "/routers/1/faults")
        #expect((none.json["planned"] as? [[String: String]])?.isEmpty == true)
        control.routers[0].router.advance(by: .seconds(91))
        #expect(control.routers[0].router.faults.isEmpty)
    }

    @Test func aRouterIsSwitchedOffAndOn() throws {
        let control = try Self.control()
        let off = try Self.ask(control, .post, "/routers/1/power", #"{"on": false}"#)
        #expect(off.json["up"] as? Bool == false)
        _ = try Self.ask(control, .post, "/routers/1/faults", #"{"name": "reboot"}"#)
        let listed = try Self.ask(control, .get, "/routers/1")
        #expect(listed.json["up"] as? Bool == false)
        let on = try Self.ask(control, .post, "/routers/1/power", #"{"on": true}"#)
        #expect(on.json["up"] as? Bool == true)
        #expect(try Self.ask(control, .post, "/routers/1/power", "{}").status == 400)
    }

    @Test func customersDialAndHangUp() throws {
        let control = try Self.control()
        let secret = ["name": "amina", "password": "p", "remote-address": "10.9.0.2"]
        try control.routers[0].router.run("/ppp/secret/add", attributes: secret)
        let dialled = try Self.ask(control, .post, "/routers/1/dial", #"{"user": "amina"}"#)
        #expect(dialled.json["ip"] as? String == "10.9.0.2")
        #expect(try Self.ask(control, .post, "/routers/1/dial", #"{"user": "nobody"}"#).status == 409)
        let gone = try Self.ask(control, .post, "/routers/1/hang-up", #"{"user": "amina"}"#)
        #expect(gone.json["sessions"] as? Int == 1)
        #expect(try Self.ask(control, .post, "/routers/1/hang-up", #"{"user": "amina"}"#).status == 409)
    }

    @Test func commandsRunAndRowsAreRead() throws {
        let control = try Self.control()
        let body = #"{"command": "/ip/hotspot/user/add", "attributes": {"name": "b"}}"#
        let run = try Self.ask(control, .post, "/routers/1/run", body)
        #expect(run.status == 200)
        let rows = try Self.ask(control, .get, "/routers/1/rows?menu=/ip/hotspot/user")
        #expect((rows.json["rows"] as? [[String: String]])?.last?["name"] == "b")
        let refused = try Self.ask(control, .post, "/routers/1/run", body)
        #expect(refused.status == 409)
        #expect((refused.json["error"] as? String)?.contains("already have user") == true)
    }

    @Test(arguments: [
        (HTTPMethod.get, "/", "", 404), (.get, "/routers/2", "", 404), (.get, "/routers/x/rows", "", 404),
        (.delete, "/routers", "", 405), (.get, "/routers/1/login", "", 405), (.get, "/routers/1/rows", "", 400),
        (.get, "/routers/1/rows?menu=/no/such", "", 409), (.post, "/routers/1/faults", #"{"name": "flood"}"#, 400),
        (.post, "/routers/1/faults", "{", 400), (.post, "/routers/1/faults", #"{"name": 3}"#, 400),
        (.post, "/routers/1/login", "{}", 400), (.post, "/routers/1/login", #"{"user": "nobody"}"#, 409),
        (.post, "/advance", #"{"seconds": -1}"#, 400), (.post, "/advance", "{}", 400),
        (.post, "/routers/1/faults", #"{"name": "stall", "after": "soon"}"#, 400),
    ])
    func whatIsWrongIsSaid(method: HTTPMethod, target: String, body: String, status: Int) throws {
        let answer = try Self.ask(Self.control(), method, target, body)
        #expect(answer.status == status)
        #expect((answer.json["error"] as? String)?.isEmpty == false)
    }

    @Test(arguments: [
        ("/advance", #"{"seconds": 1, "second": 2}"#, ".second", "seconds"),
        ("/routers/1/login", #"{"user": "A7K2", "address": "10.5.50.2"}"#, ".address", "ip, mac, password, user"),
        ("/routers/1/logout", #"{"user": "A7K2", "ip": "10.5.50.2"}"#, ".ip", "user"),
        ("/routers/1/faults", #"{"name": "stall", "lasting": "1m"}"#, ".lasting", "after, for, name"),
        ("/routers/1/run", #"{"command": "/system/identity/print", "args": {}}"#, ".args", "attributes, command"),
    ])
    func aMemberThatNobodyReadsIsNamed(target: String, body: String, name: String, known: String) throws {
        let control = try Self.control()
        let answer = try Self.ask(control, .post, target, body)
        #expect(answer.status == 400)
        let error = try #require(answer.json["error"] as? String)
        #expect(error.contains("\(name) is unknown") && error.contains(known), "\(error)")
        #expect(control.routers[0].router.faults.isEmpty)
        #expect(control.routers[0].router.time == .zero)
    }

    @Test func aQueryThatNobodyReadsTakesNoFaultBack() throws {
        let control = try Self.control()
        control.routers[0].router.inject(.stall)
        for target in ["/routers/1/faults?nmae=stall", "/routers?name=stall", "/routers/1/rows?menu=/user&all=yes"] {
            let answer = try Self.ask(control, target.hasPrefix("/routers/1/f") ? .delete : .get, target)
            #expect(answer.status == 400)
            #expect((answer.json["error"] as? String)?.contains("is unknown") == true)
        }
        #expect(control.routers[0].router.faults == [.stall])
    }

    @Test(arguments: [(2_678_400.0, 200), (2_678_401, 400), (1e300, 400)])
    func oneRequestLetsAMonthPassAtMost(seconds: Double, status: Int) throws {
        let control = try Self.control()
        let answer = try Self.ask(control, .post, "/advance", #"{"seconds": \#(seconds)}"#)
        #expect(answer.status == status)
        #expect(control.routers[0].router.time == (status == 200 ? .seconds(seconds) : .zero))
        if status != 200 { #expect((answer.json["error"] as? String)?.contains("31 days") == true) }
    }

    @Test(arguments: [
        [(name: "Host", value: "evil.example:9000")], [(name: "Host", value: "127.0.0.1.evil.example")],
        [(name: "Host", value: "")], [(name: "Host", value: "127.0.0.1:9000:1")],
        [(name: "Origin", value: "http://evil.example")], [(name: "Origin", value: "null")],
        [(name: "Sec-Fetch-Site", value: "cross-site")],
    ])
    func webPagesAreRefused(headers: [(name: String, value: String)]) throws {
        let answer = try Self.ask(Self.control(), .get, "/routers", headers: headers)
        #expect(answer.status == 403)
    }

    @Test func aFormIsNoJSON() throws {
        let answer = try Self.ask(
            Self.control(),
            .post,
            "/advance",
            #"{"seconds": 1}"#,
            headers: [("Content-Type", "text/plain")]
        )
        #expect(answer.status == 415)
    }
}
