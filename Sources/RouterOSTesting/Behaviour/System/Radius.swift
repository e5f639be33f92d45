extension Behaviour {
    /// `/radius`: no server is ever asked, so there is nothing to count.
    static let radius = Behaviour(verbs: [
        "monitor": { router, menu, request throws(Trap) in
            _ = try router.targets(menu, request)
            return try count(
                ["pending", "requests", "accepts", "rejects", "resends", "timeouts", "bad-replies"],
                router,
                request
            )
        }
    ])

    /// `/radius/incoming`: nor does one ever ask.
    static let radiusIncoming = Behaviour(verbs: [
        "monitor": { router, _, request throws(Trap) in
            try count(["requests", "bad-requests", "acks", "naks"], router, request)
        }
    ])

    private static func count(
        _ counters: [String],
        _ router: SimulatedRouter,
        _ request: Request
    ) throws(Trap) -> Answer {
        let order = try MonitorOrder(request, own: SimulatedRouter.addressing)
        return order.answer([counters.map { ($0, "0") }], to: request, at: router.now)
    }
}
