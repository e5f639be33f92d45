public import RouterOSProtocol

/// A row of `/system/scheduler`: something the router does at times of its own.
public struct SystemScheduler: WritableMappedRow {
    /// The menu.
    public static let menu = "/system/scheduler"
    /// The attribute that names a row.
    public static let key = "name"

    /// The id, nil before the router has given one.
    public var id: ItemID?
    /// The name, unique.
    public var name = ""
    /// The first day.
    public var startDate: Setting<CalendarDate>?
    /// The time of day, or ``Keyword/startup``.
    public var startTime: Setting<TimeOfDay>?
    /// How often; 0s for once.
    public var interval: Duration?
    /// The days of the week.
    public var days: String?
    /// The name or the text of a script.
    public var onEvent: String?
    /// Whose rights it has.
    public private(set) var owner: String?
    /// What it may do.
    public var policy: RouterOSList<String>?
    /// How often it has run.
    public private(set) var runCount: UInt64?
    /// When it runs next, by the router's clock; before 7.10 the day or the year may be left off.
    public private(set) var nextRun: Setting<LogTime>?
    /// Whether it does not run.
    public var disabled: Bool?
    /// Free text.
    public var comment: String?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.id(&id)
        try attributes.required("name", &name)
        try attributes.value("start-date", &startDate)
        try attributes.value("start-time", &startTime)
        try attributes.value("interval", &interval)
        try attributes.value("days", &days, since: RouterOSVersion(7, 24))
        try attributes.valueOnRequest("on-event", &onEvent)
        try attributes.fact("owner", &owner)
        try attributes.value("policy", &policy)
        try attributes.fact("run-count", &runCount)
        try attributes.fact("next-run", &nextRun)
        try attributes.value("disabled", &disabled)
        try attributes.value("comment", &comment)
    }
}

extension AttributeKey<SystemScheduler, String> {
    /// `name`.
    public static var name: Self { Self("name") }
    /// `days`.
    public static var days: Self { Self("days") }
    /// `on-event`.
    public static var onEvent: Self { Self("on-event") }
    /// `owner`.
    public static var owner: Self { Self("owner") }
    /// `comment`.
    public static var comment: Self { Self("comment") }
}

extension AttributeKey<SystemScheduler, CalendarDate> {
    /// `start-date`.
    public static var startDate: Self { Self("start-date") }
}

extension AttributeKey<SystemScheduler, TimeOfDay> {
    /// `start-time`.
    public static var startTime: Self { Self("start-time") }
}

extension AttributeKey<SystemScheduler, Duration> {
    /// `interval`.
    public static var interval: Self { Self("interval") }
}

extension AttributeKey<SystemScheduler, RouterOSList<String>> {
    /// `policy`.
    public static var policy: Self { Self("policy") }
}

extension AttributeKey<SystemScheduler, UInt64> {
    /// `run-count`.
    public static var runCount: Self { Self("run-count") }
}

extension AttributeKey<SystemScheduler, LogTime> {
    /// `next-run`.
    public static var nextRun: Self { Self("next-run") }
}

extension AttributeKey<SystemScheduler, Bool> {
    /// `disabled`.
    public static var disabled: Self { Self("disabled") }
}
