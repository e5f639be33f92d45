/// The configuration as it was last written to flash.
struct Flash: Sendable {
    let tables: [String: Table]
    let settings: [String: [WireText?]]
    let revision: Int

    init(_ router: SimulatedRouter) {
        tables = router.tables
        settings = router.settings
        revision = router.revision
    }
}
