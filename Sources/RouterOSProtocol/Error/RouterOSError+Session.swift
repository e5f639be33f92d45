extension RouterOSError {
    /// A command for a session that cannot take one.
    static func notOpen(isLoggedIn: Bool) -> RouterOSError {
        RouterOSError(
            .connectionClosed,
            isLoggedIn ? "the session is not open. Connect again." : "the session is not logged in yet.",
            isSafeToRetry: true
        )
    }

    static let pathWithoutSlash = RouterOSError(
        .invalidCommand,
        "a command's path begins with \"/\", as in \"/system/identity/print\"",
        isSafeToRetry: true
    )

    static func tooManyInFlight(_ limit: Int) -> RouterOSError {
        RouterOSError(
            .limitExceeded,
            "the router has not finished \(limit) commands of this session. Wait for some of them, or raise maximumInFlight.",
            isSafeToRetry: true
        )
    }

    /// What commands that were under way hear when the session ends because we wanted it to.
    static let endedHere = RouterOSError(.connectionClosed, "the session was ended here. Connect again.")

    /// Reads a `!fatal`, whose reason is a bare word on real routers and `=message=` on some that imitate them.
    init(fatal sentence: Sentence, hiding secrets: [[UInt8]]) {
        let text = sentence.reason.map { Self.text($0, hiding: secrets) }
        let isLogin = text?.lowercased().contains("not logged in") == true
        self.init(
            isLogin ? .authentication : .fatal,
            "the router ended the session: \(text ?? "no reason given"). Connect again.",
            routerMessage: text
        )
    }
}

extension Sentence {
    /// The reason of a `!fatal` as bytes: a secret in it is one of bytes.
    fileprivate var reason: ArraySlice<UInt8>? {
        let bare = words.dropFirst().first { word in
            guard let first = word.first else { return false }
            return !"=?".utf8.contains(first) && !word.starts(with: ".tag=".utf8)
        }
        return bare ?? bytes("message")
    }
}
