import Testing

@testable import WebPanel

struct CommandTests {
    @Test(
        "A command line that cannot be followed says what to write",
        arguments: [
            (["--database"], "needs a value"), (["--databas", "x"], "no option “--databas”"),
            ([], "--database is required"),
            (["--database", "postgres://x", "--username", "a"], "Use sqlite:PATH"),
            (["--database", "sqlite:", "--username", "a"], "Use sqlite:PATH"),
            (["--database", "sqlite:x", "--database", "sqlite:y"], "given twice"),
            (["--database", "sqlite:x"], "--username is required"),
            (["--database", "sqlite:x", "--username", "a", "--currency", "XXQ"], "no currency known"),
        ]
    )
    func aWrongCommandLineIsExplained(_ arguments: [String], _ advice: String) {
        #expect {
            _ = try CreateAdministrator(arguments[...])
        } throws: { error in
            (error as? UsageError)?.message.contains(advice) == true
        }
    }

    @Test(arguments: [
        ["--listen", "8080"], ["--sync-interval", "0"], ["--sync-interval", "soon"],
        ["--connections-per-address", "-1"],
    ])
    func aWrongServerOptionIsRefused(_ arguments: [String]) {
        let complete = ["--database", "sqlite:x", "--key-file", "k"]
        #expect(throws: UsageError.self) { try Serve((complete + arguments)[...]) }
        #expect(throws: Never.self) { try Serve((complete + ["--listen=[::1]:0", "--sync"])[...]) }
    }
}
