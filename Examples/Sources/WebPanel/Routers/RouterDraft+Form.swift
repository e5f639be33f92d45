import BillingDomain
import BillingServices
import HTTPServer

extension RouterDraft {
    /// What somebody typed into the form of a router.
    init(_ form: FormFields) throws {
        guard let port = Int(form.filled("port") ?? "8728") else {
            throw RequestError(.unprocessableContent, "A port is a number; the API's is usually 8728.", field: "port")
        }
        self.init(
            name: form["name"] ?? "",
            host: form["host"] ?? "",
            port: port,
            username: form["username"] ?? "",
            // As it was typed: a password may begin or end with a blank.
            password: form["password"].flatMap { $0.isEmpty ? nil : $0 },
            location: try RouterLocation(form)
        )
    }
}

extension RouterLocation {
    fileprivate init?(_ form: FormFields) throws {
        let latitude = try form.degrees("latitude")
        let longitude = try form.degrees("longitude")
        let region = form.filled("region") ?? ""
        let district = form.filled("district") ?? ""
        if region.isEmpty, district.isEmpty, latitude == nil, longitude == nil { return nil }
        var coordinates: Coordinates?
        if latitude != nil || longitude != nil {
            guard let latitude, let longitude else {
                let missing = latitude == nil ? "latitude" : "longitude"
                throw RequestError(.unprocessableContent, "Enter both latitude and longitude, or none.", field: missing)
            }
            coordinates = try Coordinates(latitude: latitude, longitude: longitude)
        }
        self.init(region: region, district: district, coordinates: coordinates)
    }
}

extension FormFields {
    fileprivate func degrees(_ name: String) throws(RequestError) -> Double? {
        guard let text = filled(name) else { return nil }
        guard let degrees = Double(text), degrees.isFinite else {
            throw RequestError(.unprocessableContent, "Enter degrees such as 0.3476.", field: name)
        }
        return degrees
    }
}

extension Form {
    /// The form of a router filled in with what is there.
    init(_ router: Router) {
        let place = router.location?.coordinates
        self.init(
            FormFields([
                ("name", router.name), ("host", router.host), ("port", String(router.port)),
                ("username", router.username), ("region", router.location?.region ?? ""),
                ("district", router.location?.district ?? ""),
                ("latitude", place.map { "\($0.latitude)" } ?? ""),
                ("longitude", place.map { "\($0.longitude)" } ?? ""),
            ])
        )
    }
}
