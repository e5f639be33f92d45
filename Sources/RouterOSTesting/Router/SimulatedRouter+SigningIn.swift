import RouterOSProtocol

extension SimulatedRouter {
    /// `/login`, by a password or in two steps by a challenge, whichever the release takes.
    mutating func logIn(_ request: Request, on id: Int, into replies: inout SentenceEncoder) {
        guard !faults.refusesLogin else { return append(.wrongLogin(release), tag: request.tag, into: &replies) }
        guard let name = request["name"] else { return challenge(request, on: id, into: &replies) }
        // A release that knows no password in the clear takes the name for the beginning of a challenge.
        guard release.takesPlainLogin || request["response"] != nil else {
            return challenge(request, on: id, into: &replies)
        }
        guard let caller = caller(name, request, on: id) else {
            return append(.wrongLogin(release), tag: request.tag, into: &replies)
        }
        connections[id]?.logIn(as: caller)
        welcome(caller, on: id)
        replies.append(Reply(.done, tag: request.tag))
    }

    private mutating func challenge(_ request: Request, on id: Int, into replies: inout SentenceEncoder) {
        // Routers since 6.45.1 still hand out a challenge here, and then refuse every answer to it.
        let challenge = nextChallenge.take() ?? random.bytes(16)
        connections[id]?.challenge = challenge
        let text = challenge.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        replies.append(Reply(.done, tag: request.tag) { $0["ret"] = text })
    }

    /// Who signs in with this name; nil when the router lets nobody in with what was sent.
    private func caller(_ name: WireText, _ request: Request, on id: Int) -> Caller? {
        guard let user = tables["/user"]?.id(ofName: name), value("disabled", of: user, in: "/user") != "true",
            let connection = connections[id]
        else { return nil }
        let password = value("password", of: user, in: "/user") ?? ""
        if let response = request["response"] {
            guard release.takesChallengeLogin, let challenge = connection.challenge,
                response == WireText(LegacyChallenge(bytes: challenge).response(to: password.bytes))
            else { return nil }
        } else {
            guard request["password"] ?? "" == password else { return nil }
        }
        guard Self.admits(value("address", of: user, in: "/user"), connection.address) else { return nil }
        let policies = policies(of: value("group", of: user, in: "/user"))
        guard policies.contains(.api) else { return nil }
        return Caller(user: name, policies: policies, address: connection.address)
    }

    /// The rights of a group, given as its id.
    func policies(of group: WireText?) -> Set<Policy> {
        guard let id = group.flatMap({ RowID.number($0) }), let list = value("policy", of: id, in: "/user/group") else {
            return []
        }
        return Set(list.commaSeparated.compactMap { Policy(rawValue: $0.description) })
    }
}
