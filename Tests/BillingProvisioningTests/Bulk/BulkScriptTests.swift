import BillingDomain
import BillingPersistence
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Synchronization
import TestSupport
import Testing

@testable import BillingProvisioning

@Suite("Many rows by a script")
struct BulkScriptTests {
    private func writer(
        _ shop: Shop,
        _ wrapped: (RouterOSConnection) -> any RouterOSCommands = { $0 }
    ) async throws -> (ScriptWriter, RouterOSConnection) {
        let connection = try await RouterOSConnection.connect(
            "127.0.0.1",
            port: shop.port,
            as: .user("api", password: "secret")
        )
        let notes = ScriptNotes()
        return (
            ScriptWriter(
                router: wrapped(connection),
                id: shop.router.id,
                notes: notes,
                timeout: .seconds(20),
                // No test waits for it to end: it is cancelled.
                sleep: { _ in try await Task.sleep(for: .seconds(3_600)) }
            ),
            connection
        )
    }

    @Test("a batch larger than the budget takes a handful of commands a chunk, and is read back as ever")
    func batch() async throws {
        let shop = try await Shop()
        let codes = try await shop.generate(250)
        let watch = Watch()
        await shop.rated(watch).provisionOnce()
        #expect(shop.usersOnRouter == codes.sorted())
        // The few that the second script has no room for go by themselves.
        #expect(shop.count("/system/script/run") == 2 && shop.count("/ip/hotspot/user/add") < 10)
        #expect(shop.simulator.rows("/system/script").isEmpty)
        for code in codes { #expect(try await shop.voucher(code).provisioning == .present) }
        // Row by row it takes two minutes and a half.
        #expect(watch.time < .seconds(40), "\(watch.time)")
        let user = try #require(shop.simulator.rows(HotspotUser.self).first)
        #expect(user.password == user.name && user.limitUptime == .seconds(10_800) && user.disabled == false)
        #expect(user.limitBytesTotal == ByteCount(1_610_612_736) && user.comment == "VOUCHER_SYSTEM|2.50||")
        #expect(try await shop.provisioner.plan(shop.router.id).isConverged)
    }

    @Test("no more commands are sent than the budget has, however many rows there are")
    func budget() async throws {
        let shop = try await Shop()
        _ = try await shop.generate(200)
        let watch = Watch()
        await shop.rated(watch).provisionOnce()
        #expect(shop.usersOnRouter.count == 200)
        // The first burst, and then a hundred a minute.
        let sent = shop.simulator.transcript.count { $0.path != "/login" }
        #expect(Double(sent) <= 17 + watch.time / .seconds(60) * 100, "\(sent) in \(watch.time)")
    }

    @Test("who has a router in turns sends it no more than one alone")
    func sharedBudget() async throws {
        let shop = try await Shop()
        let watch = Watch()
        let two = [shop.rated(watch), shop.rated(watch)]
        for number in 0..<8 { await two[number % 2].syncOnce() }
        let sent = shop.simulator.transcript.count { $0.path != "/login" }
        #expect(sent > 40)
        #expect(Double(sent) <= 17 + watch.time / .seconds(60) * 100, "\(sent) in \(watch.time)")
    }

    @Test("the secrets of customers go by a script, too")
    func secrets() async throws {
        let shop = try await Shop()
        for number in 1...22 { _ = try await shop.account("net\(number)") }
        await shop.rated(Watch()).provisionOnce()
        #expect(shop.secrets.count == 22 && shop.secrets.allSatisfy { $0.password == "sesame" })
        #expect(shop.count("/system/script/run") == 1 && shop.count("/ppp/secret/add") == 0)
    }

    @Test("a few rows never do, however little may be sent, nor any where the setting says so")
    func never() async throws {
        let shop = try await Shop()
        let few = try await shop.generate(BulkPath.leastRows - 1, sold: true)
        let provisioner = shop.rated(Watch())
        await provisioner.provisionOnce()
        _ = try await shop.session.settings.set(.addsByScript, to: false)
        let codes = try await shop.generate(40)
        await provisioner.provisionOnce()
        #expect(shop.usersOnRouter == (few + codes).sorted())
        #expect(shop.count("/system/script/add") == 0)
    }

    @Test("what is not heeded is not saved: without a budget all rows are on their way at once")
    func withoutBudget() async throws {
        let shop = try await Shop()
        _ = try await shop.generate(100)
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter.count == 100 && shop.count("/system/script/add") == 0)
    }

