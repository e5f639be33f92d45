import BillingDomain
import BillingServices
import HTTPServer

extension PackageDraft {
    /// The form's names for what the services call otherwise.
    static let fields = [
        "validity": "validity_hours", "uptimeAllowance": "online_hours", "dataQuota": "data_mb",
        "routerProfile": "router_profile",
    ]

    /// What somebody typed into the form of a package.
    init(_ form: FormFields, currency: Currency) throws {
        let cost = form.filled("cost")
        self.init(
            name: form["name"] ?? "",
            terms: try VoucherTerms(
                validity: try form.filled("validity_hours").map { try .hours($0, field: "validity_hours") },
                uptimeAllowance: try form.filled("online_hours").map { try .hours($0, field: "online_hours") },
                dataQuota: try form.filled("data_mb").map { try .mebibytes($0, field: "data_mb") },
                price: try .decimal(form.filled("price") ?? "", currency, field: "price"),
                routerProfile: form.filled("router_profile") ?? "default"
            ),
            cost: try cost.map { try .decimal($0, currency, field: "cost") }
        )
    }
}
