import BillingDomain
import BillingServices

extension RouterDraft {
    /// What a client sent; members it left out keep what the present router has.
    init(_ body: JSONObject, over present: Router?, isNameOptional: Bool = false) throws {
        let name = isNameOptional ? try body.text("name") ?? "unsaved router" : nil
        self.init(
            name: try name ?? body.text("name", else: present?.name),
            host: try body.text("ip_address", else: present?.host),
            port: try body.integer("api_port") ?? present?.port ?? 8728,
            username: try body.text("username", else: present?.username),
            password: try present == nil ? body.requiredText("password") : body.text("password"),
            location: try body.object("location").map { try RouterLocation($0, over: present?.location) }
                ?? present?.location
        )
    }
}

extension RouterLocation {
    /// What a client sent; members it left out keep what is there.
    fileprivate init(_ body: JSONObject, over present: RouterLocation?) throws {
        let coordinates = try body.object("coordinates").map { place in
            guard let latitude = try place.double("lat") else { throw place.wrong("lat", "is required.") }
            guard let longitude = try place.double("lng") else { throw place.wrong("lng", "is required.") }
            return try Coordinates(latitude: latitude, longitude: longitude)
        }
        self.init(
            region: try body.text("region") ?? present?.region ?? "",
            district: try body.text("district") ?? present?.district ?? "",
            coordinates: coordinates ?? present?.coordinates
        )
    }
}

extension JSONObject {
    /// Whether it says how to reach a router, or as whom.
    var changesAccess: Bool {
        get throws(RequestError) {
            for name in ["ip_address", "username", "password"] {
                if try text(name) != nil { return true }
            }
            return try integer("api_port") != nil
        }
    }

    /// A text, or what is there already; required where nothing is.
    fileprivate func text(_ name: String, else present: String?) throws(RequestError) -> String {
        try present == nil ? requiredText(name) : text(name) ?? present ?? ""
    }
}
