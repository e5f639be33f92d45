import RouterOSProtocol

@testable import RouterOSTesting

extension [Capture] {
    /// Commands that go on until they are cancelled.
    static let ofStreams: [Capture] = [
        Capture(
            testDescription: "hearing of an address that comes and goes, and cancelling",
            release: .v6_42,
            prepare: { router in
                router.tables["/ip/address"]?.reserve(nextID: 0xA)
                try router.store("br-lan", in: bridge(of: router), of: "/interface", "name")
            },
            lines: """
                > /ip/address/listen
                > .tag=10
                >
                * /ip/address/add address=1.1.1.1/32 interface=br-lan
                < !re
                < .tag=10
                < =.id=*A
                < =address=1.1.1.1/32
                < =network=1.1.1.1
                < =interface=br-lan
                < =actual-interface=br-lan
                < =invalid=false
                < =dynamic=false
                < =disabled=false
                <
                * /ip/address/remove .id=*A
                < !re
                < .tag=10
                < =.id=*A
                < =.dead=true
                <
                > /cancel
                > =tag=10
                > .tag=20
                >
                < !trap
                < .tag=10
                < =category=2
                < =message=interrupted
                <
                < !done
                < .tag=20
                <
                < !done
                < .tag=10
                <
                """
        ),
        Capture(
            testDescription: "cancelling without a tag of its own",
            release: .v6_42,
            lines: """
                > /ip/address/listen
                > .tag=1
                >
                > /cancel
                > =tag=1
                >
                < !trap
                < .tag=1
                < =category=2
                < =message=interrupted
                <
                < !done
                <
                < !done
                < .tag=1
                <
                """
        ),
    ]

    private struct NoBridge: Error {}

    private static func bridge(of router: SimulatedRouter) throws -> UInt64 {
        guard let id = router.tables["/interface"]?.id(ofName: "bridge") else { throw NoBridge() }
        return id
    }
}

extension SimulatedRouter {
    fileprivate mutating func store(_ value: WireText, in id: UInt64, of path: String, _ column: String) {
        store([column: value], in: id, of: path)
        changes = []
    }
}
