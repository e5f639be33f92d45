import RouterOSProtocol

@testable import RouterOSTesting

extension [Capture] {
    /// Logins before and after 6.43, and how they fail.
    static let ofLogins: [Capture] =
        [
            ("93b438ec9b80057c06dd9fe67d56aa9a", "", "00e134102a9d330dd7b1849fedfea3cb57"),
            ("856780b7411eefd3abadee2058c149a3", "", "005062f7a5ef124d34675bf3e81f56c556"),
            ("098f6bcd4621d373cade4e832627b4f6", "tset", "00119ce7e093e33497053e73f37a5d3e15"),
        ].map { challenge, password, response in
            Capture(
                testDescription: "the challenge \(challenge)",
                release: .v6_42,
                password: password,
                challenge: challenge,
                isSignedIn: false,
                lines: """
                    > /login
                    >
                    < !done
                    < =ret=\(challenge)
                    <
                    > /login
                    > =name=admin
                    > =response=\(response)
                    >
                    < !done
                    <
                    """
            )
        } + [
            Capture(
                testDescription: "a wrong response to a challenge",
                release: .v6_42,
                password: "other",
                challenge: "93b438ec9b80057c06dd9fe67d56aa9a",
                isSignedIn: false,
                lines: """
                    > /login
                    >
                    < !done
                    < =ret=93b438ec9b80057c06dd9fe67d56aa9a
                    <
                    > /login
                    > =name=admin
                    > =response=00e134102a9d330dd7b1849fedfea3cb57
                    >
                    < !trap
                    < =message=cannot log in
                    <
                    < !done
                    <
                    """
            ),
            Capture(
                testDescription: "a right response, where challenges are handed out but no longer taken",
                release: .v6_49,
                challenge: "93b438ec9b80057c06dd9fe67d56aa9a",
                isSignedIn: false,
                lines: """
                    > /login
                    >
                    < !done
                    < =ret=93b438ec9b80057c06dd9fe67d56aa9a
                    <
                    > /login
                    > =name=admin
                    > =response=00e134102a9d330dd7b1849fedfea3cb57
                    >
                    < !trap
                    < =message=invalid user name or password (6)
                    <
                    < !done
                    <
                    """
            ),
            Capture(
                testDescription: "a password in the clear to a router that knows challenges alone",
                release: .v6_42,
                challenge: "93b438ec9b80057c06dd9fe67d56aa9a",
                isSignedIn: false,
                lines: """
                    > /login
                    > =name=admin
                    > =password=
                    >
                    < !done
                    < =ret=93b438ec9b80057c06dd9fe67d56aa9a
                    <
                    """
            ),
            Capture(
                testDescription: "a password in the clear",
                release: .v7_9,
                password: "tset",
                isSignedIn: false,
                lines: """
                    > /login
                    > =name=admin
                    > =password=test
                    >
                    < !trap
                    < =message=invalid user name or password (6)
                    <
                    < !done
                    <
                    > /login
                    > =name=admin
                    > =password=tset
                    >
                    < !done
                    <
                    """
            ),
        ]
}
