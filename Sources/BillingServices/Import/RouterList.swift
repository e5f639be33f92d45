import BillingDomain
import BillingPersistence

/// A list of routers as `name,ip_address,api_port,username,password,region,district,lat,lng`.
struct RouterList {
    static let columns = ["name", "ip_address", "api_port", "username", "password", "region", "district", "lat", "lng"]
    static let required: Set<String> = ["name", "ip_address", "username", "password"]
    static let maximumRouters = 10_000

    /// The routers that can be added, and a line for every router of the list.
    let drafts: [RouterDraft]
    let plan: RouterListPlan

    init(csv: [UInt8], in store: any StoreReader) throws {
        let records = try CommaSeparatedText(csv).records
        guard let header = records.first else { throw BillingError.invalid("csv", "The list is empty.") }
        let names = header.fields.map { $0.filter { $0 != " " }.asciiLowercased }
        for name in names where !Self.columns.contains(name) {
            let list = Self.columns.joined(separator: ",")
            throw BillingError.invalid(
                "csv",
                "Line \(header.line): there is no column “\(name.prefix(40))”. Use \(list)."
            )
        }
        guard Set(names).count == names.count, Self.required.isSubset(of: names) else {
            let missing = Self.required.subtracting(names).sorted().joined(separator: ", ")
            throw BillingError.invalid("csv", "Line \(header.line): each column is there once; missing: \(missing).")
        }
        guard records.count - 1 <= Self.maximumRouters, records.count > 1 else {
            throw BillingError.invalid("csv", "A list has 1 to \(Self.maximumRouters) routers below its header.")
        }
        var taken = Set(try store.routers().map { $0.name.lowercased() })
        var drafts: [RouterDraft] = []
        var lines: [RouterListPlan.Line] = []
        for record in records.dropFirst() {
            var name = ""
            do {
                guard record.fields.count == names.count else {
                    throw BillingError.invalid(
                        "csv",
                        "This line has \(record.fields.count) values, the header \(names.count)."
                    )
                }
                let values = Dictionary(zip(names, record.fields)) { first, _ in first }
                name = String((values["name"] ?? "").prefix(100))
                let draft = try Self.draft(values).checked()
                guard taken.insert(draft.name.lowercased()).inserted else {
                    throw BillingError(
                        .duplicate,
                        field: "name",
                        "There is a router of this name, here or in the list."
                    )
                }
                drafts.append(draft)
                lines.append(RouterListPlan.Line(number: record.line, name: draft.name, field: nil, problem: nil))
            } catch let error as BillingError {
                let field = Self.column(of: error.field)
                lines.append(.init(number: record.line, name: name, field: field, problem: error.message))
            } catch let error as DomainError {
                let field = Self.column(of: error.field)
                lines.append(.init(number: record.line, name: name, field: field, problem: error.message))
            }
        }
        self.drafts = drafts
        plan = RouterListPlan(lines: lines)
    }

    private static func draft(_ values: [String: String]) throws -> RouterDraft {
        func text(_ column: String) -> String { values[column] ?? "" }
        var port = 8_728
        if !text("api_port").isEmpty {
            guard let number = Int(text("api_port")) else {
                throw BillingError.invalid("port", "A port is a number from 1 to 65535.")
            }
            port = number
        }
        guard !text("password").isEmpty else {
            throw BillingError.invalid("password", "Enter the password of the router's API user.")
        }
        return RouterDraft(
            name: text("name"),
            host: text("ip_address"),
            port: port,
            username: text("username"),
            password: text("password"),
            location: try location(text("region"), text("district"), text("lat"), text("lng"))
        )
    }

    private static func location(
        _ region: String,
        _ district: String,
        _ latitude: String,
        _ longitude: String
    ) throws -> RouterLocation? {
        guard latitude.isEmpty == longitude.isEmpty else {
            throw BillingError.invalid("lat", "Give latitude and longitude both, or neither.")
        }
        var coordinates: RouterLocation.Coordinates?
        if !latitude.isEmpty {
            guard let north = Double(latitude) else {
                throw BillingError.invalid("lat", "Enter degrees such as 0.3476.")
            }
            guard let east = Double(longitude) else {
                throw BillingError.invalid("lng", "Enter degrees such as 32.58.")
            }
            coordinates = try RouterLocation.Coordinates(latitude: north, longitude: east)
        }
        guard !region.isEmpty || !district.isEmpty || coordinates != nil else { return nil }
        return RouterLocation(region: region, district: district, coordinates: coordinates)
    }

    private static func column(of field: String?) -> String? {
        switch field {
        case "host": "ip_address"
        case "port": "api_port"
        case "latitude": "lat"
        case "longitude": "lng"
        default: field
        }
    }
}

extension String {
    fileprivate var asciiLowercased: String {
        String(
            decoding: utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 },
            as: UTF8.self
        )
    }
}
