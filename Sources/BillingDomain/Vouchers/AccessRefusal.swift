/// Why a voucher or a service may not be on line at an instant.
public enum AccessRefusal: String, Hashable, Sendable, CaseIterable {
    /// Nobody knows it, or it belongs to another router.
    case unknown
    /// It is switched off: by hand, or because it is not paid.
    case disabled
    /// Its time or its allowance is over, or it was withdrawn.
    case ended
    /// It may be used at other hours; see ``AccessSchedule``.
    case outOfHours = "out-of-hours"
}

extension Voucher {
    /// Why it may not be on line at an instant.
    ///
    /// - Parameters:
    ///   - instant: When; deadlines that have passed by then count, whether or not they were seen to yet.
    ///   - calendar: The tenant's calendar, in which its hours are meant.
    /// - Returns: Why not; `nil` if it may.
    public func refusal(at instant: Timestamp, in calendar: any BusinessCalendar) -> AccessRefusal? {
        switch access {
        case .disabled: return .disabled
        case .expired, .depleted, .revoked: return .ended
        case .unused, .active:
            if isAllowanceUsedUp || nextDeadline.map({ $0 <= instant }) ?? false { return .ended }
            return terms.schedule.map { $0.allows(instant, in: calendar) } ?? true ? nil : .outOfHours
        }
    }
}

extension ServiceAccount {
    /// Why it may not be on line at an instant.
    ///
    /// - Parameters:
    ///   - instant: When.
    ///   - schedule: The hours of its package, if it has any.
    ///   - calendar: The tenant's calendar, in which they are meant.
    /// - Returns: Why not; `nil` if it may.
    public func refusal(
        at instant: Timestamp,
        hours schedule: AccessSchedule?,
        in calendar: any BusinessCalendar
    ) -> AccessRefusal? {
        switch access {
        case .disabled: .disabled
        case .deleted: .ended
        case .enabled: schedule.map { $0.allows(instant, in: calendar) } ?? true ? nil : .outOfHours
        }
    }
}
