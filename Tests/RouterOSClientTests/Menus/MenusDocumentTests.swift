import Foundation
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

/// `Docs/menus.md`: its Swift compiled and run as it stands there, its table against the types.
@Suite("Menus document")
struct MenusDocumentTests {
    @Test("every Swift line is in this file")
    func lines() throws {
        let source = try Set(Self.lines(of: String(contentsOf: URL(filePath: #filePath), encoding: .utf8)))
        let blocks = try Self.text().components(separatedBy: "```swift\n").dropFirst()
        #expect(blocks.count == 4)
        for block in blocks {
            for line in Self.lines(of: block.components(separatedBy: "```")[0]) {
                let isCompiled = source.contains(line)
                #expect(isCompiled, "not in this file: \(line)")
            }
        }
    }

    @Test("the Swift does what is said of it")
    func snippets() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
        try simulator.run("/ip/hotspot/user/profile/add", ["name": "3h"])
        try simulator.run(
            "/ip/hotspot/user/add",
            ["name": "B8M4", "profile": "3h", "limit-bytes-total": "2147483648", "disabled": "yes", "comment": "x"]
        )
        try await simulator.connect { router in
            let guest = HotspotUserDetail {
                $0.name = "A7K2"
                $0.macAddress = MACAddress(routerOS: "48:A9:8A:01:02:03")
                $0.email = "guest@lake.example"
                $0.limitBytesOut = .gibibytes(4)
            }
            let made = try await router.ensure(guest)
            let reachable = try await router.print(HotspotUserDetail.self, where: .has(.email)).collect()
            #expect(outcome(made) == "created" && reachable.map(\.name) == ["A7K2"])

            let large: RowQuery<HotspotUser> = .profile == "3h" && .limitBytesTotal > .gibibytes(1)
            let count = try await router.count(HotspotUser.self, where: large)
            let noted = try await router.print(HotspotUser.self, where: .has(.comment) && .lacks(.email)).collect()
            let named = RowQuery<HotspotUser>.value(of: .name, isIn: ["A7K2", "B8M4"])
            let sold = try await router.print(HotspotUser.self, where: named).collect()
            let off = try await router.count(HotspotUser.self, where: .disabled == true)
            #expect(count == 1 && noted.map(\.name) == ["B8M4"] && sold.count == 2 && off == 1)

            let isOurs = { (user: HotspotUserDetail) in user.comment == "ours" }
            let ensured = try await router.ensure(guest, by: ["name"], isOurs: isOurs, adoptsForeign: true)
            if case .updated(_, let changed) = ensured { print(changed) }
            #expect(outcome(ensured) == "unchanged")
            try await router.ensureDisabled(HotspotUser.self, "A7K2")
            try await router.ensureEnabled(HotspotUser.self, "A7K2")
            try await router.ensureAbsent(HotspotUser.self, "A7K2")
        }
        #expect(simulator.rows(HotspotUser.self).map(\.name) == ["B8M4"])
    }

    @Test("a script's source comes when it is asked for")
    func onRequest() async throws {
        let router = FakeRouter([SystemScript.menu: [[".id": "*1", "name": "a", "source": "/quit"]]])
        let scripts = try await router.print(SystemScript.self, including: ["source"]).collect()
        #expect(scripts.map(\.source) == ["/quit"])
    }

    @Test("every type is in its menu's line, with what it reads on request and nothing else", arguments: RowSample.all)
    func table(sample: RowSample) throws {
        let rows = try Self.lines(of: Self.text()).filter { $0.hasPrefix("| `/") }
        let row = try #require(
            rows.first { $0.contains("`\(sample.testDescription)`") },
            "\(sample.testDescription) is not in the table"
        )
        let columns = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(columns[0].contains("`\(sample.menu)`"))
        let named = Set(columns[4].split(separator: "`").map(String.init).filter { !$0.contains(" ") && $0 != "," })
        let expected = Set(sample.attributes.filter { !$0.isAskedFor }.map(\.name))
        // A line of two types has what either of them reads so.
        #expect(expected.isSubset(of: named) && (columns[1].contains(",") || named == expected), "\(row)")
    }

    private static func text() throws -> String {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return try String(contentsOf: root.appending(path: "Docs/menus.md"), encoding: .utf8)
    }

    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}
