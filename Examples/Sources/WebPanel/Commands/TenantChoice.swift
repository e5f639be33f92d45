import BillingDomain
import BillingServices
import ServiceProgram

/// Which business a command is for.
struct TenantChoice {
    private let name: String?
    private let currency: Currency
    private let timeZone: String

    /// The options that choose.
    static let options: Set<String> = ["--tenant", "--currency", "--time-zone"]

    /// Reads the options.
    /// - Throws: ``UsageError``.
    init(_ options: Options) throws {
        name = options["--tenant"]
        let code = options["--currency"] ?? "UGX"
        guard let currency = Currency(code) else {
            throw UsageError("“\(code)” is no currency known here; use an ISO 4217 code such as UGX or USD.")
        }
        self.currency = currency
        timeZone = options["--time-zone"] ?? "Africa/Kampala"
    }

    /// The business meant; a new one where there is none yet, or none of the name given.
    func findOrCreate(_ billing: Billing) async throws -> Tenant {
        if let found = try await find(billing) { return found }
        return try await billing.createTenant(name ?? "Hotspot", currency: currency, timeZone: timeZone, key: .new())
    }

    /// The business meant, or `nil` where there is none yet, or none of the name given.
    /// - Throws: ``UsageError`` where there are several and none is named.
    func find(_ billing: Billing) async throws -> Tenant? {
        let tenants = try await billing.tenants()
        if let name { return tenants.first { $0.name.lowercased() == name.lowercased() } }
        guard tenants.count <= 1 else {
            let names = tenants.map { "“\($0.name)”" }.joined(separator: ", ")
            throw UsageError("There are several businesses: \(names). Say which with --tenant NAME.")
        }
        return tenants.first
    }
}
