/// A background job by name, and how far it has come.
///
/// Which runs are due follows from what was handled last, so a run that was missed because nothing was running is not
/// forgotten: it is made up for as ``CatchUp`` says.
public struct ScheduledJob: Hashable, Sendable {
    /// What is done about runs that were missed.
    public enum CatchUp: String, Hashable, Sendable, CaseIterable {
        /// The latest is made up for, the others are let go: for work that looks at the present, such as expiry.
        case latest
        /// Every one is made up for, oldest first: for work about a day, such as its report.
        case each
        /// None is made up for: for work that is of no use later, such as a check of who is online.
        case none
    }

    /// At most this many missed runs are made up for at once; the rest follow.
    public static let longestCatchUp = 31

    /// A run is on time if it starts within this time; later it was missed.
    public static let punctuality = Duration.seconds(300)

    /// The identity of the job.
    public let id: Identifier<ScheduledJob>

    /// The tenant whose calendar and data it works on.
    public let tenant: Identifier<Tenant>

    /// The name of what is done, such as `report.daily`; unique in the tenant.
    public let name: String

    /// When it is due.
    public private(set) var schedule: JobSchedule

    /// What is done about runs that were missed.
    public var catchUp: CatchUp

    /// Whether it is switched off; what falls due meanwhile is let go.
    public private(set) var isPaused: Bool

    /// The due instant that was handled last; nothing at or before it is due.
    public private(set) var handledUntil: Timestamp

    /// When it was created.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a job whose first run is the first due one after its creation, or recreates a stored one.
    public init(
        id: Identifier<ScheduledJob>,
        tenant: Identifier<Tenant>,
        name: String,
        schedule: JobSchedule,
        catchUp: CatchUp = .latest,
        isPaused: Bool = false,
        handledUntil: Timestamp? = nil,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.name = name
        self.schedule = schedule
        self.catchUp = catchUp
        self.isPaused = isPaused
        self.handledUntil = handledUntil ?? createdAt
        self.createdAt = createdAt
        self.revision = revision
    }
}

extension ScheduledJob {
    /// The next due instant; `nil` while paused.
    public func nextDue(in calendar: any BusinessCalendar) -> Timestamp? {
        isPaused ? nil : schedule.next(after: handledUntil, in: calendar)
    }

    /// The runs to start now, oldest first.
    ///
    /// A job that fell far behind is not counted out run by run: for ``CatchUp/latest`` and ``CatchUp/none`` only what is
    /// within two days, or two periods of a longer interval, is looked at.
    public func due(at now: Timestamp, in calendar: any BusinessCalendar) -> [Timestamp] {
        guard !isPaused else { return [] }
        var cursor = handledUntil
        if catchUp != .each { cursor = max(cursor, now - reach) }
        var due: [Timestamp] = []
        while due.count < (catchUp == .each ? Self.longestCatchUp : .max) {
            let next = schedule.next(after: cursor, in: calendar)
            guard next <= now, next > cursor else { break }
            if catchUp != .each { due.removeAll() }
            due.append(next)
            cursor = next
        }
        return catchUp == .none ? due.filter { now - $0 <= Self.punctuality } : due
    }

    /// Notes that everything due until an instant was handled; never goes back.
    public mutating func handle(until instant: Timestamp) { handledUntil = max(handledUntil, instant) }

    /// Switches the job off.
    public mutating func pause() { isPaused = true }

    /// Switches the job on again; what fell due meanwhile is let go.
    public mutating func resume(at now: Timestamp) {
        if isPaused { handle(until: now) }
        isPaused = false
    }

    /// Gives the job another schedule, which counts from now on.
    public mutating func reschedule(_ schedule: JobSchedule, at now: Timestamp) {
        self.schedule = schedule
        handle(until: now)
    }

    /// How far back the latest due instant can lie.
    private var reach: Duration {
        switch schedule {
        case .every(let seconds): .seconds(seconds.saturatingMultiplied(by: 2))
        case .daily: .seconds(3 * 86_400)
        case .weekly: .seconds(10 * 86_400)
        case .monthly: .seconds(65 * 86_400)
        }
    }
}
