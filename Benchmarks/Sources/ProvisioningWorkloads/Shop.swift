import BillingDomain
import BillingPersistenceSQLite
import BillingProvisioning
import BillingServices
import Foundation
import RouterOSClient
import RouterOSProtocol

/// A tenant with routers and a package, in an SQLite file.
struct Shop {
    let billing: Billing
    let owner: BillingSession
    let routers: [Router]
    let package: Package
    private let folder: String

    init(_ processes: RoutersProcess, routers count: Int = 1) async throws {
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "provisioning-benchmark-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        billing = Billing(store: try await SQLiteStore(path: folder + "/billing.sqlite"), secrets: try .ephemeral())
        let tenant = try await billing.createTenant("Lake View WiFi", currency: .ugx, timeZone: "UTC", key: .new())
        let token = try await billing.createToken("benchmark", role: .superAdministrator, tenant: tenant.id)
        owner = try await billing.apiSession(token: token.secret)
        var routers: [Router] = []
        for index in 0..<count {
            let draft = RouterDraft(
                name: "Router \(index + 1)",
                host: "127.0.0.1",
                port: Int(processes.firstPort) + index,
                username: "benchmark",
                password: "benchmark"
            )
            routers.append(try await owner.routers.add(draft, key: .new()))
        }
        self.routers = routers
        let terms = try VoucherTerms(
            validity: .seconds(3 * 3_600),
            dataQuota: .mebibytes(1_536),
            price: Money(minorUnits: 2_500, currency: .ugx)
        )
        package = try await owner.packages.create(PackageDraft(name: "3 Hours", terms: terms), key: .new())
    }

    /// Vouchers that wait for the first router.
    func generate(_ count: Int) async throws {
        _ = try await owner.vouchers.generate(count, of: package.id, on: routers[0].id, key: .new())
    }

    func provisioner(_ change: (inout ProvisionerConfiguration) -> Void = { _ in }) -> Provisioner {
        var configuration = ProvisionerConfiguration(heedsCommandRate: false)
        change(&configuration)
        return Provisioner(billing: billing, configuration: configuration)
    }

    /// How many hotspot users the first router has by now, its own trial user left out.
    func usersOnRouter(_ processes: RoutersProcess) async throws -> Int {
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: processes.firstPort, as: RoutersProcess.credentials)
        )
        let users = try await client.print(HotspotUser.self).collect()
        await client.close()
        return users.count { $0.name != "default-trial" }
    }

    /// Closes the database and removes it.
    func remove() async {
        await billing.close()
        try? FileManager.default.removeItem(atPath: folder)
    }
}
