extension RouterOSError {
    /// Reads a `!trap` that answers a command with these secret values.
    ///
    /// Everyday traps come without a category, so the text decides first. Known texts name arguments and do not repeat
    /// values, but nobody promises that: what the command had to keep secret is taken out before the text is kept, and
    /// of a long text only the beginning is.
    init(trap sentence: Sentence, hiding secrets: [[UInt8]]) {
        let category = sentence["category"].flatMap { Int($0) }.map { Category(rawValue: $0) }
        let message = sentence.bytes("message") ?? []
        // The texts that are known are short, and a peer may send a long one.
        let (code, advice) = KnownTrap.classify(RouterOSText.decode(message.prefix(512)), category)
        let text = message.isEmpty ? "no reason given" : Self.text(message, hiding: secrets)
        self.init(
            code,
            "the router says: \(text)." + (advice.isEmpty ? "" : " \(advice)"),
            routerMessage: text,
            category: category,
            // A script may have done something before the statement that was refused.
            isSafeToRetry: KnownTrap.refusals.contains(code) && category != .scripting
        )
    }
}

extension RouterOSError {
    /// Reads what a router says about a command over another carrier than the API, in the same words.
    package init(refusal text: String, of command: Command) {
        var encoder = SentenceEncoder()
        encoder.append(Reply(.trap) { $0["message"] = text })
        var decoder = SentenceDecoder()
        decoder.feed(encoder.take())
        guard let sentence = try? decoder.next() else {
            self.init(.trap, "the router refused \(command.path).")
            return
        }
        self.init(trap: sentence, hiding: Redaction.secrets(of: command))
    }
}
