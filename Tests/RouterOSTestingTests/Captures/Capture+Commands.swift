import RouterOSProtocol

@testable import RouterOSTesting

extension [Capture] {
    /// Commands that end by themselves.
    static let ofCommands: [Capture] = [
        Capture(
            testDescription: "leaving",
            release: .v6_42,
            lines: """
                > /quit
                >
                < !fatal
                < session terminated on request
                <
                """
        ),
        Capture(
            testDescription: "rows that have none of the properties asked for",
            release: .v6_42,
            // The router of the capture had seven services.
            prepare: { $0.tables["/ip/service"]?.remove(9) },
            lines: """
                > /ip/service/print
                > =.proplist=comment
                >
                """ + String(repeating: "\n< !re\n<", count: 7) + "\n< !done\n<"
        ),
        Capture(
            testDescription: "adding a row",
            release: .v6_42,
            lines: """
                > /ip/address/add
                > =address=192.168.1.1/24
                > =interface=ether1
                >
                < !done
                < =ret=*3
                <
                """
        ),
        counting(.v6_49),
        counting(.v7_18),
        finding(nothing: "", .v7_16),
        finding(nothing: "< !empty\n< .tag=5\n<\n", .v7_18),
        finding(nothing: "< !empty\n< .tag=5\n<\n", .v7_24),
    ]

    private static func counting(_ release: RouterOSVersion) -> Capture {
        Capture(
            testDescription: "counting",
            release: release,
            lines: """
                > /ip/address/print
                > =count-only=
                >
                < !done
                < =ret=2
                <
                > /ip/address/print
                > =count-only=
                > ?interface=nowhere
                > .tag=5
                >
                < !done
                < .tag=5
                < =ret=0
                <
                """
        )
    }

    private static func finding(nothing: String, _ release: RouterOSVersion) -> Capture {
        Capture(
            testDescription: "finding nothing",
            release: release,
            lines: """
                > /queue/simple/print
                > .tag=5
                >
                \(nothing)< !done
                < .tag=5
                <
                """
        )
    }
}
