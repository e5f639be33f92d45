import RouterOSProtocol
import Testing

@Suite("Errors of a router")
struct RouterOSErrorTests {
    @Test(
        "are classified by their text first",
        arguments: [
            ("invalid user name or password (6)", nil, .authentication), ("cannot log in", nil, .authentication),
            ("could not authenticate - radius timeout (13)", nil, .authentication),
            ("failure: already have user with this name for this server", nil, .duplicate),
            ("failure: secret with the same name already exists", nil, .duplicate),
            ("no such item (4)", nil, .noSuchItem),
            ("no such command prefix", "0", .noSuchCommand), ("unknown parameter otp-secret", nil, .unknownParameter),
            ("input does not match any value of profile", "1", .invalidValue), ("interrupted", "2", .interrupted),
            ("not enough permissions (9)", nil, .permissionDenied), ("something new", "1", .invalidValue),
            ("something new", nil, .trap),
        ] as [(String, String?, RouterOSError.Code)]
    )
    func classification(text: String, category: String?, code: RouterOSError.Code) throws {
        let error = try failure(text, category)
        #expect(error.code == code)
        #expect(error.routerMessage == text)
        #expect(error.category == category.flatMap { Int($0) })
        #expect(error.description.contains(text))
    }

    private func failure(_ text: String, _ category: String?) throws -> RouterOSError {
        var session = SessionMachine()
        let router = RouterScript(&session)
        let tag = try session.submit(Command("/x"))
        router.send(
            [
                Reply(.trap, tag: Array(String(tag).utf8)) {
                    if let category { $0["category"] = category }
                    $0["message"] = text
                }, Reply(.done, tag: Array(String(tag).utf8)),
            ],
            to: &session
        )
        guard case .completed(tag, .failure(let error)) = session.nextEvent() else { throw Unexpected() }
        return error
    }

    private struct Unexpected: Error {}
}
