import RouterOSProtocol
import Testing

@testable import RouterOSTesting

@Suite struct PermissionTests {
    /// A router with a user of a group with these rights, and a connection that user is signed in on.
    private func dialogue(_ policies: String, _ attributes: String...) -> (router: Dialogue, user: Int) {
        var dialogue = Dialogue()
        dialogue.add("guest", "=password=canary")
        dialogue.say("/user/group/add", "=name=g", "=policy=\(policies)")
        dialogue.say(["/user/add", "=name=u", "=password=p", "=group=g"] + attributes)
        let connection = dialogue.router.open(from: "192.0.2.7")
        dialogue.router.receive(Dialogue.encode(["/login", "=name=u", "=password=p"]), on: connection)
        return (dialogue, connection)
    }

    /// What comes back to a connection, each sentence as its words.
    private func say(_ words: [String], _ router: inout Dialogue, _ connection: Int) -> [[String]] {
        _ = router.router.takeOutgoing()
        router.router.receive(Dialogue.encode(words), on: connection)
        return Dialogue.decode(router.router.takeOutgoing().filter { $0.connection == connection }.flatMap(\.bytes))
    }

    @Test(
        "A right that is missing is refused in the words of a router",
        arguments: [
            ("api", "/ip/hotspot/user/print", false), ("api,read", "/ip/hotspot/user/print", true),
            ("api,read", "/ip/hotspot/user/add =name=new", false),
            ("api,read,write", "/ip/hotspot/user/add =name=new", true),
            ("api,read,write", "/user/add =name=new =group=read", false),
            ("api,read,write,policy", "/user/add =name=new =group=read", true),
            ("api,read,write", "/user/active/request-logout =.id=*1", false),
            ("api,read,write,policy", "/user/active/request-logout =.id=*1", true),
            ("api,read,write", "/interface/monitor-traffic =interface=ether1 =once=", false),
            ("api,read,write,test", "/interface/monitor-traffic =interface=ether1 =once=", true),
        ]
    )
    func rights(_ policies: String, _ command: String, _ isAllowed: Bool) {
        var (router, user) = dialogue(policies)
        let answer = say(command.split(separator: " ").map(String.init), &router, user)
        if isAllowed {
            #expect(answer.last?.first == "!done" && !answer.contains { $0.first == "!trap" }, "\(answer)")
        } else {
            #expect(answer == [["!trap", "=message=not enough permissions (9)"], ["!done"]])
        }
    }

    @Test("Without the right `sensitive` a password is in no row, no query and no news")
    func sensitiveColumns() {
        var (router, user) = dialogue("api,read,write")
        let rows =
            say(["/ip/hotspot/user/print"], &router, user)
            + say(["/ip/hotspot/user/print", "=.proplist=name,password"], &router, user)
        #expect(!rows.joined().contains { $0.contains("canary") })
        #expect(!say(["/ip/hotspot/user/print", "?password=canary"], &router, user).contains { $0.first == "!re" })
        #expect(
            say(["/ip/hotspot/user/get", "=.id=guest", "=value-name=password"], &router, user) == [["!done", "=ret="]]
        )
        _ = say(["/ip/hotspot/user/listen", ".tag=1"], &router, user)
        let news = say(["/ip/hotspot/user/set", "=.id=guest", "=comment=x", ".tag=2"], &router, user)
        #expect(news.contains { $0.contains("=comment=x") } && !news.joined().contains { $0.contains("canary") })
        #expect(router.values("password", "/ip/hotspot/user/print") == ["canary"])
    }

    @Test("A password of the router's own users is never shown")
    func hiddenColumns() {
        var router = Dialogue()
        #expect(!router.say("/user/print", "=.proplist=name,password").joined().contains { $0.contains("secret") })
        #expect(!router.say("/user/print", "?password=secret").contains { $0.first == "!re" })
    }

    @Test(
        "A user signs in from the addresses of the list alone",
        arguments: [
            ("192.0.2.0/24", true), ("192.0.2.8", false), ("10.0.0.0/8,192.0.2.7/32", true), ("0.0.0.0/0", true),
            ("", true),
        ]
    )
    func addresses(_ list: String, _ isAdmitted: Bool) {
        var (router, user) = dialogue("api,read", "=address=\(list)")
        #expect((say(["/system/identity/print"], &router, user).first?.first == "!re") == isAdmitted)
    }

    @Test("Whoever is signed in is a row, and removing it ends the connection")
    func signedInUsers() {
        var (router, user) = dialogue("api,read")
        #expect(router.values("name", "/user/active/print") == ["api", "u"])
        #expect(router.values("address", "/user/active/print", "?name=u") == ["192.0.2.7"])
        #expect(router.values("group", "/user/active/print", "?name=u") == ["g"])
        #expect(
            router.values("last-logged-in", "/user/print", "?name=u")
                == router.values("when", "/user/active/print", "?name=u")
        )
        let id = (router.values(".id", "/user/active/print", "?name=u").first ?? nil) ?? ""
        router.say("/user/active/request-logout", "=.id=\(id)")
        #expect(router.values("name", "/user/active/print") == ["api"])
        #expect(say(["/system/identity/print"], &router, user) == [])
    }

    @Test("A connection more than the service takes is ended at once, and one from elsewhere too")
    func fullService() {
        var router = Dialogue()
        router.say("/ip/service/set", "=.id=api", "=max-sessions=2")
        let (second, third) = (router.router.open(), router.router.open())
        let closed = router.router.takeOutgoing().filter(\.closes).map(\.connection)
        #expect(closed == [third] && second != third)
        router.router.closed(second)
        router.say("/ip/service/set", "=.id=api", "=address=192.0.2.0/24")
        let stranger = router.router.open(from: "203.0.113.9")
        #expect(router.router.takeOutgoing().filter(\.closes).map(\.connection) == [stranger])
    }
}
