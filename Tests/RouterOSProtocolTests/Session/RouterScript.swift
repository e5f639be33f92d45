@testable import RouterOSProtocol

/// A sentence as a router puts it on the wire, out of its words; the encoder under test has no part in it.
func wire(_ words: [String]) -> [UInt8] {
    words.flatMap { word -> [UInt8] in
        let length = word.utf8.count
        let prefix = length < 0x80 ? [UInt8(length)] : [UInt8(0x80 | length >> 8), UInt8(length & 0xFF)]
        return prefix + word.utf8
    } + [0]
}

/// The router's side of a dialogue, written out in a test.
extension SessionMachine {
    /// A session that is logged in, its login by tag 1.
    static func ready(maximumInFlight: Int = 4_096) -> SessionMachine {
        var session = SessionMachine(maximumInFlight: maximumInFlight)
        session.logIn(user: "api", password: "canary")
        _ = session.takeOutgoing()
        session.hear("!done", ".tag=1")
        _ = session.nextEvent()
        return session
    }

    /// Receives one sentence of these words.
    mutating func hear(_ words: String...) { receive(wire(words)) }

    /// Everything that has happened, in words.
    mutating func drain() -> [String] {
        var events: [String] = []
        while let event = nextEvent() { events.append(describe(event)) }
        return events
    }

    /// The commands the session wants to send, each as the list of its words.
    mutating func sent() throws -> [[String]] {
        try Delivery.whole.decode(takeOutgoing()).map { $0.words.map { String(decoding: $0, as: UTF8.self) } }
    }

    /// Everything that has happened, errors whole.
    mutating func errors() -> [RouterOSError] {
        var errors: [RouterOSError] = []
        while let event = nextEvent() {
            switch event {
            case .completed(_, .failure(let error)), .closed(let error?): errors.append(error)
            default: break
            }
        }
        return errors
    }
}

/// An event in words, so that scripts can be compared.
func describe(_ event: SessionMachine.Event) -> String {
    switch event {
    case .loggedIn: "logged in"
    case .row(let tag, let row): "row \(tag) \(row["name"] ?? "")"
    case .completed(let tag, .success(let done)): "done \(tag) \(done.returned ?? "")"
    case .completed(let tag, .failure(let error)):
        "failed \(tag) \(error.code)\(error.isSafeToRetry ? ", safe to retry" : "")"
    case .closed(let error): error.map { "closed \($0.code)" } ?? "closed"
    }
}
