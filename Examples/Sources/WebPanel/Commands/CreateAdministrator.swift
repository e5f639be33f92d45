import BillingDomain
import BillingServices
import ServiceProgram

/// `web-panel create-admin`: somebody who may sign in and do everything.
struct CreateAdministrator {
    static let usage = """
        web-panel create-admin --database URL --username NAME
                [--tenant NAME] [--currency CODE] [--time-zone ZONE]
            Adds an administrator. The generated password is the last line of standard output; it is shown this once.
            Creates the business first where there is none: “Hotspot”, in UGX, at Africa/Kampala unless said otherwise.
        """

    private let database: DatabaseURL
    private let tenant: TenantChoice
    private let username: String

    init(_ arguments: ArraySlice<String>) throws {
        let names = TenantChoice.options.union(["--database", "--username"])
        let options = try Options(arguments, values: names, usage: Self.usage)
        database = try DatabaseURL(options)
        tenant = try TenantChoice(options)
        username = try options.required("--username")
    }

    func run() async throws {
        // Nothing is sealed here, so the server's key file is not needed.
        let billing = try await Billing(store: database.open(), secrets: .ephemeral())
        let tenant = try await tenant.findOrCreate(billing)
        let (staff, password) = try await billing.createAdministrator(username, tenant: tenant.id)
        await billing.close()
        Console.complain("“\(staff.username)” may do everything in “\(tenant.name)”. The password is shown this once:")
        Console.print(password)
    }
}
