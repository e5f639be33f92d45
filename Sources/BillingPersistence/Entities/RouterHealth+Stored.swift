public import BillingDomain

extension RouterHealth: RevisedRecord {
    /// The table of how routers are: one row for each.
    public static let table = RecordTable(
        "router_health",
        [
            .id, .tenant, .identity("router").fixed, .integer("read_at"), .integer("cpu_load").optional,
            .integer("free_memory").optional, .integer("total_memory").optional, .integer("free_storage").optional,
            .integer("total_storage").optional, .text("board_name").optional, .text("architecture").optional,
            .real("temperature").optional, .real("voltage").optional, .integer("clock_drift").optional,
            .integer("clock_read_at").optional, .integer("clock_wrong_since").optional,
            .word("trouble", RouterTrouble.self).optional, .integer("trouble_since").optional, .revision,
        ],
        references: [.init("router", to: "router")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(router)
        row(readAt)
        row(vitals.cpuLoad)
        row(vitals.freeMemory)
        row(vitals.totalMemory)
        row(vitals.freeStorage)
        row(vitals.totalStorage)
        row(vitals.boardName)
        row(vitals.architecture)
        row(vitals.temperature)
        row(vitals.voltage)
        row(clockDrift)
        row(clockReadAt)
        row(clockWrongSince)
        row(trouble)
        row(troubleSince)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        let _: Identifier<RouterHealth> = try row()
        self.init(
            tenant: try row(),
            router: try row(),
            readAt: try row(),
            vitals: RouterVitals(
                cpuLoad: try row(),
                freeMemory: try row(),
                totalMemory: try row(),
                freeStorage: try row(),
                totalStorage: try row(),
                boardName: try row(),
                architecture: try row(),
                temperature: try row(),
                voltage: try row()
            ),
            clockDrift: try row(),
            clockReadAt: try row(),
            clockWrongSince: try row(),
            trouble: try row(),
            troubleSince: try row(),
            revision: try row()
        )
    }
}
