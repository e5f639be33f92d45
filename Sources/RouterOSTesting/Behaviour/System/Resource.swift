import RouterOSProtocol

extension Behaviour {
    /// `/system/resource`.
    static let resource = Behaviour(
        rows: { router, menu in [router.describeResource(menu)] },
        verbs: [
            "monitor": { router, menu, request throws(Trap) in
                let record = router.describeResource(menu)
                let value = { (name: String) in menu.column(name).flatMap { record.values[$0] } ?? "" }
                return try MonitorOrder(request).answer(
                    [[("cpu-used", value("cpu-load")), ("free-memory", value("free-memory"))]],
                    to: request,
                    at: router.now
                )
            }
        ]
    )
}

extension SimulatedRouter {
    fileprivate func describeResource(_ menu: Menu) -> VisibleRow {
        let uptime = WireText(Duration.seconds((now - bootedAt).components.seconds).routerOSText)
        let values: [String: WireText] = [
            "uptime": uptime,
            "version": WireText("\(release) (stable)"),
            "build-time": release.hasNumericDates ? "2025-02-20 09:33:10" : "feb/20/2025 09:33:10",
            "factory-software": "7.8",
            "free-memory": "853540864",
            "total-memory": "1073741824",
            "cpu": "ARM64",
            "cpu-count": "4",
            "cpu-frequency": "864",
            "cpu-load": WireText(min(100, 1 + (hotspot.sessions.count + ppp.sessions.count) / 20)),
            "free-hdd-space": "101613568",
            "total-hdd-space": "135266304",
            "architecture-name": "arm64",
            "board-name": "RouterOSSimulator",
            "platform": "MikroTik",
        ]
        return VisibleRow(id: nil, menu, values)
    }
}
