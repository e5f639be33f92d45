import ServiceProgram
import Testing

struct DatabaseURLTests {
    private func url(_ text: String) throws -> DatabaseURL {
        try DatabaseURL(Options(["--database", text], values: ["--database"], usage: ""))
    }

    @Test(arguments: [
        "sqlite:billing.sqlite", "postgresql://billing@localhost/billing", "postgres://localhost/billing",
    ])
    func aFileAndAServerAreKnown(text: String) throws {
        _ = try url(text)
    }

    @Test("What is no database is refused, and not repeated: it may hold a password")
    func refuses() {
        for text in ["sqlite:", "mysql://root:hunter2@x", "billing.sqlite"] {
            #expect {
                _ = try url(text)
            } throws: { error in
                let message = (error as? UsageError)?.message ?? ""
                return message.contains("sqlite:PATH") && !message.contains("hunter2")
            }
        }
    }
}
