import BillingDomain

/// A background job that every tenant has; ``JobScheduler/runDueJobs(under:gateways:until:)`` runs it.
///
/// Each looks at the present or catches up by itself, so of missed runs the latest is enough.
public enum StandardJob: String, Hashable, Sendable, CaseIterable {
    /// Ends vouchers whose time is over and lets reservations go that ran out, every five minutes.
    case upkeep = "vouchers.upkeep"
    /// Renews, suspends and ends subscriptions, every five minutes.
    case subscriptions = "subscriptions.sweep"
    /// Reminds customers of what ends within ``SettingKey/reminderLead`` days, at nine in the morning.
    case reminders = "subscriptions.remind"
    /// Recognises the revenue that time has earned, at midnight.
    case revenue = "books.revenue"
    /// Charges the fee for paying late, at midnight.
    case lateFees = "invoices.late-fees"
    /// Saves the reports of the days that are over, at ``SettingKey/reportTime``.
    case reports = "reports.daily"
    /// Removes what is older than the settings allow, at ``SettingKey/cleanUpTime``.
    case retention = "records.retention"

    /// When it is due, by the clocks of the tenant's zone.
    func schedule(_ settings: Settings) -> JobSchedule {
        switch self {
        case .upkeep, .subscriptions: .every(seconds: 300)
        case .reminders: .daily(LocalTime(secondOfDay: 9 * 3_600))
        case .revenue, .lateFees: .daily(.midnight)
        case .reports: .daily(settings[.reportTime])
        case .retention: .daily(settings[.cleanUpTime])
        }
    }
}
