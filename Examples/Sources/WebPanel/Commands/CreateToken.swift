import BillingDomain
import BillingServices
import ServiceProgram

/// `web-panel create-token`: what a program shows to use the REST interface.
struct CreateToken {
    static let usage = """
        web-panel create-token --database URL --name NAME [--role manager|cashier] [--tenant NAME]
            Makes a bearer token for the REST interface. It is the last line of standard output; it is shown this once.
        """

    private let database: DatabaseURL
    private let tenant: TenantChoice
    private let name: String
    private let role: Role

    init(_ arguments: ArraySlice<String>) throws {
        let options = try Options(arguments, values: ["--database", "--name", "--role", "--tenant"], usage: Self.usage)
        database = try DatabaseURL(options)
        tenant = try TenantChoice(options)
        name = try options.required("--name")
        guard let role = Role(named: options["--role"] ?? "manager") else {
            throw UsageError("A role is manager or cashier.")
        }
        self.role = role
    }

    func run() async throws {
        let billing = try await Billing(store: database.open(), secrets: .ephemeral())
        guard let tenant = try await tenant.find(billing) else {
            await billing.close()
            throw UsageError("There is no such business yet. Run create-admin first.")
        }
        let (token, secret) = try await billing.createToken(name, role: role, tenant: tenant.id)
        await billing.close()
        Console.complain(
            "The token “\(token.name)” acts as \(role.rawValue) in “\(tenant.name)”. It is shown this once:"
        )
        Console.print(secret)
    }
}
