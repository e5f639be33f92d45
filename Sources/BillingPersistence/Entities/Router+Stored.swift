public import BillingDomain

extension Router: RevisedRecord {
    /// The table of routers.
    public static let table = RecordTable(
        "router",
        [
            .id, .tenant, .text("name"), .text("host"), .integer("port"), .text("username"), .bytes("sealed_password"),
            .text("region").optional, .text("district").optional, .real("latitude").optional,
            .real("longitude").optional, .identity("site").optional, .word("status", RouterStatus.self),
            .text("status_detail").optional,
            .text("identity").optional, .text("routeros_version").optional, .integer("uptime").optional,
            .integer("restarts"),
            .integer("last_seen").optional, .integer("last_sync").optional, .integer("created_at").fixed,
            .integer("removed_at").optional, .revision,
        ],
        references: [.init("tenant", to: "tenant"), .init("site", to: "site")],
        indexes: [["tenant", "name", "id"], ["tenant", "site"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(name)
        row(host)
        row(port)
        row(username)
        row(sealedPassword)
        row(location?.region)
        row(location?.district)
        row(location?.coordinates?.latitude)
        row(location?.coordinates?.longitude)
        row(site)
        row(status)
        row(statusDetail)
        row(identity)
        row(routerOSVersion)
        row(uptime)
        row(restarts)
        row(lastSeen)
        row(lastSync)
        row(createdAt)
        row(removedAt)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            name: try row(),
            host: try row(),
            port: try row(),
            username: try row(),
            sealedPassword: try row(),
            location: try RouterLocation(optionalFrom: &row),
            site: try row(),
            status: try row(),
            statusDetail: try row(),
            identity: try row(),
            routerOSVersion: try row(),
            uptime: try row(),
            restarts: try row(),
            lastSeen: try row(),
            lastSync: try row(),
            createdAt: try row(),
            removedAt: try row(),
            revision: try row()
        )
    }
}

extension Router {
    /// The columns that queries name.
    public enum Columns {
        /// `name`.
        public static let name = Field<Router, String>("name")
        /// `site`.
        public static let site = Field<Router, Identifier<Site>?>("site")
        /// `removed_at`.
        public static let removedAt = Field<Router, Timestamp?>("removed_at")
    }
}

extension RouterLocation {
    /// Reads the four columns of a location, which are all empty where there is none.
    init?(optionalFrom row: inout RowDecoder) throws {
        let region: String? = try row()
        let district: String? = try row()
        let latitude: Double? = try row()
        let longitude: Double? = try row()
        guard let region, let district else { return nil }
        self.init(region: region, district: district)
        if let latitude, let longitude {
            coordinates = try Coordinates(latitude: latitude, longitude: longitude)
        }
    }
}
