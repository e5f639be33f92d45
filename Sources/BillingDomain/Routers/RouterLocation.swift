/// Where a router stands.
public struct RouterLocation: Hashable, Sendable {
    /// The region or state.
    public var region: String

    /// The district or town.
    public var district: String

    /// The position on the map, if known.
    public var coordinates: Coordinates?

    /// Creates a location.
    public init(region: String, district: String, coordinates: Coordinates? = nil) {
        self.region = region
        self.district = district
        self.coordinates = coordinates
    }

    /// A position in WGS 84 degrees.
    public struct Coordinates: Hashable, Sendable {
        /// Degrees north, −90…90.
        public let latitude: Double

        /// Degrees east, −180…180.
        public let longitude: Double

        /// Creates a position.
        ///
        /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` outside the ranges above.
        public init(latitude: Double, longitude: Double) throws(DomainError) {
            guard (-90...90).contains(latitude) else {
                throw DomainError(.invalidValue, field: "latitude", "A latitude lies between -90 and 90 degrees.")
            }
            guard (-180...180).contains(longitude) else {
                throw DomainError(.invalidValue, field: "longitude", "A longitude lies between -180 and 180 degrees.")
            }
            self.latitude = latitude
            self.longitude = longitude
        }
    }
}