    // MARK: Values

    @Test("whatever is in a value arrives byte for byte, in either menu", arguments: 0..<4)
    func hostile(seed: UInt64) async throws {
        let shop = try await Shop()
        var dice = SplitMix64(seed: seed)
        let nasty = [
            "\"", "\\", "$(", "$[/quit]", "$x", "\r\n", "\n", "; /system reboot", "} on-error={", "{", "é", "?", "#",
            "\\\"", "\\24", "漢", "\u{1}", "\u{7F}", "|", " ", "=", "[", "]", "a", "0",
        ]
        var text: String {
            (0..<Int.random(in: 1...8, using: &dice)).map { _ in nasty.randomElement(using: &dice) ?? "" }.joined()
        }
        let users = (0..<30).map { HotspotUser(name: "\($0)\(text)", password: text, comment: text) }
        let secrets = (0..<30).map { PPPSecret(name: "\($0)\(text)", password: text, comment: text) }
        var (ofUsers, ofSecrets) = (BulkScript(), BulkScript())
        for user in users { #expect(ofUsers.append(user) == .taken) }
        for secret in secrets { #expect(ofSecrets.append(secret) == .taken) }
        let (writer, connection) = try await writer(shop)
        try await writer.run(ofUsers.source, for: .hotspot)
        try await writer.run(ofSecrets.source, for: .pppoe)
        await connection.close()
        #expect(
            shop.simulator.rows(HotspotUser.self).map { [$0.name, $0.password, $0.comment] }
                == users.map { [$0.name, $0.password, $0.comment] }
        )
        #expect(
            shop.secrets.map { [$0.name, $0.password, $0.comment] }
                == secrets.map { [$0.name, $0.password, $0.comment] }
        )
        #expect(writer.notes.mayBeUsed(on: shop.router.id) && writer.notes.left(on: shop.router.id).isEmpty)
    }

    @Test("a source is not in what is shown of a command")
    func hidden() {
        let command = Command("/system/script/add") { $0["source"] = "add password=\"hunter2\"" }
        #expect(!"\(command)".contains("hunter2"))
    }

    // MARK: Refusals

