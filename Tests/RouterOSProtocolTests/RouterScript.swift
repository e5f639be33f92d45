import RouterOSProtocol

/// The router's side of a dialogue, written out in a test.
struct RouterScript {
    /// Logs a fresh session in.
    init(_ session: inout SessionMachine) {
        session.logIn(user: "api", password: "secret")
        _ = session.takeOutgoing()
        send([Reply(.done, tag: Array("1".utf8))], to: &session)
        _ = session.nextEvent()
    }

    func send(_ replies: [Reply], to session: inout SessionMachine) {
        var encoder = SentenceEncoder()
        for reply in replies { encoder.append(reply) }
        session.receive(encoder.bytes)
    }
}

/// The commands a session wants to send, without their tags.
func commands(_ session: inout SessionMachine) throws -> [Sentence] {
    try Delivery.whole.decode(session.takeOutgoing())
}

/// An event in words, so that scripts can be compared.
func describe(_ event: SessionMachine.Event) -> String {
    switch event {
    case .loggedIn: "logged in"
    case .row(let tag, let row): "row \(tag) \(row["name"] ?? "")"
    case .completed(let tag, .success(let done)): "done \(tag) \(done["ret"] ?? "")"
    case .completed(let tag, .failure(let error)): "failed \(tag) \(error.code)"
    case .closed(let error): "closed \(error.code)"
    }
}
