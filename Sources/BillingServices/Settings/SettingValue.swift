public import BillingDomain

/// A setting as people see it.
public struct SettingValue: Hashable, Sendable {
    /// What it is: its name, range, unit and default.
    public let definition: SettingDefinition
    /// The value in force.
    public let text: String
    /// Whether it was set; otherwise it is the default.
    public let isSet: Bool
}