    @Test("a row that the router refuses stops none of the others, and says why")
    func oneRefused() async throws {
        let shop = try await Shop()
        let terms = try VoucherTerms(
            validity: .seconds(3_600),
            price: Money(decimal: "1", currency: .usd),
            routerProfile: "fast"
        )
        let fast = try await shop.session.packages.create(PackageDraft(name: "Fast", terms: terms), key: .new())
        var codes = try await shop.generate(20)
        let refused = try await shop.session.vouchers.generate(2, of: fast.id, on: shop.router.id, key: .new()).vouchers
        codes += try await shop.generate(20)
        await shop.rated(Watch()).provisionOnce()
        #expect(shop.usersOnRouter == codes.sorted())
        for code in codes { #expect(try await shop.voucher(code).provisioning == .present) }
        for voucher in refused {
            let now = try await shop.voucher(voucher.code)
            #expect(now.provisioning == .failed && now.provisioningDetail?.contains("profile") == true)
        }
        #expect(shop.count("/system/script/run") == 1 && shop.count("/ip/hotspot/user/add") == 2)
    }

    @Test("rows that no script could bring keep none of the next ones from going by one")
    func allRefused() async throws {
        let shop = try await Shop()
        let terms = try VoucherTerms(
            validity: .seconds(3_600),
            price: Money(decimal: "1", currency: .usd),
            routerProfile: "fast"
        )
        let fast = try await shop.session.packages.create(PackageDraft(name: "Fast", terms: terms), key: .new())
        _ = try await shop.session.vouchers.generate(40, of: fast.id, on: shop.router.id, key: .new())
        let provisioner = shop.rated(Watch())
        await provisioner.provisionOnce()
        #expect(shop.usersOnRouter.isEmpty)
        let codes = try await shop.generate(40)
        await provisioner.provisionOnce()
        #expect(shop.usersOnRouter == codes.sorted())
        #expect(shop.count("/system/script/run") == 2)
    }

    @Test("a router that lets us run no scripts gets every row by itself, and is asked once for each connection")
    func notPermitted() async throws {
        let shop = try await Shop()
        try shop.simulator.run("/user/group/add", ["name": "small", "policy": "read,write,api,sensitive"])
        try shop.simulator.run("/user/set", [".id": "api", "group": "small"])
        let codes = try await shop.generate(60)
        await shop.rated(Watch()).provisionOnce()
        #expect(shop.usersOnRouter == codes.sorted())
        for code in codes { #expect(try await shop.voucher(code).provisioning == .present) }
        #expect(shop.count("/system/script/run") == 1 && shop.count("/ip/hotspot/user/add") == 60)
        #expect(shop.simulator.rows("/system/script").isEmpty)
    }

    @Test("whichever command the router refuses once, every row arrives and no script is left", arguments: 1...7)
    func refused(command: Int) async throws {
        let shop = try await Shop()
        let provisioner = shop.rated(Watch())
        await provisioner.syncOnce()
        let codes = try await shop.generate(40)
        shop.simulator.inject(.trap(atCommand: command, "not enough permissions (9)"))
        for _ in 0..<3 {
            await provisioner.provisionOnce()
            shop.advance(by: .seconds(400))
        }
        await provisioner.syncOnce()
        #expect(shop.usersOnRouter == codes.sorted())
        for code in codes { #expect(try await shop.voucher(code).provisioning == .present) }
        #expect(shop.simulator.rows("/system/script").isEmpty)
    }

    // MARK: What is left

    @Test(
        "a connection that breaks after any command loses nothing, doubles nothing and leaves no script",
        arguments: 1...7
    )
    func dropped(after command: Int) async throws {
        let shop = try await Shop()
        let provisioner = shop.rated(Watch())
        await provisioner.syncOnce()
        let codes = try await shop.generate(40)
        shop.simulator.clearTranscript()
        shop.simulator.inject(.dropConnection(afterCommand: command))
        for _ in 0..<3 {
            await provisioner.provisionOnce()
            shop.advance(by: .seconds(60))
        }
        #expect(shop.usersOnRouter == codes.sorted())
        for code in codes { #expect(try await shop.voucher(code).provisioning == .present) }
        #expect(shop.simulator.rows("/system/script").isEmpty)
        #expect(shop.count("/login") == 1 && shop.count("/system/script/run") > 0)
    }

    @Test("a program that is stopped in the midst of it leaves no script", arguments: ["add", "run", "remove"])
    func stopped(at verb: String) async throws {
        let shop = try await Shop()
        var script = BulkScript()
        #expect(script.append(HotspotUser(name: "guest", password: "x")) == .taken)
        let (writer, connection) = try await writer(shop) { Stopping(inner: $0, path: "/system/script/" + verb) }
        let task = Task { try await writer.run(script.source, for: .hotspot) }
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(task.isCancelled)
        #expect(shop.simulator.rows("/system/script").isEmpty)
        #expect(writer.notes.left(on: shop.router.id).isEmpty)
        await connection.close()
    }

    @Test("what a process left behind that is no more goes with the next reading", arguments: 1...4)
    func crashed(after command: Int) async throws {
        let shop = try await Shop()
        var script = BulkScript()
        #expect(script.append(HotspotUser(name: "guest", password: "x")) == .taken)
        let (writer, connection) = try await writer(shop)
        shop.simulator.inject(.dropConnection(afterCommand: command))
        await #expect(throws: RouterOSError.self) { try await writer.run(script.source, for: .hotspot) }
        await connection.close()
        // Looking for one, adding, running, removing.
        #expect(shop.simulator.rows("/system/script").count == (command == 2 || command == 3 ? 1 : 0))
        #expect(writer.notes.left(on: shop.router.id) == (command == 1 ? [] : [.hotspot]))
        await shop.rated(Watch()).syncOnce()
        #expect(shop.simulator.rows("/system/script").isEmpty)
    }

    @Test("a script of ours that still runs is stopped when it is removed")
    func running() async throws {
        let shop = try await Shop()
        let source = ":delay 60s\n/ip hotspot user add name=ghost"
        let name = ScriptWriter.name(for: .hotspot)
        try shop.simulator.run("/system/script/add", ["name": name, "comment": ScriptWriter.comment, "source": source])
        try shop.simulator.run("/execute", ["script": name])
        #expect(shop.simulator.rows("/system/script/job").count == 1)
        await shop.provisioner.syncOnce()
        #expect(shop.simulator.rows("/system/script").isEmpty && shop.simulator.rows("/system/script/job").isEmpty)
        shop.advance(by: .seconds(120))
        #expect(shop.usersOnRouter.isEmpty)
    }

    @Test("a script of somebody else's that has our name stays, and rows go by themselves")
    func foreign() async throws {
        let shop = try await Shop()
        let name = ScriptWriter.name(for: .hotspot)
        try shop.simulator.run("/system/script/add", ["name": name, "source": ":put 1", "comment": "mine"])
        let before = shop.simulator.rows("/system/script")
        let codes = try await shop.generate(40)
        let provisioner = shop.rated(Watch())
        await provisioner.provisionOnce()
        await provisioner.syncOnce()
        #expect(shop.usersOnRouter == codes.sorted() && shop.count("/ip/hotspot/user/add") == 40)
        #expect(shop.simulator.rows("/system/script") == before)
    }
}

extension Shop {
    /// Another worker, which heeds the tenant's rate of commands and waits in no time.
    fileprivate func rated(_ watch: Watch) -> Provisioner {
        Provisioner(
            billing: billing,
            configuration: ProvisionerConfiguration(
                leaseTime: .seconds(100_000),
                connection: Shop.patience,
                elapsed: { watch.time },
                sleep: { duration in
                    // Those that prolong claims wait for ever.
                    guard duration < .seconds(10_000) else { return try await Task.sleep(for: .seconds(3_600)) }
                    watch.pass(duration)
                }
            ),
            environment: BillingEnvironment(now: { self.now }, randomBytes: BillingEnvironment.live.randomBytes)
        )
    }

    /// How often a command was sent.
    fileprivate func count(_ path: String) -> Int { simulator.transcript.count { $0.path == path } }
}

/// A clock that goes on when somebody sleeps by it.
private final class Watch: Sendable {
    private let passed = Mutex(Duration.zero)

    var time: Duration { passed.withLock { $0 } }

    func pass(_ more: Duration) { passed.withLock { $0 += more } }
}

/// Commands of a program that is stopped as soon as one of them was sent, once.
private struct Stopping: RouterOSCommands {
    let inner: any RouterOSCommands
    let path: String
    private let isStopped = Flag()

    init(inner: any RouterOSCommands, path: String) {
        self.inner = inner
        self.path = path
    }

    var endpoint: String { inner.endpoint }

    func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        if command.path == path, isStopped.set() { withUnsafeCurrentTask { $0?.cancel() } }
        return try await inner.run(command, deadline: deadline)
    }

    func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        inner.stream(command, deadline: deadline)
    }
}

private final class Flag: Sendable {
    private let isSet = Mutex(false)

    /// Says whether it was not set before.
    func set() -> Bool {
        isSet.withLock { isSet in
            defer { isSet = true }
            return !isSet
        }
    }
}
