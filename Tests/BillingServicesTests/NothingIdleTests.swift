import BillingDomain
import Foundation
import Testing

@Suite("Nothing is there for nothing")
struct NothingIdleTests {
    /// Those that guard a part of an answer: who lacks it sees the rest.
    private static let guardingParts: Set<Permission> = [.viewCosts]

    @Test("every permission guards a use case, or a part of what one answers")
    func everyPermissionGuards() {
        let guarding = UseCase.all.reduce(into: Self.guardingParts) { $0.formUnion($1.permissions) }
        #expect(Set(Permission.allCases).subtracting(guarding).map(\.rawValue).sorted() == [])
    }

    /// Those for the daemon of routers, which gets them with ``WatchedRouter/settings``.
    private static let ofDaemons: Set<String> = [
        "syncInterval", "statusInterval", "routerRate", "addsByScript",
    ]

    @Test("every setting is read where it is to hold, or is said to be for the daemon of routers")
    func everySettingIsRead() throws {
        let sources = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .appending(path: "../../../Sources").standardized
        let table = sources.appending(path: "BillingDomain/Settings/SettingKey+Table.swift")
        let definitions = try String(contentsOf: table, encoding: .utf8)
        let names = definitions.matches(of: /\n    public static let (\w+) =/).map { String($0.1) }
        #expect(names.count == Settings.definitions.count)
        var read: Set<String> = []
        for module in ["BillingDomain", "BillingServices"] {
            let files = FileManager.default.enumerator(
                at: sources.appending(path: module),
                includingPropertiesForKeys: nil
            )
            while let file = files?.nextObject() as? URL {
                guard file.pathExtension == "swift", file.lastPathComponent != table.lastPathComponent else { continue }
                let text = try String(contentsOf: file, encoding: .utf8)
                read.formUnion(Self.settingsRead(in: text))
            }
        }
        let idle = Set(names).subtracting(read)
        #expect(idle.sorted() == Self.ofDaemons.sorted())
    }

    @Test(
        "a setting is read by its key out of settings, nowhere else",
        arguments: [
            ("let rate = try store.settings()[.transactionFee]", ["transactionFee"]),
            ("expiresAt: now + .seconds(person.settings[.sessionIdle]),", ["sessionIdle"]),
            ("let (sent, inbox) = (days(.keepsInbox), months(.keepsSessions))", ["keepsInbox", "keepsSessions"]),
            ("try session.authorise(.discountLimit)", []), ("let other = prices[.lateFee]", []),
            ("/// Read one by its key, as in `settings[.shiftTolerance]`.", []),
        ]
    )
    func readsAreTold(text: String, names: [String]) {
        #expect(Self.settingsRead(in: text) == Set(names))
    }

    /// The settings that a text of the sources reads: of a tenant's, or through the two words of the plan of retention.
    private static func settingsRead(in text: String) -> Set<String> {
        let code = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
        let reads = code.matches(of: /(?:settings(?:\(\))?\[|(?:days|months)\()\.(\w+)[\])]/)
        return Set(reads.map { String($0.1) })
    }
}
