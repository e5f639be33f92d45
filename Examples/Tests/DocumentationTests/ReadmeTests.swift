import BillingDocuments
import BillingDomain
import BillingPersistenceSQLite
import BillingProvisioning
import BillingServices
import Foundation
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Synchronization
import Testing

/// The snippets of the README, compiled and run as they stand there.
@Suite struct ReadmeTests {
    @Test func everySnippetOfTheReadmeIsInThisFile() throws {
        let source = try Self.lines(of: URL(filePath: #filePath))
        let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let snippets = readme.components(separatedBy: "```swift\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(snippets.count >= 5)
        for line in snippets.joined().split(separator: "\n").map({ $0.trimmingCharacters(in: .whitespaces) })
        where !line.hasPrefix("import ") && !line.isEmpty {
            let isCompiled = source.contains(line)
            #expect(isCompiled, "not in this file: \(line)")
        }
    }

    @Test func sellingProvisioningAndPrinting() async throws {
        let simulator = RouterOSSimulator(credentials: .user("api", password: "secret"))
        let port = Int(try simulator.listen())
        defer { simulator.stop() }
        let folder = URL.temporaryDirectory.appending(path: "readme-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = folder.appending(path: "billing.sqlite").path
        let keyFile = folder.appending(path: "billing.key").path
        let (package, router, token) = try await Self.shop(database, keyFile, port)
        let requestKey = IdempotencyKey.new()

        let billing = try await Billing(store: .sqlite(database), secrets: .keyFile(keyFile))
        let cashier = try await billing.apiSession(token: token)
        let batch = try await cashier.vouchers.generate(50, of: package, on: router, key: requestKey)
        let sheet = VoucherSheet(batch, layout: .a4(columns: 3, rows: 40)).html
        await Provisioner(billing: billing).provisionOnce()

        #expect(batch.vouchers.allSatisfy { sheet.contains($0.code) })
        #expect(Set(simulator.rows(HotspotUser.self).map(\.name)).isSuperset(of: batch.vouchers.map(\.code)))
        let again = try await cashier.vouchers.generate(50, of: package, on: router, key: requestKey)
        #expect(again.vouchers.map(\.code) == batch.vouchers.map(\.code))
        await billing.close()
    }

    /// A shop with a package, a router and a token, as an earlier run of the service left it.
    private static func shop(
        _ database: String,
        _ keyFile: String,
        _ port: Int
    ) async throws -> (Identifier<Package>, Identifier<Router>, String) {
        let billing = try await Billing(store: .sqlite(database), secrets: .keyFile(keyFile))
        let shop = try await billing.createTenant(
            "Lake View WiFi",
            currency: .ugx,
            timeZone: "Africa/Kampala",
            key: .new()
        )
        let (_, secret) = try await billing.createToken("till", role: .superAdministrator, tenant: shop.id)
        let owner = try await billing.apiSession(token: secret)
        let terms = try VoucherTerms(
            validity: .seconds(3 * 3_600),
            dataQuota: .mebibytes(1_536),
            price: Money(decimal: "3000", currency: .ugx)
        )
        let package = try await owner.packages.create(PackageDraft(name: "3 Hours - 1.5GB", terms: terms), key: .new())
        let draft = RouterDraft(name: "Main", host: "127.0.0.1", port: port, username: "api", password: "secret")
        let router = try await owner.routers.add(draft, key: .new())
        await billing.close()
        return (package.id, router.id, secret)
    }

    @Test func oneRouterOneQuestion() async throws {
        let simulator = RouterOSSimulator(credentials: .user("api", password: "secret"), identity: "Lake View")
        let port = try simulator.listen()
        defer { simulator.stop() }
        let (host, secret) = ("127.0.0.1", "secret")

        let name = try await RouterOSConnection.with(host, port: port, as: .user("api", password: secret)) { router in
            try await router.get(SystemIdentity.self).name
        }

        #expect(name == "Lake View")
    }

    @Test func rowsAsTheyArrive() async throws {
        let simulator = RouterOSSimulator(credentials: .user("api", password: "secret"))
        try simulator.run("/ip/hotspot/user/profile/add", ["name": "3h"])
        for (name, profile) in ["fresh": "3h", "other": "default", "used": "3h"] {
            try simulator.run("/ip/hotspot/user/add", ["name": name, "profile": profile])
        }
        try simulator.run("/ip/hotspot/active/login", ["user": "used", "ip": "10.5.50.2"])
        simulator.advance(by: .hours(2))
        try simulator.run("/ip/hotspot/active/remove", [".id": simulator.rows("/ip/hotspot/active")[0][".id"] ?? ""])
        let printed = Printed()
        let print: @Sendable (String, Duration, UInt64) -> Void = { name, _, _ in printed.note(name) }
        try await simulator.connect { router in
            for try await user in router.print(HotspotUser.self, where: .profile == "3h" && .uptime > .hours(1)) {
                print(user.name, user.uptime, user.bytesIn + user.bytesOut)
            }
        }
        #expect(printed.lines == ["used"])
    }

    @Test func aFleet() async throws {
        let simulators = (0..<5).map { _ in RouterOSSimulator(credentials: .user("api", password: "secret")) }
        defer { for simulator in simulators { simulator.stop() } }
        let sites = try simulators.map {
            RouterEndpoint("127.0.0.1", port: try $0.listen(), as: .user("api", password: "secret"))
        }
        let versions = Printed()

        let fleet = RouterFleet(FleetConfiguration(loops: 2, commandsPerMinute: 100))
        try await withThrowingDiscardingTaskGroup { group in
            for site in sites {
                group.addTask { versions.note(try await fleet[site].get(SystemResource.self).version) }
            }
        }

        #expect(versions.lines.count == 5)
        await fleet.close()
    }

    /// What a snippet has said.
    private final class Printed: Sendable {
        private let all = Mutex<[String]>([])

        var lines: [String] { all.withLock { $0 } }

        func note(_ line: String) { all.withLock { $0.append(line) } }
    }

    @Test func makeItSoWhateverIsThere() async throws {
        let simulator = RouterOSSimulator(credentials: .user("api", password: "secret"))
        var log: [String] = []
        for _ in 1...2 {
            log += try await simulator.connect { router in
                var said: [String] = []
                let wanted = HotspotUser(name: "A7K2", password: "A7K2", limitUptime: .seconds(10_800))
                switch try await router.ensure(wanted) {
                case .created(let id): said.append("made \(id)")
                case .unchanged: said.append("was there")
                case .updated(_, let changed): said.append("mended \(changed)")
                case .conflict(let existing): said.append("\(existing.name) is not ours")
                }
                return said
            }
        }
        #expect(log.count == 2 && log[0].hasPrefix("made ") && log[1] == "was there")
    }

    @Test func aSoldVoucherReachesTheRouter() async throws {
        let router = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
        try await router.connect { connection in
            _ = try await connection.ensure(HotspotUser(name: "A7K2", password: "A7K2"))
        }
        #expect(router.rows(HotspotUser.self).map(\.name) == ["A7K2"])
    }

    @Test func onlyTheCodec() throws {
        var encoder = SentenceEncoder()
        encoder.append("/ip/hotspot/user/add", tag: 7) { $0["name"] = "A7K2" }
        var decoder = SentenceDecoder()
        decoder.feed(encoder.take())
        while let sentence = try decoder.next() {  // nil: more bytes are needed; throws: can never be valid
            #expect(sentence["name"] == "A7K2")
        }
    }

    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func lines(of file: URL) throws -> Set<String> {
        let text = try String(contentsOf: file, encoding: .utf8)
        return Set(text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
    }
}
