extension Behaviour {
    /// `/tool`.
    static let tool = Behaviour(verbs: [
        "fetch": { router, menu, request throws(Trap) in try router.fetch(menu, request) }
    ])
}

extension SimulatedRouter {
    /// `/tool/fetch`: what comes back is for the test to say.
    fileprivate mutating func fetch(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let values = try arguments(of: menu, request)
        let url: WireText
        if let given = values["url"] {
            url = given
        } else {
            guard let address = values["address"] else { throw .missingValue("url") }
            url = WireText("\(values["mode"] ?? "http")://\(values["host"] ?? address)/\(values["src-path"] ?? "")")
        }
        let sent = WebRequest(
            url: url.description,
            method: values["http-method"]?.description ?? "get",
            body: values["http-data"]?.description ?? "",
            header: values["http-header-field"]?.description ?? "",
            sentAt: now
        )
        switch web.send(sent) {
        case .failure(let reason): throw Trap(message: "failure: \(reason)")
        case .status(let status): throw Trap(message: "failure: closing connection: <\(status)> (4)")
        case .body(let body):
            let body = WireText(body)
            let output = values["output"] ?? (values["keep-result"] == "false" ? "none" : "file")
            if output == "file" {
                let path = url.bytes.split(separator: UInt8(ascii: "?"), maxSplits: 1).first ?? []
                let last = path.split(separator: UInt8(ascii: "/")).last.map { WireText($0) } ?? "index.html"
                writeFile(values["dst-path"] ?? last, body)
            }
            var row: [(name: String, value: WireText)] = [
                ("status", "finished"), ("downloaded", WireText(body.bytes.count / 1_024)),
                ("total", WireText(body.bytes.count / 1_024)), ("duration", "1s"),
            ]
            if output == "user" { row.append(("data", body)) }
            return Answer(rows: [row], section: 0)
        }
    }
}
