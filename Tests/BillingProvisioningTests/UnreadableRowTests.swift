import BillingDomain
import BillingPersistence
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@testable import BillingProvisioning

@Suite("Rows that cannot be read")
struct UnreadableRowTests {
    /// A router that shows nonsense for some of its users, or in another menu that has rows of theirs.
    private struct Garbling: RouterOSCommands {
        let inner: any RouterOSCommands
        var menu = HotspotUser.menu
        var name = "name"
        var garbled = "limit-uptime"
        let names: Set<String>

        var endpoint: String { inner.endpoint }

        func run(_ command: Command, deadline: Duration?) async throws -> Answer {
            let answer = try await inner.run(command, deadline: deadline)
            guard command.path == menu + "/print" else { return answer }
            let rows = answer.rows.compactMap { row in
                guard let whose = row[name], names.contains(whose) else { return row }
                return UnreadableRowTests.row([name: whose, ".id": row[".id"] ?? "", garbled: "soon"])
            }
            return Answer(rows: rows, returned: answer.returned)
        }

        func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
            inner.stream(command, deadline: deadline)
        }
    }

    private static func row(_ attributes: [String: String]) -> Sentence? {
        var encoder = SentenceEncoder()
        encoder.append(Reply(.row) { for (name, value) in attributes { $0[name] = value } })
        var decoder = SentenceDecoder()
        decoder.feed(encoder.bytes)
        return try? decoder.next()
    }

    @Test("one keeps nobody else from being written, and whose it is hears of it")
    func others() async throws {
        let shop = try await Shop()
        let codes = try await shop.generate(3)
        await shop.provisioner.provisionOnce()
        for code in codes {
            _ = try await shop.session.vouchers.writeOff(code: code, reason: "lost", key: .new())
        }
        let claim = try #require(try await shop.billing.provisioning.claim(owner: "test"))
        let work = try await shop.billing.provisioning.work(claim, limit: 10)
        let connection = try await RouterOSConnection.connect(
            "127.0.0.1",
            port: shop.port,
            as: .user("api", password: "secret")
        )
        let router = RouterWork(router: Garbling(inner: connection, names: [codes[1]]), now: { shop.now }) { _ in }
        let outcomes = try await router.converge(work)
        await connection.close()
        #expect(outcomes.count == 3)
        for outcome in outcomes {
            if outcome.work.entry.name == codes[1] {
                guard case .failed(let detail, retry: true) = outcome.result else {
                    Issue.record("\(outcome.result)")
                    continue
                }
                #expect(detail.contains("/ip/hotspot/user") && !detail.contains(codes[1]))
            } else {
                #expect(outcome.result == .removed)
            }
        }
        #expect(shop.usersOnRouter == [codes[1]])
    }

    @Test("a session that makes no sense is passed over and told of, and neither it nor another ends by that")
    func sessions() async throws {
        let shop = try await Shop()
        let codes = try await shop.generate(2)
        await shop.provisioner.provisionOnce()
        try shop.logIn(codes[0])
        try shop.simulator.logIn(codes[1], password: codes[1], address: "10.5.50.3")
        await shop.provisioner.syncOnce()
        func online() async throws -> Set<String?> {
            Set(try await shop.session.networkSessions.list(.online).items.map(\.username))
        }
        #expect(try await online() == Set(codes))
        shop.advance(by: .seconds(60))
        let provisioner = shop.provisioner { commands in
            Garbling(inner: commands, menu: HotspotActive.menu, name: "user", garbled: "uptime", names: [codes[0]])
        }
        await provisioner.syncOnce()
        #expect(try await online() == Set(codes))
        #expect(try await shop.session.routers.health(of: shop.router.id)?.trouble == .unreadableRows)
        let detail = try await shop.session.routers.router(shop.router.id).statusDetail
        #expect(detail == "1 rows could not be read and were passed over.")
        await shop.provisioner.syncOnce()
        #expect(try await shop.session.routers.health(of: shop.router.id)?.trouble == nil)
    }

    @Test("an answer is taken apart row by row, and a row without a name is nobody's")
    func takenApart() throws {
        let answer = [["name": "a"], ["name": "b", "bytes-in": "many"], ["bytes-in": "1"]].compactMap(Self.row)
        #expect(answer.count == 3)
        let rows = ReadableRows<HotspotUser>(answer)
        #expect(rows.rows.map(\.name) == ["a"])
        #expect(rows.unreadable.keys.sorted() == ["b"])
    }
}
