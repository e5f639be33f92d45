import RouterOSProtocol

extension RouterOSError {
    static let anonymousREST = RouterOSError(
        .invalidCommand,
        "HTTPS has no anonymous TLS. Give the router's www-ssl service a certificate and pin it, or use the API.",
        isSafeToRetry: true
    )

    static let userWithColon = RouterOSError(
        .invalidCommand,
        "a user name with a colon cannot log in over HTTP. Rename the user, or use the API.",
        isSafeToRetry: true
    )

    static let credentialsWithNUL = RouterOSError(
        .invalidCommand,
        "a user name or password with a NUL character cannot log in over HTTP. Change it, or use the API.",
        isSafeToRetry: true
    )

    static let notHost = RouterOSError(
        .invalidCommand,
        "the host is neither a name of ASCII letters, digits, \"-\", \"_\" and \".\", nor an IP address. Give the port and "
            + "the user on their own, and an IPv6 address without brackets.",
        isSafeToRetry: true
    )

    static func endless(_ path: String) -> RouterOSError {
        RouterOSError(
            .invalidCommand,
            "\(path) goes on until it is cancelled, and over REST a router sends nothing before the end. "
                + "Ask with once, count or duration, or use the API.",
            isSafeToRetry: true
        )
    }

    static func notText(_ name: String) -> RouterOSError {
        RouterOSError(
            .invalidCommand,
            "\(name) holds bytes that are no UTF-8 text, which REST cannot carry. Use the API.",
            isSafeToRetry: true
        )
    }

    static let unauthorised = RouterOSError(
        .authentication,
        "the router refuses user or password. Check them, that the user's group has the policy rest-api, and the address "
            + "list under /user; not retried.",
        isSafeToRetry: true
    )

    static func notREST(_ status: Int) -> RouterOSError {
        RouterOSError(
            .notRouterOS,
            "the peer answers with HTTP status \(status) and not as the REST interface does. Check that the port is the "
                + "www or www-ssl service (/ip service print) of RouterOS 7.1 or later."
        )
    }

    static func endedByRouter(_ path: String, _ text: String) -> RouterOSError {
        RouterOSError(
            .deadlineExceeded,
            "\(path) was not done within the 60 s that a router gives a command over REST. Ask for less, or use the API.",
            routerMessage: text
        )
    }

    static func tooManyRows(_ limit: Int) -> RouterOSError {
        RouterOSError(
            .limitExceeded,
            "the answer has more than \(limit) rows. Narrow the query, or raise RESTConfiguration.maximumRows."
        )
    }
}
