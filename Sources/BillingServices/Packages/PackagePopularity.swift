/// How well a package sells.
public struct PackagePopularity: Hashable, Sendable {
    /// The package's name when the vouchers were generated or the subscription was agreed, or `CUSTOM`.
    public let package: String
    /// The vouchers that were ever generated.
    public internal(set) var generated = 0
    /// Those that were sold and not paid back.
    public internal(set) var sold = 0
    /// Those in use now.
    public internal(set) var inUse = 0
    /// The subscriptions of it that have not ended.
    public internal(set) var subscriptions = 0
    /// The different customers that vouchers and subscriptions of it belong to.
    public internal(set) var customers = 0

    init(package: String) { self.package = package }
}
