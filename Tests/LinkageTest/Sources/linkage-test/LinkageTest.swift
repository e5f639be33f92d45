import RouterOSProtocol

@main
struct LinkageTest {
    static func main() throws {
        var encoder = SentenceEncoder()
        encoder.append("/ip/hotspot/user/add", tag: 7) { $0["name"] = "A7K2" }
        encoder.append(Command.print("/ip/hotspot/user", properties: ["name"], where: .equal("name", "A7K2")))
        var decoder = SentenceDecoder()
        decoder.feed(encoder.take())
        while let sentence = try decoder.next() { print(sentence) }
        var session = SessionMachine()
        session.logIn(user: "api", password: "secret")
        print(session.takeOutgoing().count, Duration(routerOS: "1w2d")?.routerOSText ?? "none")
    }
}
