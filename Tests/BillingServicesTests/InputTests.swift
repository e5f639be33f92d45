import BillingDomain
import Foundation
import Testing

@testable import BillingServices

@Suite("What is typed is checked")
struct InputTests {
    /// A check, what it refuses, what it takes, and a word of what it tells to do.
    struct Check: Sendable, CustomTestStringConvertible {
        let name: String
        let field: String
        let refuses: [String]
        let takes: [String]
        let says: String
        let run: @Sendable (String) throws -> Void

        var testDescription: String { name }
    }

    /// What is nowhere one line that people can read.
    private static let unreadable = [
        "a\u{0}b", "a\nb", "a\u{202E}b", "a\u{200B}b", "\u{FEFF}x", "a\u{2028}b", "\u{3164}b",
    ]

    static let checks: [Check] = [
        Check(
            name: "name",
            field: "name",
            refuses: ["", "  ", String(repeating: "x", count: 101), manyMarks(30)] + unreadable,
            takes: [" Ada ", "❤️", String(repeating: "x", count: 100), "O'Neill <b>"],
            says: "Enter|Use|Leave out"
        ) { _ = try Input.name($0) },
        Check(
            name: "optionalName",
            field: "note",
            refuses: [String(repeating: "x", count: 101), manyMarks(30)] + unreadable,
            takes: ["", "x"],
            says: "Enter|Use|Leave out"
        ) { _ = try Input.optionalName($0, field: "note") },
        Check(
            name: "reason",
            field: "reason",
            refuses: ["", " ", String(repeating: "x", count: 101)] + unreadable,
            takes: ["lost"],
            says: "Enter|Leave out"
        ) { _ = try Input.reason($0) },
        Check(
            name: "reference",
            field: "reference",
            refuses: ["", " ", String(repeating: "x", count: 201), String(repeating: "ü", count: 101)] + unreadable,
            takes: ["slip 12", String(repeating: "x", count: 200)],
            says: "Enter"
        ) { _ = try Input.reference($0, field: "reference") },
        Check(
            name: "host",
            field: "host",
            refuses: [
                "", " ", "http://10.0.0.1", "10.0.0.1/24", "a b", "a;b", "a\nb", "user@host", "ü",
                String(repeating: "x", count: 254),
            ],
            takes: ["10.10.0.2", "fe80::1%ether1", "router.example.org"],
            says: "Enter"
        ) { _ = try Input.host($0) },
        Check(
            name: "port",
            field: "port",
            refuses: ["0", "-1", "65536", "\(Int.max)", "\(Int.min)"],
            takes: ["1", "8728", "65535"],
            says: "between"
        ) { _ = try Input.port(Int($0) ?? 0) },
        Check(
            name: "codePrefix",
            field: "codePrefix",
            refuses: ["a b", "a_b", "a|b", "ü", "'", "\u{0}", String(repeating: "A", count: 60)],
            takes: ["", "CAFE-", "a1"],
            says: "Use"
        ) { _ = try Input.codePrefix($0) },
        Check(
            name: "username",
            field: "username",
            refuses: ["", "a b", "аmina", "a/b", "a\n", "a\u{200B}", String(repeating: "a", count: 65)],
            takes: ["amina", "a.b_c-d@e", String(repeating: "a", count: 64)],
            says: "Use"
        ) { _ = try Input.username($0) },
        Check(
            name: "quantity",
            field: "quantity",
            refuses: ["0", "-1", "100001", "\(Int.max)", "\(Int.min)"],
            takes: ["1", "100000"],
            says: "Choose"
        ) { _ = try Input.quantity(Int($0) ?? 0) },
        Check(
            name: "gateway",
            field: "payment",
            refuses: ["", "M-Pesa", "a b", "a:b", "a/b", "ü", String(repeating: "a", count: 41)],
            takes: ["mpesa", "pay_pal-2"],
            says: "has 1 to 40"
        ) { _ = try Input.gateway($0) },
        Check(
            name: "telephone",
            field: "phone",
            refuses: [
                "0700123456", "+", "+12", "+0700123456", "+2567001234567890", "+256x00123456", "tel:+256700123456",
            ],
            takes: ["", "+256 700 123456", "+1 (202) 555-0100"],
            says: "written in full"
        ) { _ = try Input.telephone($0) },
        Check(
            name: "emailAddress",
            field: "email",
            refuses: [
                "a", "a@", "@b.c", "a@b", "a@@b.c", "a b@c.d", "a@.b", "a@b.", "a\n@b.c",
                String(repeating: "a", count: 250) + "@b.cd",
            ],
            takes: ["", "ada@example.org"],
            says: "written"
        ) { _ = try Input.emailAddress($0) },
        Check(
            name: "languageTag",
            field: "language",
            refuses: [
                "e", "english", "en_GB", "en-", "-en", "12", "en GB", "en-" + String(repeating: "a-", count: 20) + "a",
                "<b>",
            ],
            takes: ["", "en", "sw-KE", "zh-Hant-TW"],
            says: "Enter"
        ) { _ = try Input.languageTag($0) },
        Check(
            name: "newPassword",
            field: "password",
            refuses: [
                "", "short", "elevenchars", "aaaaaaaaaaaaaaaa", "abcabcabcabcabc", "amina-of-the-lake",
                "AMINA-OF-THE-LAKE",
                "correct horse\u{0} battery", String(repeating: "abcdefghij", count: 21), manyMarks(50),
            ],
            takes: ["correct horse battery", "пароль из четырёх слов"],
            says: "has 12|Choose another"
        ) { _ = try Input.newPassword($0, username: "amina-of-the-lake") },
        Check(
            name: "amount",
            field: "amount",
            refuses: ["0", "-1", "\(Int64.min)"],
            takes: ["1", "\(Int64.max)"],
            says: "Enter"
        ) { _ = try Input.amount(Money(minorUnits: Int64($0) ?? 0, currency: .ugx)) },
        Check(
            name: "timeZone",
            field: "timeZone",
            refuses: ["", "Uganda", "Mars/Olympus", "+99", String(repeating: "A", count: 65)],
            takes: ["Africa/Kampala", "UTC"],
            says: "Enter"
        ) { try TenantCalendar.check($0) },
    ]

    @Test(
        "each check refuses what it must, names the field, says what to do and does not repeat what was typed",
        arguments: checks
    )
    func everyCheckRefuses(check: Check) throws {
        #expect(check.refuses.count >= 3)
        for text in check.refuses {
            let error = #expect(throws: BillingError.self, "\(check.name) takes \(text.debugDescription)") {
                try check.run(text)
            }
            #expect(error?.code == .invalidInput)
            #expect(error?.field == check.field)
            let message = error?.message ?? ""
            #expect(check.says.split(separator: "|").contains { message.contains($0) }, "\(message)")
            if text.count > 5, Int(text) == nil { #expect(!message.contains(text)) }
        }
        for text in check.takes { #expect(throws: Never.self, "\(text)") { try check.run(text) } }
    }

    @Test("no check is forgotten")
    func everyCheckIsListed() throws {
        let sources = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .appending(path: "../../../Sources/BillingServices").standardized
        var names: Set<String> = []
        for file in ["Input.swift", "Input+People.swift"] {
            let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            for match in text.matches(of: /\n    static func (\w+)\(/) { names.insert(String(match.1)) }
        }
        // What strangers send is made printable, not refused.
        #expect(names.symmetricDifference(Self.checks.map(\.name)).sorted() == ["printable", "timeZone"])
        let long = Input.printable("a\u{0}\u{1B}b" + String(repeating: "x", count: 300))
        #expect(long.hasPrefix("abx") && long.count <= 200)
    }
}
